// Choosing the property and the fields of a custom mapping: on each side what goes together with the other comes first,
// the rest after it with the reason. A property that isn't there yet is made here.
import { Select } from '@hubspot/ui-extensions';
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import type { FieldChoice, FieldPartners } from '../../../src/api/contract.ts';
import { CreateProperty } from './create-property.tsx';
import { fieldOptions, NO_FIELD, NO_PARTNERS, withNone } from './field-options.ts';
import { withField } from './mapping-entry.ts';
import type { EntrySurroundings, MappingEntry } from './mapping-entry.ts';
import { holdersOf } from './taken-fields.ts';
import type { MappedSide } from './taken-fields.ts';
import { useFieldPartners } from './use-mappings.ts';

const nameFrom = (value: unknown): string | null =>
  typeof value === 'string' && value !== NO_FIELD ? value : null;

export interface FieldChoicesProps {
  readonly entry: MappingEntry;
  readonly surroundings: EntrySurroundings;
  readonly onEntry: (entry: MappingEntry) => void;
}

export function FieldChoices({ entry, surroundings, onEntry }: FieldChoicesProps): ReactElement {
  const { choices, mappings, editing } = surroundings;
  const { hubspotProperty, leadField, contactField, rule } = entry;
  const partners = useFieldPartners({ hubspotProperty, leadField, contactField, rule }).value;
  const { properties, leadFields, contactFields } = useMemo(() => {
    const optionsOf = (side: MappedSide, fields: readonly FieldChoice[], found?: FieldPartners) =>
      fieldOptions(fields, found ?? NO_PARTNERS, holdersOf(side, mappings, editing));
    return {
      properties: optionsOf(
        'hubspotProperty',
        choices.hubspotProperties,
        partners?.hubspotProperties,
      ),
      leadFields: withNone(optionsOf('leadField', choices.leadFields, partners?.leadFields)),
      contactFields: withNone(
        optionsOf('contactField', choices.contactFields, partners?.contactFields),
      ),
    };
  }, [choices, mappings, editing, partners]);
  return (
    <>
      <Select
        name="hubspot-property"
        label="HubSpot property"
        required
        placeholder="Choose a contact property"
        description="What goes together with the fields below comes first, the rest after it with the reason."
        value={hubspotProperty ?? NO_FIELD}
        options={properties}
        onChange={(value) => {
          onEntry({ ...entry, hubspotProperty: nameFrom(value) });
        }}
      />
      <CreateProperty
        leadField={leadField}
        contactField={contactField}
        onCreated={(name) => {
          onEntry({ ...entry, hubspotProperty: name });
        }}
      />
      <Select
        name="lead-field"
        label="Salesforce lead field"
        description="Used while the person is a lead."
        value={leadField ?? NO_FIELD}
        options={leadFields}
        onChange={(value) => {
          onEntry(withField(entry, 'leadField', nameFrom(value), surroundings));
        }}
      />
      <Select
        name="contact-field"
        label="Salesforce contact field"
        description="Used once the person is a contact. The field of the same API name is chosen for you."
        value={contactField ?? NO_FIELD}
        options={contactFields}
        onChange={(value) => {
          onEntry(withField(entry, 'contactField', nameFrom(value), surroundings));
        }}
      />
    </>
  );
}
