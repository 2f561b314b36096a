// Webhooks (hubspot-api §3): one event per change and subscription (`events.ts`), queued in portal order, sent
// in batches of up to 100 with HubSpot's v3 signature. On the real clock batches leave by themselves a moment
// after the change; under a virtual one only `flush` sends. `disturb` loses, doubles, delays and shuffles.
//
// Not built: repeats. HubSpot repeats a failed delivery up to ten times over a day, then loses it; here it
// is lost at once and counted. `#send` is where repeats would go: keep the batch, raise `attemptNumber`,
// wait on the clock.
import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Commit } from '../contacts/store.ts';
import { deliveriesOf, inOrder, type Disturbance, type QueuedEvent } from './disturbance.ts';
import { detailsFor, type WebhookEvent, type WebhookSubscription } from './events.ts';

export interface WebhookDelivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookSettings {
  readonly targetUrl: string;
  readonly clientSecret: string;
  readonly subscriptions: readonly WebhookSubscription[];
  /** Sends a delivery and answers its status; an HTTP POST unless given. */
  readonly deliver?: (delivery: WebhookDelivery) => Promise<number>;
  /** Milliseconds after a change until its events leave by themselves; null: only `flush` sends. */
  readonly delayMs?: number | null;
}

interface Identity {
  readonly portalId: string;
  readonly appId: string;
}

const LARGEST_BATCH = 100;
const TIMEOUT_MS = 5000;
const FIRST_SUBSCRIPTION_ID = 3_329_277;

async function post({ url, headers, body }: WebhookDelivery): Promise<number> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  await response.arrayBuffer();
  return response.status;
}

export class Webhooks {
  readonly #clock: Clock;
  readonly #identity: Identity;
  readonly #automaticDelayMs: number | null;
  #settings: WebhookSettings | null = null;
  #queue: QueuedEvent[] = [];
  #disturbance: Disturbance | null = null;
  #lastEventId: number;
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();
  #delivered = 0;
  #lost = 0;

  constructor(
    clock: Clock,
    random: () => number,
    identity: Identity,
    automaticDelayMs: number | null,
  ) {
    this.#clock = clock;
    this.#identity = identity;
    this.#automaticDelayMs = automaticDelayMs;
    this.#lastEventId = 100_000_000 + Math.floor(random() * 1_000_000_000);
  }

  /** Subscribes: changes from now on are sent. Null ends it and drops what is queued. */
  connect(settings: WebhookSettings | null): void {
    this.#settings = settings;
    if (settings === null) this.#queue = [];
  }

  /** From now on events are lost, doubled, delayed or shuffled; null ends it, for those that wait too. */
  disturb(disturbance: Disturbance | null): void {
    this.#disturbance = disturbance;
    if (disturbance !== null) return;
    this.#queue = this.#queue.map(({ event }) => ({ event, at: 0 }));
    this.#stopTimer();
    if (this.#settings) this.#startTimer(this.#settings);
  }

  /** Events that wait to be sent. */
  get pending(): number {
    return this.#queue.length;
  }

  get delivered(): number {
    return this.#delivered;
  }

  /** Events whose delivery failed, or that a disturbance dropped. */
  get lost(): number {
    return this.#lost;
  }

  observe(commit: Commit): void {
    const settings = this.#settings;
    if (!settings) return;
    const now = this.#clock.now();
    for (const [index, subscription] of settings.subscriptions.entries()) {
      const details = subscription.active === false ? null : detailsFor(commit, subscription);
      if (details === null) continue;
      const event = this.#event(commit, subscription.subscriptionType, index, details);
      const deliveries = deliveriesOf(event, now, this.#disturbance);
      if (deliveries.length === 0) this.#lost += 1;
      this.#queue.push(...deliveries);
    }
    this.#startTimer(settings);
  }

  /** Sends everything that is due, all but delayed events, and waits until it is delivered or lost. */
  async flush(): Promise<void> {
    this.#stopTimer();
    const settings = this.#settings;
    if (settings) this.#sending = this.#sending.then(() => this.#sendDue(settings));
    await this.#sending;
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #startTimer(settings: WebhookSettings): void {
    const delayMs = settings.delayMs === undefined ? this.#automaticDelayMs : settings.delayMs;
    if (delayMs === null || this.#timer || this.#queue.length === 0) return;
    const soonest = this.#queue.reduce((first, { at }) => Math.min(first, at), Infinity);
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.flush();
      },
      Math.max(delayMs, soonest - this.#clock.now()),
    );
    this.#timer.unref();
  }

  #event(
    { row, source }: Commit,
    subscriptionType: string,
    index: number,
    details: WebhookEvent,
  ): WebhookEvent {
    this.#lastEventId += 1;
    return {
      eventId: this.#lastEventId,
      subscriptionId: FIRST_SUBSCRIPTION_ID + index,
      portalId: Number(this.#identity.portalId),
      appId: Number(this.#identity.appId),
      occurredAt: row.modifiedAt,
      subscriptionType,
      attemptNumber: 0,
      objectId: Number(row.id),
      ...details,
      changeSource: source.sourceType,
      sourceId: source.sourceId,
    };
  }

  async #sendDue(settings: WebhookSettings): Promise<void> {
    for (let due = this.#takeDue(); due.length > 0; due = this.#takeDue())
      for (const batch of batchesOf(due)) await this.#send(batch, settings);
    this.#startTimer(settings);
  }

  #takeDue(): WebhookEvent[] {
    const now = this.#clock.now();
    const due = this.#queue.filter(({ at }) => at <= now);
    this.#queue = this.#queue.filter(({ at }) => at > now);
    return inOrder(due, this.#disturbance).map(({ event }) => event);
  }

  async #send(events: readonly WebhookEvent[], settings: WebhookSettings): Promise<void> {
    const delivery = signed(settings, JSON.stringify(events), this.#clock.now());
    let isDelivered = false;
    try {
      const status = await (settings.deliver ?? post)(delivery);
      isDelivered = status >= 200 && status < 300;
    } catch {
      isDelivered = false;
    }
    if (isDelivered) this.#delivered += events.length;
    else this.#lost += events.length;
  }
}

function batchesOf(events: readonly WebhookEvent[]): WebhookEvent[][] {
  return Array.from({ length: Math.ceil(events.length / LARGEST_BATCH) }, (_, number) =>
    events.slice(number * LARGEST_BATCH, (number + 1) * LARGEST_BATCH),
  );
}

/** The v3 signature: base64(HMAC-SHA256(secret, method + URI + body + timestamp)). */
function signed(
  { targetUrl, clientSecret }: WebhookSettings,
  body: string,
  now: number,
): WebhookDelivery {
  const signature = createHmac('sha256', clientSecret)
    .update(`POST${targetUrl}${body}${now}`)
    .digest('base64');
  return {
    url: targetUrl,
    body,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signature,
      'x-hubspot-signature-version': 'v3',
      'x-hubspot-request-timestamp': String(now),
    },
  };
}
