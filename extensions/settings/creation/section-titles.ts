// The titles of the tab's sections: each says how it stands, so that nobody has to open all of them. Pure.
import type { CallAnswer, RequiredField } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import { needsSomebody, ownerRows } from './owner-rows.ts';

export interface SectionTitles {
  readonly inSalesforce: string;
  readonly required: string;
  readonly inHubSpot: string;
  readonly deleting: string;
  readonly owners: string;
}

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** Whether nothing fills it on one of the objects. */
export const isMissing = (
  { name, unmappedOn }: RequiredField,
  templates: Settings['creation']['templates'],
): boolean => unmappedOn.length > 0 && templates[name] === undefined;

const BECOMES = { lead: 'a lead', contact: 'a contact', nothing: 'nothing' } as const;

function inSalesforce({ creation: { rules, inSalesforce: otherwise } }: Settings): string {
  const choice = BECOMES[otherwise];
  return rules.length === 0
    ? `it becomes ${choice}`
    : `${counted(rules.length, 'rule', 'rules')}, otherwise ${choice}`;
}

function inHubSpot({ creation }: Settings): string {
  const { Lead, Contact } = creation.inHubSpot;
  const who = Lead && Contact ? 'leads and contacts' : Lead ? 'leads' : Contact ? 'contacts' : null;
  if (who === null) return 'nothing is created';
  const { inHubSpotWhen: when } = creation;
  const isLimited = (Lead && when.Lead !== null) || (Contact && when.Contact !== null);
  return `created from ${who}${isLimited ? ', with conditions' : ''}`;
}

function deleting({ deletion }: Settings): string {
  const sides = [
    deletion.inSalesforce === 'delete' ? 'HubSpot contacts' : null,
    deletion.inHubSpot === 'delete' ? 'Salesforce records' : null,
  ].filter((side) => side !== null);
  return sides.length === 0
    ? 'the other record is never deleted'
    : `${sides.join(' and ')} are deleted too`;
}

export function titlesOf(
  settings: Settings,
  required: readonly RequiredField[] | undefined,
  people: CallAnswer<'get-owners'> | undefined,
): SectionTitles {
  const missing = required?.filter((field) => isMissing(field, settings.creation.templates));
  const without =
    people &&
    ownerRows(people, settings.owners.map).filter(
      (row) => needsSomebody(row) && !row.owner.archived,
    );
  return {
    inSalesforce: `When a HubSpot contact isn’t in Salesforce: ${inSalesforce(settings)}`,
    required: `Fields that Salesforce requires${missing === undefined || missing.length === 0 ? '' : `: nothing fills ${counted(missing.length, 'of them', 'of them')}`}`,
    inHubSpot: `When a Salesforce record isn’t in HubSpot: ${inHubSpot(settings)}`,
    deleting: `When a record is deleted: ${deleting(settings)}`,
    owners: `Owners${without === undefined || without.length === 0 ? '' : `: ${counted(without.length, 'has nobody in Salesforce', 'have nobody in Salesforce')}`}`,
  };
}
