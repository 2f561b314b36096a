// What may become of one call, drawn from the seed.

export type SimFault = 'refused' | 'busy' | 'limited' | 'answerLost' | 'slow';
// The worst is the likeliest: it was done, and nobody was told.
const KINDS: readonly SimFault[] = [
  'refused',
  'busy',
  'limited',
  'answerLost',
  'answerLost',
  'answerLost',
  'slow',
];

export class SimFaults {
  readonly #random: () => number;
  rate: number;

  constructor(random: () => number, rate: number) {
    this.#random = random;
    this.rate = rate;
  }

  draw(): SimFault | null {
    // Always as many numbers, so that turning faults off changes nothing else.
    const [chance, kind] = [this.#random(), this.#random()];
    return chance < this.rate ? (KINDS[Math.floor(kind * KINDS.length)] ?? null) : null;
  }
}
