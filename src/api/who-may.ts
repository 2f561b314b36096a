// Who may make a call of the contract: most of them anybody who may see the card; those that change what goes for
// everybody only admins of the portal. The extensions take the list too, since only `hubspot.fetch` proves who
// calls (docs/security.md), so this file must not import anything that runs.
import type { CallName } from './contract.ts';

/** Calls that only admins of the portal may make. */
export const ADMIN_CALLS = [
  'save-settings',
  'restore-settings',
  'start-run',
  'control-run',
  'estimate-run',
  'preview-undo',
  'dismiss-setup',
  'create-property',
  'preview-settings',
  'get-field-partners',
  'get-mapping-options',
  'get-mapping-samples',
  'get-field-usage',
  'get-property-proposal',
  'write-mappings',
  'read-mappings',
  'preview-inclusion',
  'preview-conditions',
  'explain-person',
  'try-creation',
  'try-templates',
  'find-people',
] as const satisfies readonly CallName[];
export type AdminCall = (typeof ADMIN_CALLS)[number];

const ADMINS_ONLY: ReadonlySet<string> = new Set(ADMIN_CALLS);

/** They change nothing, and some are asked with every change of a form. */
const LOOKING: ReadonlySet<string> = new Set<AdminCall>([
  'estimate-run',
  'preview-settings',
  'get-field-partners',
  'get-mapping-options',
  'get-mapping-samples',
  'get-field-usage',
  'get-property-proposal',
  'write-mappings',
  'read-mappings',
  'preview-inclusion',
  'preview-conditions',
  'explain-person',
  'try-creation',
  'try-templates',
  'find-people',
  'preview-undo',
]);

/** Whether it is written down who made the call. */
export const isOnRecord = (name: CallName): boolean => ADMINS_ONLY.has(name) && !LOOKING.has(name);

export const isForAdmins = (name: CallName): name is AdminCall => ADMINS_ONLY.has(name);

/**
 * Calls that anybody may make and that leave something behind: they go to the service where there is one, so that
 * history can name who made them, and to a function otherwise. Done twice, each does what it did once.
 */
const NAMED_CALLS = [
  'sync-now',
  'sync-selected',
  'retry-record',
  'undo-changes',
  'change-pairing',
] as const satisfies readonly CallName[];
export type NamedCall = (typeof NAMED_CALLS)[number];

const NAMED: ReadonlySet<string> = new Set(NAMED_CALLS);
export const isNamed = (name: CallName): name is NamedCall => NAMED.has(name);

/** Whether a second request with the same id gets the answer of the first. */
export const isDoneOnce = (name: CallName): boolean => isOnRecord(name) || name === 'sync-selected';
