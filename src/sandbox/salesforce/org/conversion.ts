// Converting a lead: it becomes a contact at an account, new ones or some that are there, and stays behind
// read-only, pointing at them (salesforce-api §6). Blank fields of an existing contact are filled, others kept.
import { badReference, convertedLead, SalesforceError } from '../errors.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { fieldOf, textOf, toApiDatetime, type Row } from '../values.ts';
import type { Database } from './database.ts';
import { checkUnique } from './references.ts';
import type { Actor, Writes } from './writes.ts';

export interface ConversionTargets {
  readonly contactId?: string;
  readonly accountId?: string;
}

export interface Conversion {
  readonly contactId: string;
  readonly accountId: string;
}

const ADDRESS_PARTS = ['Street', 'City', 'State', 'StateCode', 'PostalCode', 'Country'].concat([
  'CountryCode',
  'Latitude',
  'Longitude',
  'GeocodeAccuracy',
]);
const addressTo = (prefix: string): Record<string, string> =>
  Object.fromEntries(ADDRESS_PARTS.map((part) => [part, `${prefix}${part}`]));
const unchanged = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** Standard fields by the field they go to, as Salesforce maps them. */
const TO_CONTACT: Readonly<Record<string, string>> = {
  ...unchanged('Salutation', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone'),
  ...unchanged('Fax', 'Description', 'LeadSource', 'HasOptedOutOfEmail', 'HasOptedOutOfFax'),
  ...unchanged('DoNotCall', 'EmailBouncedReason', 'EmailBouncedDate', 'IndividualId'),
  ...addressTo('Mailing'),
};
const TO_ACCOUNT: Readonly<Record<string, string>> = {
  Company: 'Name',
  LeadSource: 'AccountSource',
  ...unchanged('Industry', 'Rating', 'AnnualRevenue', 'NumberOfEmployees', 'Website'),
  ...unchanged('Phone', 'Fax'),
  ...addressTo('Billing'),
};
const CONVERTED_STATUS = /(?<!Not )Converted$/;

export class LeadConversion {
  readonly #database: Database;
  readonly #writes: Writes;
  readonly #actor: Actor;

  constructor(database: Database, writes: Writes, actor: Actor) {
    this.#database = database;
    this.#writes = writes;
    this.#actor = actor;
  }

  convert(leadId: string, targets: ConversionTargets): Conversion {
    const leads = this.#database.table('Lead').schema;
    const lead = this.#writes.live(leads, leadId, this.#actor);
    if (lead.IsConverted === true) throw new SalesforceError(400, [convertedLead()]);
    const existing =
      targets.contactId === undefined ? null : this.#live('Contact', targets.contactId);
    const accountId =
      targets.accountId ?? (textOf(existing ?? {}, 'AccountId') || this.#placeAccount(lead));
    this.#live('Account', accountId);
    const contactId =
      existing === null
        ? this.#placeContact(lead, accountId)
        : this.#fillContact(lead, existing, accountId);
    const status = leads
      .field('Status')
      ?.values.find(({ value }) => CONVERTED_STATUS.test(value))?.value;
    this.#writes.alter(
      leads,
      leadId,
      {
        IsConverted: true,
        ConvertedContactId: contactId,
        ConvertedAccountId: accountId,
        ConvertedDate: toApiDatetime(this.#database.clock.now()).slice(0, 'YYYY-MM-DD'.length),
        ...(status === undefined ? {} : { Status: status }),
      },
      this.#actor,
    );
    this.#takeCampaigns(leadId, contactId);
    return { contactId, accountId };
  }

  #live(object: string, id: string): Row {
    const row = this.#database.table(object).get(id);
    if (row === undefined || row.IsDeleted === true)
      throw new SalesforceError(400, [badReference()]);
    return row;
  }

  #placeAccount(lead: Row): string {
    const { schema } = this.#database.table('Account');
    return this.#writes.place(schema, this.#newRow(schema, lead, TO_ACCOUNT), this.#actor);
  }

  #placeContact(lead: Row, accountId: string): string {
    const { schema } = this.#database.table('Contact');
    const row = { ...this.#newRow(schema, lead, TO_CONTACT), AccountId: accountId };
    return this.#writes.place(
      schema,
      { ...row, ...this.#freeCustomFields(lead, row) },
      this.#actor,
    );
  }

  #fillContact(lead: Row, contact: Row, accountId: string): string {
    const { schema } = this.#database.table('Contact');
    const contactId = textOf(contact, 'Id');
    const offered = {
      AccountId: accountId,
      ...mapped(schema, lead, TO_CONTACT),
      ...this.#freeCustomFields(lead, contact),
    };
    const blank = Object.entries(offered).filter(([name]) => fieldOf(contact, name) === null);
    this.#writes.alter(schema, contactId, Object.fromEntries(blank), this.#actor);
    return contactId;
  }

  #newRow(schema: ObjectSchema, lead: Row, fields: Readonly<Record<string, string>>): Row {
    const owner = textOf(lead, 'OwnerId');
    return {
      ...this.#writes.defaults(schema),
      // A queue owns leads only.
      OwnerId:
        this.#database.schema.objectOfId(owner)?.name === 'User' ? owner : this.#actor.userId,
      ...mapped(schema, lead, fields),
    };
  }

  /** Custom fields go to those of the same name; a value that must be unique only when nobody has it. */
  #freeCustomFields(lead: Row, contact: Row): Row {
    const { schema } = this.#database.table('Contact');
    const fields: Record<string, Row[string]> = {};
    for (const { name, custom, access, unique } of schema.fields) {
      const value = fieldOf(lead, name);
      if (!custom || access === 'read' || value === null) continue;
      const alone = { Id: fieldOf(contact, 'Id'), [name]: value };
      if (unique && checkUnique(this.#database, schema, alone) !== null) continue;
      fields[name] = value;
    }
    return fields;
  }

  /** Members of the lead stand for the contact too; one campaign has one member for both. */
  #takeCampaigns(leadId: string, contactId: string): void {
    const members = this.#database.table('CampaignMember');
    const ofContact = [...(members.withValue('ContactId', contactId) ?? [])];
    for (const id of [...(members.withValue('LeadId', leadId) ?? [])]) {
      const campaignId = members.get(id)?.CampaignId;
      const twin = ofContact.find((other) => members.get(other)?.CampaignId === campaignId);
      if (twin !== undefined) this.#writes.remove(members.schema, id, this.#actor);
      this.#writes.alter(
        members.schema,
        twin ?? id,
        { LeadId: leadId, ContactId: contactId },
        this.#actor,
      );
    }
  }
}

function mapped(schema: ObjectSchema, lead: Row, fields: Readonly<Record<string, string>>): Row {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([from, to]) => fieldOf(lead, from) !== null && schema.field(to) !== undefined)
      .map(([from, to]) => [to, fieldOf(lead, from)]),
  );
}
