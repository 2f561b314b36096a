// Looking through mappings for what is taken already: one property goes with one field.
import type { MappingView } from '../../../src/api/contract.ts';
import type { MappingPick } from '../draft.ts';

export type MappedSide = 'hubspotProperty' | 'leadField' | 'contactField';

/** Salesforce's names are the same whatever their case. */
const sameName = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.toLowerCase() === other.toLowerCase();

/** The other mapping that has this property or field already: one property to one field (native-connector §2). */
export function holderOf(
  side: MappedSide,
  name: string | null,
  mappings: readonly MappingView[],
  editing: string | null,
): MappingView | null {
  return (
    mappings.find(
      (mapping) =>
        sameName(mapping[side], name) &&
        !(mapping.kind === 'custom' && mapping.hubspotProperty === editing),
    ) ?? null
  );
}

/** What each property or field of one side is mapped to, by its name in lower case. */
export function holdersOf(
  side: MappedSide,
  mappings: readonly MappingView[],
  editing: string | null,
): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const mapping of mappings) {
    const name = mapping[side];
    if (name === null || (mapping.kind === 'custom' && mapping.hubspotProperty === editing))
      continue;
    const other =
      side === 'hubspotProperty'
        ? (mapping.leadLabel ?? mapping.contactLabel ?? 'a field')
        : mapping.hubspotLabel;
    holders.set(name.toLowerCase(), other);
  }
  return holders;
}

/** A sentence for each part of the pick that another mapping has already. */
export function takenSentences(
  pick: Pick<MappingPick, 'leadField' | 'contactField'> & {
    readonly hubspotProperty: string | null;
  },
  mappings: readonly MappingView[],
  editing: string | null,
): readonly string[] {
  const property = holderOf('hubspotProperty', pick.hubspotProperty, mappings, editing);
  const lead = holderOf('leadField', pick.leadField, mappings, editing);
  const contact = holderOf('contactField', pick.contactField, mappings, editing);
  return [
    ...(property
      ? [
          `${property.hubspotLabel} is already mapped to ${property.leadLabel ?? property.contactLabel ?? 'a field'}.`,
        ]
      : []),
    ...(lead
      ? [`The lead field ${lead.leadLabel ?? ''} is already mapped to ${lead.hubspotLabel}.`]
      : []),
    ...(contact
      ? [
          `The contact field ${contact.contactLabel ?? ''} is already mapped to ${contact.hubspotLabel}.`,
        ]
      : []),
  ];
}
