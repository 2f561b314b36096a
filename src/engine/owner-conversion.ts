// Owners: canonical values are Salesforce user or queue ids. Only owners who stand for an active user, or
// for a queue where the object takes one, go to Salesforce (native-connector §6).
import type { Conversion, ConversionSpec } from './conversion.ts';
import { reason, type Reason } from './reasons.ts';
import { failed, read, readText, salesforceText, written } from './values.ts';

export function ownerConversion({ owners, field }: ConversionSpec): Conversion {
  const takesQueues = field.referenceTo.includes('Group');
  const unknownInHubSpot = (id: string): Reason =>
    reason(owners.isQueue(id) ? 'OWNER_IS_QUEUE' : 'OWNER_NOT_IN_HUBSPOT', {
      value: owners.name(id),
    });
  return {
    fromHubSpot: (raw) => {
      const ownerId = readText(raw);
      if (ownerId === null) return read(null);
      const userId = owners.salesforceUser(ownerId);
      return userId === null
        ? failed(reason('OWNER_NOT_IN_SALESFORCE', { value: owners.name(ownerId) }))
        : read(userId);
    },
    fromSalesforce: (raw) => {
      const userId = readText(salesforceText(raw));
      return userId === null ? null : owners.samePerson(userId);
    },
    toHubSpot: (value) => {
      const ownerId = owners.hubspotOwner(String(value));
      return ownerId === null ? failed(unknownInHubSpot(String(value))) : written(ownerId);
    },
    toSalesforce: (value) => {
      const id = String(value);
      if (owners.isQueue(id) && !takesQueues)
        return failed(reason('OWNER_IS_QUEUE', { value: owners.name(id) }));
      return owners.isActive(id)
        ? written(id)
        : failed(reason('OWNER_INACTIVE', { value: owners.name(id) }));
    },
  };
}
