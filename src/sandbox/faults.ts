// Which calls of a stand-in go wrong, and how. Faults are planned one by one (tests) or drawn from a
// seeded stream (simulation, soak): the same plan and seed always hit the same calls.

export type Fault =
  /** Answers with the CRM's own error for the status; nothing is done. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'reset' }
  /** Everything is done, then the connection breaks. */
  | { readonly kind: 'resetAfterCommit' }
  /** Nothing is done and no answer ever comes. */
  | { readonly kind: 'timeout' }
  /** Everything is done and no answer ever comes. */
  | { readonly kind: 'timeoutAfterCommit' }
  /** Done, but only after a while. */
  | { readonly kind: 'slow'; readonly milliseconds: number };

interface PlannedFault {
  readonly endpoint: RegExp;
  readonly fault: Fault;
  remaining: number;
}

export class FaultPlan {
  #planned: PlannedFault[] = [];
  #chance: {
    rate: number;
    faults: readonly Fault[];
    random: () => number;
    endpoint: RegExp;
  } | null = null;

  /** The fault the call at hand meets, if any; planned ones come before drawn ones. */
  next(endpoint: string): Fault | undefined {
    const planned = this.#planned.find(
      (candidate) => candidate.remaining > 0 && candidate.endpoint.test(endpoint),
    );
    if (planned) {
      planned.remaining -= 1;
      return planned.fault;
    }
    const chance = this.#chance;
    if (chance && chance.endpoint.test(endpoint) && chance.random() < chance.rate) {
      return chance.faults[Math.floor(chance.random() * chance.faults.length)];
    }
    return undefined;
  }

  /** The next `times` calls whose endpoint matches meet the fault. */
  plan(endpoint: RegExp, fault: Fault, times = 1): this {
    this.#planned.push({ endpoint, fault, remaining: times });
    return this;
  }

  /** From now on each matching call meets one of the faults with the given chance. */
  draw(rate: number, faults: readonly Fault[], random: () => number, endpoint = /./): this {
    this.#chance = { rate, faults, random, endpoint };
    return this;
  }

  clear(): void {
    this.#planned = [];
    this.#chance = null;
  }
}
