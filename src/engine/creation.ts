// What a HubSpot contact without a Salesforce record becomes: the admin's rules in order, then the native
// connector's single choice (native-connector §6).
import { meets } from './conditions.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact } from './records.ts';
import type { Settings } from './settings.ts';

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
): Creation {
  const accountId = company?.accountId ?? null;
  const rule = creation.rules.find(
    ({ companyHasAccount, properties }) =>
      (companyHasAccount === null || companyHasAccount === (accountId !== null)) &&
      meets(contact.properties, properties),
  );
  const becomes = rule?.becomes ?? creation.inSalesforce;
  switch (becomes) {
    case 'nothing':
      return {
        kind: 'nothing',
        reason: reason(rule ? 'CREATION_RULE_SAYS_NOTHING' : 'CREATION_OFF_IN_SALESFORCE'),
      };
    case 'lead':
      return { kind: 'create', object: 'Lead', accountId: null };
    case 'contact':
      return accountId === null && creation.contactWithoutAccount === 'wait'
        ? { kind: 'wait', reason: waitingForAccount(company) }
        : { kind: 'create', object: 'Contact', accountId };
  }
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
