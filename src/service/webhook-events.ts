// From a delivery of HubSpot's webhooks to the contacts it names (hubspot-api §3). Nothing else of an event is
// believed: events come late, twice, out of order or never, so what changed is read afresh. An event of a kind
// or shape that is not known here names nobody and never spoils the others of its delivery.
import { z } from 'zod';
import type { RecordKey } from '../engine/records.ts';

/** HubSpot sends at most 100 events at a time. */
const deliverySchema = z.array(z.unknown()).max(1000);

const idSchema = z.coerce.string().regex(/^\d+$/);
const CONTACT = '0-1';

const eventSchema = z.object({
  /** `contact.…` in the classic form, `object.…` in the newer one. */
  subscriptionType: z.string(),
  /** Tells what an `object.…` event is about. */
  objectTypeId: z.string().optional(),
  objectId: idSchema.optional(),
  /** Merges: who won, who became part of it, and the id they go by now, which may be neither's. */
  primaryObjectId: idSchema.optional(),
  mergedObjectIds: z.array(idSchema).default([]),
  newObjectId: idSchema.optional(),
  /** Association changes have no `objectId`. */
  fromObjectId: idSchema.optional(),
  /** The app the subscription belongs to, and who made the change. */
  appId: z.coerce.string().optional(),
  changeSource: z.string().optional(),
  sourceId: z.coerce.string().optional(),
});
type WebhookEvent = z.infer<typeof eventSchema>;

/** The contacts a delivery is about, each once; null when it is no list of events. */
export function contactsNamedIn(delivery: unknown): readonly RecordKey[] | null {
  const events = deliverySchema.safeParse(delivery);
  if (!events.success) return null;
  const ids = new Set(
    events.data.flatMap((one) => {
      const event = eventSchema.safeParse(one);
      return event.success && isAboutContact(event.data) && !isOurOwn(event.data)
        ? idsIn(event.data)
        : [];
    }),
  );
  return [...ids].map((id): RecordKey => ({ side: 'hubspot', id }));
}

const isAboutContact = ({ subscriptionType, objectTypeId }: WebhookEvent): boolean =>
  subscriptionType.startsWith('contact.') ||
  (subscriptionType.startsWith('object.') && objectTypeId === CONTACT);

/**
 * Tandem's own write: it knows already, and an import would otherwise name everybody it creates several times
 * over, before the edits of people. What automation makes of the write has another source.
 */
const isOurOwn = ({ appId, changeSource, sourceId }: WebhookEvent): boolean =>
  changeSource === 'INTEGRATION' && appId !== undefined && sourceId === appId;

const idsIn = (event: WebhookEvent): string[] =>
  [
    event.objectId,
    event.primaryObjectId,
    event.newObjectId,
    event.fromObjectId,
    ...event.mergedObjectIds,
  ].filter((id) => id !== undefined);
