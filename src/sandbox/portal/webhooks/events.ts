// What HubSpot tells about changes (hubspot-api §3): an event for a new contact, one for each subscribed
// property that changed, one for a contact gone. The shapes are those of captured deliveries.
import type { Commit } from '../contacts/store.ts';

export type WebhookEvent = Readonly<Record<string, string | number>>;

export interface Subscriber {
  readonly appId: string;
  readonly portalId: string;
  /** Properties with a subscription; there is no wildcard. */
  readonly properties: readonly string[];
}

/** Subscriptions are numbered from here: creation, deletion, then one a property. */
const FIRST_SUBSCRIPTION = 3_329_277;

/** @param nextEventId ids are random in HubSpot and not unique */
export function eventsOf(
  { kind, row, changes, source }: Commit,
  { appId, portalId, properties }: Subscriber,
  nextEventId: () => number,
): WebhookEvent[] {
  const event = (
    subscription: number,
    subscriptionType: string,
    what: Readonly<Record<string, string>>,
  ): WebhookEvent => ({
    eventId: nextEventId(),
    subscriptionId: FIRST_SUBSCRIPTION + subscription,
    portalId: Number(portalId),
    appId: Number(appId),
    occurredAt: row.modifiedAt,
    subscriptionType,
    attemptNumber: 0,
    objectId: Number(row.id),
    ...what,
    changeSource: source.sourceType,
    sourceId: source.sourceId,
  });
  if (kind === 'archived') return [event(1, 'contact.deletion', { changeFlag: 'DELETED' })];
  const changed = properties.flatMap((propertyName, index) => {
    const propertyValue = changes[propertyName];
    return propertyValue === undefined
      ? []
      : [event(2 + index, 'contact.propertyChange', { propertyName, propertyValue })];
  });
  return kind === 'created'
    ? [event(0, 'contact.creation', { changeFlag: 'CREATED' }), ...changed]
    : changed;
}
