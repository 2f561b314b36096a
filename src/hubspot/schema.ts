// Properties, owners and the account.
import type { Property } from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { z } from 'zod';
import type { HubSpotProperty, HubSpotPropertyType } from '../engine/fields.ts';
import { CallRejected } from '../engine/failures.ts';
import { asRejection } from './contacts.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotOwner, HubSpotSchema, PropertyToCreate } from './port.ts';
import { messageOf } from './transport.ts';

const CONTACTS = 'contacts';
const OWNERS_PAGE = 100;

const KNOWN_TYPES: ReadonlySet<string> = new Set<HubSpotPropertyType>([
  'string',
  'number',
  'bool',
  'enumeration',
  'date',
  'datetime',
  'phone_number',
  'object_coordinates',
]);

const isKnownType = (type: string): type is HubSpotPropertyType => KNOWN_TYPES.has(type);

function propertyOf(property: Property): HubSpotProperty {
  return {
    name: property.name,
    label: property.label,
    // A type we have never seen can't be mapped, like json.
    type: isKnownType(property.type) ? property.type : 'json',
    fieldType: property.fieldType,
    options: property.options.map(({ value, label }) => ({ value, label })),
    readOnly: property.calculated === true || property.modificationMetadata?.readOnlyValue === true,
    hasUniqueValue: property.hasUniqueValue === true,
    referencedObjectType: property.referencedObjectType ?? null,
  };
}

const accessSchema = z.object({
  portalId: z.coerce.string(),
  accountType: z.string().default('STANDARD'),
  uiDomain: z.string().default('app.hubspot.com'),
});
const tokenSchema = z.object({ scopes: z.array(z.string()) });
const accountSchema = z.object({ portalId: z.coerce.string(), timeZone: z.string().optional() });

/** @param onTimeZone is told the portal's time zone whenever it was read */
export function schemaOver(
  clients: GeneratedClients,
  onTimeZone: (timeZone: string) => void,
): HubSpotSchema {
  const { properties, propertyBatches, propertyGroups, owners, request, accessToken } = clients;

  const contactProperties = async (): Promise<HubSpotProperty[]> => {
    try {
      return (await properties.getAll(CONTACTS)).results.map(propertyOf);
    } catch (error) {
      throw asRejection(error);
    }
  };

  const ownersOf = async (archived: boolean): Promise<HubSpotOwner[]> => {
    const found: HubSpotOwner[] = [];
    let after: string | undefined;
    do {
      const page = await owners.getPage(undefined, after, OWNERS_PAGE, archived);
      for (const owner of page.results) {
        const name = [owner.firstName, owner.lastName].filter(Boolean).join(' ');
        found.push({
          id: owner.id,
          email: owner.email ?? null,
          name: name || (owner.email ?? owner.id),
          archived: owner.archived,
        });
      }
      after = page.paging?.next?.after;
    } while (after !== undefined);
    return found;
  };

  return {
    contactProperties,

    async ensureProperties(group, wanted) {
      const isMissing = async (): Promise<readonly PropertyToCreate[]> => {
        const known = new Set((await contactProperties()).map(({ name }) => name));
        return wanted.filter(({ name }) => !known.has(name));
      };
      const missing = await isMissing();
      if (missing.length === 0) return;
      let refused: Error | null = null;
      try {
        await ensureGroup(propertyGroups, group);
        const answer = await propertyBatches.create(CONTACTS, {
          inputs: missing.map((property) => creation(property, group.name)),
        });
        const errors: { message: string }[] = ('errors' in answer && answer.errors) || [];
        if (errors[0]) refused = new CallRejected('HubSpot', errors[0].message, 207, 'PROPERTIES');
      } catch (error) {
        const rejection = asRejection(error);
        refused = rejection instanceof Error ? rejection : new Error(String(rejection));
      }
      // Somebody else may have started at the same time: what counts is that the properties are there.
      if (refused !== null && (await isMissing()).length > 0) throw refused;
    },

    async propertyGroups() {
      try {
        const { results } = await propertyGroups.getAll(CONTACTS);
        return results.map(({ name, label }) => ({ name, label }));
      } catch (error) {
        throw asRejection(error);
      }
    },

    async createProperty(groupName, property) {
      try {
        await properties.create(CONTACTS, creation(property, groupName));
      } catch (error) {
        throw asRejection(error);
      }
    },

    async owners() {
      try {
        return [...(await ownersOf(false)), ...(await ownersOf(true))];
      } catch (error) {
        throw asRejection(error);
      }
    },

    async access() {
      const [account, token] = await Promise.all([
        request('GET', '/account-info/v3/details'),
        request('POST', '/oauth/v2/private-apps/get/access-token-info', { tokenKey: accessToken }),
      ]);
      if (account.status !== 200)
        throw new CallRejected(
          'HubSpot',
          messageOf(account.text) ?? `status ${account.status}`,
          account.status,
          'ACCOUNT',
        );
      const scopes = token.status === 200 ? tokenSchema.safeParse(JSON.parse(token.text)) : null;
      return {
        ...accessSchema.parse(JSON.parse(account.text)),
        scopes: scopes?.data?.scopes ?? null,
      };
    },

    async account() {
      const { status, text } = await request('GET', '/account-info/v3/details');
      if (status !== 200)
        throw new CallRejected('HubSpot', messageOf(text) ?? `status ${status}`, status, 'ACCOUNT');
      const { portalId, timeZone } = accountSchema.parse(JSON.parse(text));
      if (timeZone !== undefined) onTimeZone(timeZone);
      return { portalId };
    },
  };
}

async function ensureGroup(
  groups: GeneratedClients['propertyGroups'],
  { name, label }: { readonly name: string; readonly label: string },
): Promise<void> {
  const { results } = await groups.getAll(CONTACTS);
  if (results.some((group) => group.name === name)) return;
  try {
    await groups.create(CONTACTS, { name, label, displayOrder: -1 });
  } catch (error) {
    // Made by somebody else at the same moment, or by our own first try, whose answer was lost.
    const rejection = asRejection(error);
    if (!(rejection instanceof CallRejected && rejection.status === 409)) throw error;
  }
}

type Creation = Parameters<GeneratedClients['propertyBatches']['create']>[1]['inputs'][number];

function creation(property: PropertyToCreate, groupName: string): Creation {
  return {
    name: property.name,
    label: property.label,
    type: property.type as Creation['type'],
    fieldType: property.fieldType as Creation['fieldType'],
    description: property.description ?? '',
    groupName,
    hasUniqueValue: property.hasUniqueValue ?? false,
    options: (property.options ?? []).map((option, displayOrder) => ({
      ...option,
      displayOrder,
      hidden: false,
    })),
  };
}
