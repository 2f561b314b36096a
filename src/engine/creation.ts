// What a HubSpot contact without a Salesforce record becomes: the admin's rules in order, then the native
// connector's single choice (native-connector §6).
import { meets, weighed } from './conditions.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact } from './records.ts';
import type { CreationRule, Settings } from './settings.ts';
import { stopping, type Note } from './trace.ts';

/** The company of a contact in HubSpot. */
export interface CompanyAccount {
  readonly companyId: string;
  /** Its account in Salesforce, 18 characters; null where it has none yet. */
  readonly accountId: string | null;
}

export type Creation =
  | { readonly kind: 'create'; readonly object: 'Lead'; readonly accountId: null }
  | { readonly kind: 'create'; readonly object: 'Contact'; readonly accountId: string | null }
  | { readonly kind: 'wait'; readonly reason: Reason }
  | { readonly kind: 'nothing'; readonly reason: Reason };

export function creationFor(
  contact: HubSpotContact,
  company: CompanyAccount | null,
  { creation }: Settings,
  note?: Note,
): Creation {
  const accountId = company?.accountId ?? null;
  const holds = ({ companyHasAccount, properties }: CreationRule): boolean =>
    (companyHasAccount === null || companyHasAccount === (accountId !== null)) &&
    meets(contact.properties, properties);
  const rule = creation.rules.find((each, index) => {
    const isIt = holds(each);
    if (note) noteRule(each, index + 1, isIt, accountId !== null, contact, note);
    return isIt;
  });
  const becomes = rule?.becomes ?? creation.inSalesforce;
  if (!rule) {
    const off = becomes === 'nothing' ? reason('CREATION_OFF_IN_SALESFORCE') : null;
    note?.({ asks: 'creationDefault', becomes, stops: stopping('both', off) });
  }
  switch (becomes) {
    case 'nothing':
      return {
        kind: 'nothing',
        reason: reason(rule ? 'CREATION_RULE_SAYS_NOTHING' : 'CREATION_OFF_IN_SALESFORCE'),
      };
    case 'lead':
      return { kind: 'create', object: 'Lead', accountId: null };
    case 'contact': {
      const isWaiting = accountId === null && creation.contactWithoutAccount === 'wait';
      const why = isWaiting ? waitingForAccount(company) : null;
      note?.({ asks: 'account', accountId, stops: stopping('both', why) });
      return why ? { kind: 'wait', reason: why } : { kind: 'create', object: 'Contact', accountId };
    }
  }
}

function noteRule(
  { companyHasAccount, properties, becomes }: CreationRule,
  number: number,
  holds: boolean,
  has: boolean,
  contact: HubSpotContact,
  note: Note,
): void {
  const isLast = holds && becomes === 'nothing';
  note({
    asks: 'creationRule',
    number,
    holds,
    becomes,
    account: companyHasAccount === null ? null : { wanted: companyHasAccount, has },
    match: properties?.match ?? 'all',
    clauses: weighed(contact.properties, properties),
    stops: stopping('both', isLast ? reason('CREATION_RULE_SAYS_NOTHING') : null),
  });
}

const waitingForAccount = (company: CompanyAccount | null): Reason =>
  reason('WAITING_FOR_ACCOUNT', { company: company?.companyId ?? 'none' });

/** HubSpot properties that decide what a contact becomes. */
export function propertiesForCreation({ creation }: Settings): string[] {
  const asked = creation.rules.flatMap(({ properties }) =>
    (properties?.clauses ?? []).map(({ field }) => field),
  );
  return [...asked, ...(asksForCompany(creation) ? ['associatedcompanyid'] : [])];
}

/** Whether creating in Salesforce depends on the contact's company. */
export const asksForCompany = ({ rules, inSalesforce }: Settings['creation']): boolean =>
  inSalesforce === 'contact' ||
  rules.some(
    ({ becomes, companyHasAccount }) => becomes === 'contact' || companyHasAccount !== null,
  );
