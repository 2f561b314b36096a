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
  'preview-inclusion',
  'preview-conditions',
  'get-condition-fields',
  'explain-person',
] as const satisfies readonly CallName[];
export type AdminCall = (typeof ADMIN_CALLS)[number];

const ADMINS_ONLY: ReadonlySet<string> = new Set(ADMIN_CALLS);

/** What only looks ahead is asked with every change of a form, and changes nothing. */
const LOOKING: ReadonlySet<string> = new Set<AdminCall>([
  'estimate-run',
  'preview-inclusion',
  'preview-conditions',
  'get-condition-fields',
  'explain-person',
]);

/** Whether it is written down who made the call. */
export const isOnRecord = (name: CallName): boolean => ADMINS_ONLY.has(name) && !LOOKING.has(name);

export const isForAdmins = (name: CallName): name is AdminCall => ADMINS_ONLY.has(name);
