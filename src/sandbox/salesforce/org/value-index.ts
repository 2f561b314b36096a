// Finds the rows that hold one value of one field. Text is compared without case, as Salesforce does for
// e-mails and external ids; ids are passed in their 18-character form.

export class ValueIndex {
  /** One id as itself, several as a set: most values belong to one row. */
  readonly #ids = new Map<string, string | Set<string>>();

  add(value: string, id: string): void {
    const key = value.toLowerCase();
    const known = this.#ids.get(key);
    if (known === undefined) this.#ids.set(key, id);
    else if (typeof known === 'string') {
      if (known !== id) this.#ids.set(key, new Set([known, id]));
    } else known.add(id);
  }

  remove(value: string, id: string): void {
    const key = value.toLowerCase();
    const known = this.#ids.get(key);
    if (known === id) this.#ids.delete(key);
    else if (typeof known === 'object') {
      known.delete(id);
      if (known.size === 0) this.#ids.delete(key);
    }
  }

  find(value: string): Iterable<string> {
    const known = this.#ids.get(value.toLowerCase());
    if (known === undefined) return [];
    return typeof known === 'string' ? [known] : known;
  }
}
