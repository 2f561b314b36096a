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
import { DEFAULT_RULE, RULE_OPTIONS, explanationOf, ruleFrom } from '../ui/sync-rules.ts';
import type { ChoosableRule } from '../ui/sync-rules.ts';
import { findChoice, mappingOf } from './draft.ts';
import type { MappingChoices } from './draft.ts';
import { MappingVerdictNote } from './mapping-verdict.tsx';
import { holderOf, takenSentences } from './mapping-search.ts';
import { useMappingVerdict } from './use-settings.ts';

/** A Select has no value for "nothing chosen on purpose". */
const NO_FIELD = '';

interface FormState {
  readonly hubspotProperty: string | null;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: ChoosableRule;
}

const EMPTY: FormState = {
  hubspotProperty: null,
  leadField: null,
  contactField: null,
  rule: DEFAULT_RULE,
};

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

/**
 * Chooses a field of one object. The other object's field follows to the same API name, which leads and contacts
 * mostly share, unless it was chosen apart or is taken.
 */
function withField(
  state: FormState,
  side: 'leadField' | 'contactField',
  name: string | null,
  { choices, mappings, editing }: MappingFormProps,
): FormState {
  const other = side === 'leadField' ? 'contactField' : 'leadField';
  const changed = { ...state, [side]: name };
  const follows = state[other] === null || state[other] === state[side];
  if (name === null || !follows) return changed;
  const twin = findChoice(choices[`${other}s`], name)?.name ?? null;
  const isFree = holderOf(other, twin, mappings, editing?.hubspotProperty ?? null) === null;
  return { ...changed, [other]: isFree ? twin : null };
}

export function MappingForm(props: MappingFormProps): ReactElement {
  const { choices, mappings, editing } = props;
  const [state, setState] = useState<FormState>(() =>
    editing === null ? EMPTY : { ...editing, rule: ruleFrom(editing.rule) ?? DEFAULT_RULE },
  );
  const { hubspotProperty, leadField, contactField, rule } = state;
  const taken = takenSentences(state, mappings, editing?.hubspotProperty ?? null);
  const verdict = useMappingVerdict(state);
  const allowed =
    taken.length === 0 && verdict.value !== undefined && verdict.value.verdict !== 'refused';

  const finish = (): void => {
    if (hubspotProperty === null || verdict.value === undefined) return;
    const warning = verdict.value.verdict === 'warning' ? verdict.value.sentences.join(' ') : null;
    props.onDone(mappingOf({ hubspotProperty, leadField, contactField, rule }, choices, warning));
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
                setState({ ...state, hubspotProperty: nameFrom(value) });
              }}
            />
            <Select
              name="lead-field"
              label="Salesforce lead field"
              description="Used while the person is a lead."
              value={leadField ?? NO_FIELD}
              options={fieldOptions(choices.leadFields)}
              onChange={(value) => {
                setState(withField(state, 'leadField', nameFrom(value), props));
              }}
            />
            <Select
              name="contact-field"
              label="Salesforce contact field"
              description="Used once the person is a contact. The field of the same API name is chosen for you."
              value={contactField ?? NO_FIELD}
              options={fieldOptions(choices.contactFields)}
              onChange={(value) => {
                setState(withField(state, 'contactField', nameFrom(value), props));
              }}
            />
            <Select
              name="rule"
              label="Sync rule"
              value={rule}
              options={RULE_OPTIONS}
              onChange={(value) => {
                setState({ ...state, rule: ruleFrom(value) ?? rule });
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
