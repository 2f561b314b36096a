// Person accounts: a contact and an account that are one person. The person's name is the account's to write;
// API calls on the contact may not (salesforce-api §6). In the org's own screens it is one record.
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { personName } from './computed.ts';
import type { Database } from './database.ts';
import type { Actor, Writes } from './writes.ts';

const ON_THE_ACCOUNT: ReadonlySet<string> = new Set([
  'Salutation',
  'FirstName',
  'LastName',
  'AccountId',
]);

/** Fields of a write to a person's contact that only the account takes. */
export const fieldsOfTheAccount = (
  object: ObjectSchema,
  fields: readonly FieldSpec[],
): readonly string[] =>
  object.name === 'Contact'
    ? fields.map(({ name }) => name).filter((name) => ON_THE_ACCOUNT.has(name))
    : [];

/** Creates a person as somebody in the org does; gives the ids of both of its records. */
export function placePerson(
  database: Database,
  writes: Writes,
  fields: Row,
  actor: Actor,
): { accountId: string; contactId: string } {
  const account = database.table('Account').schema;
  const contact = database.table('Contact').schema;
  const accountId = writes.place(
    account,
    {
      ...writes.defaults(account),
      OwnerId: actor.userId,
      Name: personName(fields),
      IsPersonAccount: true,
    },
    actor,
  );
  const contactId = writes.place(
    contact,
    {
      ...writes.defaults(contact),
      OwnerId: actor.userId,
      ...fields,
      AccountId: accountId,
      IsPersonAccount: true,
    },
    actor,
  );
  writes.alter(account, accountId, { PersonContactId: contactId }, actor);
  return { accountId, contactId };
}

/** Keeps the account's name that of its person. */
export function renameAccount(
  database: Database,
  writes: Writes,
  contact: Row,
  actor: Actor,
): void {
  const accounts = database.table('Account');
  const account = accounts.get(textOf(contact, 'AccountId'));
  const name = personName(contact);
  if (account !== undefined && account.Name !== name)
    writes.alter(accounts.schema, textOf(account, 'Id'), { Name: name }, actor);
}
