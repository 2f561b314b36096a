// What goes wrong with webhooks on their way (hubspot-api §3: at least once, unordered): events that never
// arrive, arrive twice, late, or in another order. Off unless asked for.
import type { WebhookEvent } from './events.ts';

export interface Disturbance {
  /** Share of the events that never arrive, 0 to 1. */
  readonly drop?: number;
  /** Share of the events that arrive twice, 0 to 1. */
  readonly duplicate?: number;
  /** Each delivery of an event waits up to this many milliseconds longer. */
  readonly delayMs?: number;
  /** True: what leaves together leaves in any order. */
  readonly shuffle?: boolean;
  /** A repeatable stream of numbers in [0, 1): everything above is drawn from it. */
  readonly random: () => number;
}

export interface QueuedEvent {
  readonly event: WebhookEvent;
  /** When it may leave, milliseconds. */
  readonly at: number;
}

/** The deliveries an event gets: none, one or two. */
export function deliveriesOf(
  event: WebhookEvent,
  now: number,
  disturbance: Disturbance | null,
): QueuedEvent[] {
  if (!disturbance) return [{ event, at: now }];
  const { drop = 0, duplicate = 0, delayMs = 0, random } = disturbance;
  if (random() < drop) return [];
  return Array.from({ length: random() < duplicate ? 2 : 1 }, () => ({
    event,
    at: now + Math.floor(random() * delayMs),
  }));
}

/** The order in which queued events leave. */
export function inOrder(
  events: readonly QueuedEvent[],
  disturbance: Disturbance | null,
): readonly QueuedEvent[] {
  if (!disturbance?.shuffle) return events.toSorted((one, other) => one.at - other.at);
  const { random } = disturbance;
  return events
    .map((queued) => ({ queued, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ queued }) => queued);
}
