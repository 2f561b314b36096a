// Tells an extension of changed properties of its record (`onCrmPropertiesUpdate`), as HubSpot does when someone
// edits the record beside the card.
import { retain } from '@remote-ui/rpc';
import { invoke } from './components/remote-call.ts';
import type { CrmProperties, CrmPropertiesListener } from './worker-protocol.ts';

export type PropertyNames = readonly string[] | '*';

function pick(properties: CrmProperties, names: PropertyNames): CrmProperties {
  if (names === '*') return properties;
  return Object.fromEntries(names.map((name) => [name, properties[name] ?? null]));
}

export class PropertyBoard {
  readonly #listeners = new Set<{ names: PropertyNames; listener: CrmPropertiesListener }>();
  #current: CrmProperties | null = null;

  read(names: PropertyNames): CrmProperties {
    return pick(this.#current ?? {}, names);
  }

  subscribe(names: PropertyNames, listener: CrmPropertiesListener): void {
    retain(listener);
    this.#listeners.add({ names, listener });
  }

  /** Tells every listener whose properties changed; the first reading tells nobody. */
  publish(properties: CrmProperties): void {
    const before = this.#current;
    this.#current = properties;
    if (before === null) return;
    for (const { names, listener } of this.#listeners) {
      const now = pick(properties, names);
      if (JSON.stringify(now) !== JSON.stringify(pick(before, names))) invoke(listener, now);
    }
  }
}
