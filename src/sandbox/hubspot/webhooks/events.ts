// Which events a change makes (hubspot-api §3): one per subscription that it concerns. Erasing a contact for
// privacy tells of a deletion too, as HubSpot documents. A merge tells only of itself.
import type { Commit } from '../contacts/store.ts';

export interface WebhookSubscription {
  readonly subscriptionType:
    | 'contact.creation'
    | 'contact.deletion'
    | 'contact.privacyDeletion'
    | 'contact.restore'
    | 'contact.merge'
    | 'contact.propertyChange';
  /** For `contact.propertyChange`: there is no wildcard. */
  readonly propertyName?: string;
  /** False pauses it. */
  readonly active?: boolean;
}

/** What a delivery tells of one change, as HubSpot words it. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

/** What an event says of its change beside who, when and where; null when the subscription isn't about it. */
export function detailsFor(
  { kind, row, mergedFrom, changes }: Commit,
  { subscriptionType, propertyName }: WebhookSubscription,
): WebhookEvent | null {
  switch (subscriptionType) {
    case 'contact.creation':
      return kind === 'created' ? { changeFlag: 'CREATED' } : null;
    case 'contact.deletion':
      return kind === 'archived' || kind === 'erased' ? { changeFlag: 'DELETED' } : null;
    case 'contact.privacyDeletion':
      return kind === 'erased' ? { changeFlag: 'DELETED' } : null;
    case 'contact.restore':
      return kind === 'restored' ? { changeFlag: 'RESTORED' } : null;
    case 'contact.merge':
      return mergedFrom
        ? {
            primaryObjectId: Number(mergedFrom.primaryId),
            mergedObjectIds: [Number(mergedFrom.otherId)],
            newObjectId: Number(row.id),
            numberOfPropertiesMoved: mergedFrom.moved,
            objectTypeId: '0-1',
          }
        : null;
    case 'contact.propertyChange': {
      const propertyValue = propertyName === undefined ? undefined : changes[propertyName];
      return propertyValue === undefined ? null : { propertyName, propertyValue };
    }
  }
}
