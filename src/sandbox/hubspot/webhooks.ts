// Webhooks (hubspot-api §3): one event per change and subscription, queued in portal order, sent in batches
// of up to 100 with HubSpot's v3 signature. On the real clock batches leave by themselves a moment after the
// change; under a virtual one only `flush` sends.
//
// Not built: repeats. HubSpot repeats a failed delivery up to ten times over a day, then loses it; here it
// is lost at once and counted. `#send` is where repeats would go: keep the batch, raise `attemptNumber`,
// wait on the clock.
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Commit } from './contacts/store.ts';

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
  #queue: Record<string, unknown>[] = [];
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

  /** Events that wait to be sent. */
  get pending(): number {
    return this.#queue.length;
  }

  get delivered(): number {
    return this.#delivered;
  }

  /** Events whose delivery failed. */
  get lost(): number {
    return this.#lost;
  }

  observe(commit: Commit): void {
    const settings = this.#settings;
    if (!settings) return;
    const events = settings.subscriptions.flatMap((subscription, index) =>
      subscription.active === false ? [] : this.#events(commit, subscription, index),
    );
    if (events.length === 0) return;
    this.#queue.push(...events);
    this.#startTimer(settings.delayMs === undefined ? this.#automaticDelayMs : settings.delayMs);
  }

  /** Sends everything that is queued and waits until it is delivered or lost. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const settings = this.#settings;
    if (settings) this.#sending = this.#sending.then(() => this.#sendAll(settings));
    await this.#sending;
  }

  #startTimer(delayMs: number | null): void {
    if (delayMs === null || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, delayMs);
    this.#timer.unref();
  }

  #events(
    commit: Commit,
    subscription: WebhookSubscription,
    index: number,
  ): Record<string, unknown>[] {
    const { subscriptionType, propertyName } = subscription;
    const about = (details: Record<string, unknown>): Record<string, unknown>[] => [
      this.#event(commit, subscriptionType, index, details),
    ];
    switch (subscriptionType) {
      case 'contact.creation':
        return commit.kind === 'created' ? about({ changeFlag: 'CREATED' }) : [];
      case 'contact.deletion':
        return commit.kind === 'archived' ? about({ changeFlag: 'DELETED' }) : [];
      case 'contact.privacyDeletion':
        return commit.kind === 'erased' ? about({ changeFlag: 'DELETED' }) : [];
      case 'contact.restore':
        return commit.kind === 'restored' ? about({ changeFlag: 'RESTORED' }) : [];
      case 'contact.merge': {
        const { mergedFrom, row } = commit;
        return mergedFrom
          ? about({
              primaryObjectId: Number(mergedFrom.primaryId),
              mergedObjectIds: [Number(mergedFrom.otherId)],
              newObjectId: Number(row.id),
              numberOfPropertiesMoved: 0,
            })
          : [];
      }
      case 'contact.propertyChange': {
        const propertyValue = propertyName === undefined ? undefined : commit.changes[propertyName];
        return propertyValue === undefined ? [] : about({ propertyName, propertyValue });
      }
    }
  }

  #event(
    { row, source }: Commit,
    subscriptionType: string,
    index: number,
    details: Record<string, unknown>,
  ): Record<string, unknown> {
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

  async #sendAll(settings: WebhookSettings): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, LARGEST_BATCH);
      this.#queue = this.#queue.slice(LARGEST_BATCH);
      await this.#send(batch, settings);
    }
  }

  async #send(events: readonly unknown[], settings: WebhookSettings): Promise<void> {
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
