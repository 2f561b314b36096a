// Repeatable choices. Every person has dice of its own, so that one person doesn't depend on how many
// choices another took.
import { seededRandom } from '../clock.ts';

/** A seed of its own for the `index`th of something (`salt` says of what). */
export function seedOf(seed: number, salt: number, index: number): number {
  let mixed = Math.imul(seed ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b) ^ index;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from `from` up to and including `to`. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    return nth(choices, this.between(0, choices.length - 1));
  }

  shuffled<Card>(cards: readonly Card[]): Card[] {
    const result = [...cards];
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = this.between(0, last);
      [result[last], result[other]] = [nth(result, other), nth(result, last)];
    }
    return result;
  }
}

/** The `index`th of them, beginning anew at the end. */
export function nth<Choice>(choices: readonly Choice[], index: number): Choice {
  const choice = choices[index % choices.length];
  if (choice === undefined) throw new Error('there is nothing to choose from');
  return choice;
}

/**
 * Deals a deck again and again, each time shuffled anew: however many are dealt, every card comes as often
 * as the deck says.
 */
export function dealer<Card>(
  seed: number,
  salt: number,
  deck: readonly Card[],
): (index: number) => Card {
  let round = -1;
  let cards: readonly Card[] = [];
  return (index) => {
    const wanted = Math.floor(index / deck.length);
    if (wanted !== round) {
      round = wanted;
      cards = new Dice(seedOf(seed, salt, round)).shuffled(deck);
    }
    return nth(cards, index);
  };
}
