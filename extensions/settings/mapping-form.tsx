// The form of one custom mapping: a HubSpot property, a lead field, a contact field and the sync rule. It can be
// finished once Tandem says that the types go together and nothing is mapped twice.
import {
  Button,
  ButtonRow,
  Flex,
  PanelBody,
  PanelFooter,
  PanelSection,
  Select,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FieldChoice, MappingView } from '../../src/api/contract.ts';
import { RULE_OPTIONS, explanationOf, ruleFrom } from '../ui/sync-rules.ts';
import { mappingOf } from './draft.ts';
import type { MappingChoices } from './draft.ts';
import { entryOf, withField } from './mapping-entry.ts';
import { MappingVerdictNote } from './mapping-verdict.tsx';
import { takenSentences } from './mapping-search.ts';
import { useMappingVerdict } from './use-settings.ts';

/** A Select has no value for "nothing chosen on purpose". */
const NO_FIELD = '';

const optionOf = ({
  label,
  name,
  type,
  readOnly,
}: FieldChoice): { label: string; value: string } => ({
  label: `${label} (${name}) · ${type}${readOnly ? ' · read-only' : ''}`,
  value: name,
});

const fieldOptions = (choices: readonly FieldChoice[]): { label: string; value: string }[] => [
  { label: 'None', value: NO_FIELD },
  ...choices.map(optionOf),
];

const nameFrom = (value: unknown): string | null =>
  typeof value === 'string' && value !== NO_FIELD ? value : null;

export interface MappingFormProps {
  readonly choices: MappingChoices;
  readonly mappings: readonly MappingView[];
  /** The mapping to edit; null for a new one. */
  readonly editing: MappingView | null;
  readonly onDone: (mapping: MappingView) => void;
  readonly onCancel: () => void;
}

export function MappingForm(props: MappingFormProps): ReactElement {
  const { choices, mappings, editing } = props;
  const [entry, setEntry] = useState(() => entryOf(editing));
  const { hubspotProperty, leadField, contactField, rule, valueMap } = entry;
  const surroundings = { choices, mappings, editing: editing?.hubspotProperty ?? null };
  const taken = takenSentences(entry, mappings, surroundings.editing);
  const verdict = useMappingVerdict(entry);
  const allowed =
    taken.length === 0 && verdict.value !== undefined && verdict.value.verdict !== 'refused';

  const finish = (): void => {
    if (hubspotProperty === null || verdict.value === undefined) return;
    const warning = verdict.value.verdict === 'warning' ? verdict.value.sentences.join(' ') : null;
    props.onDone(
      mappingOf({ hubspotProperty, leadField, contactField, rule, valueMap }, choices, warning),
    );
  };

  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            <MappingVerdictNote taken={taken} verdict={verdict} />
            <Select
              name="hubspot-property"
              label="HubSpot property"
              required
              placeholder="Choose a contact property"
              value={hubspotProperty ?? NO_FIELD}
              options={choices.hubspotProperties.map(optionOf)}
              onChange={(value) => {
                setEntry({ ...entry, hubspotProperty: nameFrom(value) });
              }}
            />
            <Select
              name="lead-field"
              label="Salesforce lead field"
              description="Used while the person is a lead."
              value={leadField ?? NO_FIELD}
              options={fieldOptions(choices.leadFields)}
              onChange={(value) => {
                setEntry(withField(entry, 'leadField', nameFrom(value), surroundings));
              }}
            />
            <Select
              name="contact-field"
              label="Salesforce contact field"
              description="Used once the person is a contact. The field of the same API name is chosen for you."
              value={contactField ?? NO_FIELD}
              options={fieldOptions(choices.contactFields)}
              onChange={(value) => {
                setEntry(withField(entry, 'contactField', nameFrom(value), surroundings));
              }}
            />
            <Select
              name="rule"
              label="Sync rule"
              value={rule}
              options={RULE_OPTIONS}
              onChange={(value) => {
                setEntry({ ...entry, rule: ruleFrom(value) ?? rule });
              }}
            />
            <Text>{explanationOf(rule)}</Text>
            <Text variant="microcopy">
              A new mapping fills nothing in by itself: a record takes it over when it syncs next.
            </Text>
          </Flex>
        </PanelSection>
      </PanelBody>
      <PanelFooter>
        <ButtonRow>
          <Button variant="primary" disabled={!allowed} onClick={finish}>
            {editing === null ? 'Add mapping' : 'Change mapping'}
          </Button>
          <Button onClick={props.onCancel}>Cancel</Button>
        </ButtonRow>
      </PanelFooter>
    </>
  );
}
