// A mapping as the settings page shows it: with the labels of its fields and what is wrong with it.
import type { SalesforceField, Schemas } from '../engine/fields.ts';
import type { Mapping } from '../engine/mapping.ts';
import { RULE_TEXTS } from '../engine/rules.ts';
import { hubspotTypeLabel } from '../engine/types.ts';
import type { MappingView } from './contract.ts';

export function mappingView(
  mapping: Mapping,
  schemas: Schemas,
  problem: MappingView['problem'],
): MappingView {
  const property = schemas.hubspot.get(mapping.hubspotProperty);
  const labelOf = (
    name: string | null,
    fields: ReadonlyMap<string, SalesforceField>,
  ): string | null => (name === null ? null : (fields.get(name)?.label ?? name));
  return {
    hubspotProperty: mapping.hubspotProperty,
    hubspotLabel: property?.label ?? mapping.hubspotProperty,
    hubspotType: property ? hubspotTypeLabel(property) : 'Missing',
    leadField: mapping.leadField,
    leadLabel: labelOf(mapping.leadField, schemas.salesforce.Lead),
    contactField: mapping.contactField,
    contactLabel: labelOf(mapping.contactField, schemas.salesforce.Contact),
    rule: mapping.rule,
    ruleLabel: RULE_TEXTS[mapping.rule].label,
    kind: mapping.kind,
    ruleLocked: mapping.ruleLocked,
    valueMap: [...mapping.valueMap],
    valueMapIsDefault: mapping.valueMapIsDefault,
    problem,
  };
}
