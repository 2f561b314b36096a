// Collects the events of changes and sends them on, at most 100 a request and in no particular order
// (hubspot-api §3). Over HTTP they leave by themselves a moment after a change; with a `deliver` of the
// caller's they wait for `flush`, so that a simulation decides when. Changes that `deliver` causes are part
// of the same flush.
//
// Not built, and this is where it would go (`#send`): HubSpot's up to ten retries over a day after a 4xx,
// a 5xx or five silent seconds. What a receiver refuses is lost at once and counted in `lost`.
import type { Clock } from '../../clock.ts';
import type { Commit } from '../contacts/store.ts';
import { eventsOf, type Subscriber, type WebhookEvent } from './events.ts';
import { signedRequest, type WebhookRequest } from './signature.ts';

export interface WebhookOptions {
  readonly targetUrl: string;
  readonly clientSecret: string;
  /** Properties with a `contact.propertyChange` subscription. */
  readonly properties: readonly string[];
  /** Takes requests instead of the target; then only `flushWebhooks` sends. */
  readonly deliver?: (request: WebhookRequest) => Promise<void>;
}

const MOST_EVENTS = 100;
const DELAY_MS = 50;
const ANSWER_WITHIN_MS = 5000;

export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #subscriber: Subscriber;
  readonly #clock: Clock;
  readonly #random: () => number;
  #waiting: WebhookEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();
  #lost = 0;

  constructor(
    options: WebhookOptions,
    account: { readonly appId: string; readonly portalId: string },
    clock: Clock,
    random: () => number,
  ) {
    this.#options = options;
    this.#subscriber = { ...account, properties: options.properties };
    this.#clock = clock;
    this.#random = random;
  }

  /** Events that no receiver took. */
  get lost(): number {
    return this.#lost;
  }

  observe(commit: Commit): void {
    const eventId = (): number => Math.floor(this.#random() * 4_294_967_296);
    this.#waiting.push(...eventsOf(commit, this.#subscriber, eventId));
    if (this.#options.deliver !== undefined || this.#timer !== null) return;
    if (this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => void this.flush(), DELAY_MS).unref();
  }

  /** Sends everything that waits; settles when it was received or lost. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#sending = this.#sending.then(() => this.#drain());
    return this.#sending;
  }

  /** Forgets what waits. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const events = this.#waiting.splice(0, MOST_EVENTS);
      await this.#send(this.#shuffled(events));
    }
  }

  async #send(events: readonly WebhookEvent[]): Promise<void> {
    const { targetUrl, clientSecret, deliver = post } = this.#options;
    const body = JSON.stringify(events);
    try {
      await deliver(signedRequest(targetUrl, body, this.#clock.now(), clientSecret));
    } catch {
      this.#lost += events.length;
    }
  }

  #shuffled(events: readonly WebhookEvent[]): WebhookEvent[] {
    return events
      .map((event) => ({ event, place: this.#random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ event }) => event);
  }
}

async function post({ url, method, headers, body }: WebhookRequest): Promise<void> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await fetch(url, { method, headers, body, signal });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
}
