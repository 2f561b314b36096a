// What live sync needs of Salesforce's change events: which records changed, never what they hold, because
// events come late, twice, merged or not at all. Polling stays the one that must not miss anything. The adapter
// over the Pub/Sub API is in `change-events/`; nothing that HubSpot's functions load imports it.
import type { SalesforceObject } from '../engine/fields.ts';
import type { RecordKey } from '../engine/records.ts';

/** Where each object's stream stands: opaque, good for 72 hours. */
export type ReplayIds = Readonly<Partial<Record<SalesforceObject, string>>>;

export type EventsState =
  | { readonly kind: 'connecting' }
  /** Both streams are open. */
  | { readonly kind: 'connected' }
  /** Salesforce says no until somebody changes something; it is asked again from time to time. */
  | { readonly kind: 'refused'; readonly why: string };

/** A call that rejects breaks the stream; it comes again from the last replay id that was handed on. */
export interface ChangeEventsListener {
  /** These records changed. Resolves when that is safe. */
  onKeys(keys: readonly RecordKey[]): Promise<void>;
  /** Everything up to here was handed over, and safe, before. */
  onReplayId(object: SalesforceObject, replayId: string): Promise<void>;
  /** Something changed of which no event tells, or may have: look for changes. */
  onGap(): Promise<void>;
  onState(state: EventsState): void;
}

export interface ChangeEventsSubscription {
  /** Resolves when nothing is handed over any more. */
  stop(): Promise<void>;
}

export interface ChangeEvents {
  /** Goes on behind the replay ids; without one, from now on. Connects again by itself until it is stopped. */
  subscribe(replayIds: ReplayIds, listener: ChangeEventsListener): ChangeEventsSubscription;
}
