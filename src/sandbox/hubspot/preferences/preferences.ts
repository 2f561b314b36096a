// Opting out of all e-mail and in again: the e-mail's standing and the `hs_email_optout` of the contact whose
// primary e-mail it is, kept in step.
import type { Clock } from '../../clock.ts';
import type { ChangeSource } from '../auth.ts';
import type { ContactStore } from '../contacts/store.ts';
import type { OptOuts } from './opt-outs.ts';

export class Preferences {
  readonly #optOuts: OptOuts;
  readonly #store: ContactStore;
  readonly #clock: Clock;

  constructor(optOuts: OptOuts, store: ContactStore, clock: Clock) {
    this.#optOuts = optOuts;
    this.#store = store;
    this.#clock = clock;
  }

  /** False when the e-mail had opted out before. */
  unsubscribeAll(email: string, source: ChangeSource): boolean {
    const isNew = this.#optOuts.add(email, this.now());
    const row = this.#store.byEmail(email);
    if (row?.values.email === email.trim().toLowerCase())
      this.#store.update(row, { hs_email_optout: 'true' }, source);
    return isNew;
  }

  /** Takes over an opt-out that a contact already shows. */
  remember(email: string): void {
    this.#optOuts.add(email, this.now());
  }

  /** What a person does with the link in an e-mail; no API does it. */
  resubscribe(email: string, source: ChangeSource): void {
    this.#optOuts.remove(email);
    const row = this.#store.byEmail(email);
    if (row) this.#store.update(row, { hs_email_optout: 'false' }, source);
  }

  since(email: string): string | undefined {
    return this.#optOuts.since(email);
  }

  now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
