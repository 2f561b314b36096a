// A mapping somebody asks about, which may not be saved yet, as the engine knows mappings.
import { mappingsOf, type Mapping } from '../engine/mapping.ts';
import { DEFAULT_SETTINGS } from '../engine/settings.ts';
import type { ValuePair } from '../engine/defaults.ts';

export const DEFAULT_MAPPING_OF: ReadonlyMap<string, Mapping> = new Map(
  mappingsOf(DEFAULT_SETTINGS).map((mapping) => [mapping.hubspotProperty, mapping]),
);

export function wantedMapping({
  hubspotProperty,
  leadField,
  contactField,
  valueMap,
  valueMapIsDefault,
}: {
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly valueMap: readonly ValuePair[];
  readonly valueMapIsDefault: boolean;
}): Mapping {
  const known = DEFAULT_MAPPING_OF.get(hubspotProperty);
  if (known) return { ...known, valueMap, valueMapIsDefault };
  return {
    key: `${hubspotProperty}~${leadField ?? ''}~${contactField ?? ''}`,
    kind: 'custom',
    hubspotProperty,
    leadField,
    contactField,
    rule: 'preferSalesforceUnlessBlank',
    ruleLocked: false,
    valueMap,
    valueMapIsDefault: false,
    special: null,
  };
}
