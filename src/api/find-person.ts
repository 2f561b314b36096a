// Whom somebody means: by e-mail address, by name, by the id or the address of a record in either CRM.
import { emailOfContact, emailOfRecord } from '../engine/partners.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from '../engine/records.ts';
import { objectOfId, salesforceId18 } from '../engine/salesforce-ids.ts';
import type { Ports } from '../sync/workspace.ts';
import type { FoundPerson } from './contract.ts';
import { personOf, WHO, whoIs } from './person.ts';

const PROPERTIES = [...WHO, 'hs_additional_emails'];
const FIELDS = ['FirstName', 'LastName', 'Email'];
/** More people of one name are better told apart by their address. */
const MOST_FOUND = 10;

/** Ids are taken at their word; everything else is looked for. */
export async function meantBy({ hubspot, salesforce }: Ports, who: string): Promise<FoundPerson[]> {
  const id = recordIn(who);
  if (id !== null) return [{ id, name: id, email: null, where: whereOf(id) }];
  if (who.includes('@')) {
    const email = who.toLowerCase();
    const [contacts, records] = await Promise.all([
      hubspot.contacts.readByEmails([email], PROPERTIES),
      salesforce.records.read(
        { ids: { Lead: [], Contact: [] }, emails: [email] },
        { Lead: FIELDS, Contact: FIELDS },
      ),
    ]);
    return foundPeople([...contacts.values()], records);
  }
  const [contacts, records] = await Promise.all([
    hubspot.contacts.find(who, PROPERTIES, MOST_FOUND),
    salesforce.records.find(who, MOST_FOUND),
  ]);
  return foundPeople(contacts, records);
}

export const keyOf = (id: string): RecordKey =>
  /^\d+$/.test(id) ? { side: 'hubspot', id } : { side: 'salesforce', object: objectOfId(id), id };

/** An id, or the one in the address of a record's page. */
export function recordIn(who: string): string | null {
  const [, contact] = /\/(?:record\/0-1|contacts?\/\d+\/contact)\/(\d+)/.exec(who) ?? [];
  if (contact !== undefined) return contact;
  if (/^\d{1,19}$/.test(who)) return who;
  const [, page] = /\/((?:003|00Q)[A-Za-z0-9]{12,15})(?:\/|$|\?)/.exec(who) ?? [];
  const id = salesforceId18(page ?? who);
  return id !== null && /^(?:003|00Q)/.test(id) ? id : null;
}

const whereOf = (id: string): FoundPerson['where'] => {
  const key = keyOf(id);
  if (key.side === 'hubspot') return 'HubSpot contact';
  return key.object === 'Lead' ? 'Salesforce lead' : 'Salesforce contact';
};

/** Records with the e-mail address of a contact that was found belong to the same person. */
function foundPeople(
  contacts: readonly HubSpotContact[],
  records: readonly SalesforceRecord[],
): FoundPerson[] {
  const emails = new Set(contacts.map(emailOfContact));
  const unique = [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
  const alone = records.filter((record) => {
    const email = emailOfRecord(record);
    return email === null || !emails.has(email);
  });
  return [
    ...unique.map((contact): FoundPerson => ({
      id: contact.id,
      name: nameOfContact(contact),
      email: emailOfContact(contact),
      where: 'HubSpot contact',
    })),
    ...alone.map((record): FoundPerson => ({
      id: record.id,
      name: nameOfRecord(record),
      email: emailOfRecord(record),
      where: whereOf(record.id),
    })),
  ].slice(0, MOST_FOUND);
}

export const nameOfContact = (contact: HubSpotContact): string => whoIs(contact) ?? contact.id;

export const nameOfRecord = ({ id, fields }: SalesforceRecord): string =>
  personOf(fields.FirstName, fields.LastName).name ?? id;
