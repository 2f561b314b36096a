// The form of one mapping. Of a custom one: a HubSpot property, a lead field, a contact field, the sync rule and the
// value map; of a default one the last two. It can be finished once Tandem says that the types go together and nothing
// is mapped twice. Beside it stands what the mapping would do, by real records.
import {
  Button,
  ButtonRow,
  Divider,
  Flex,
  PanelBody,
  PanelFooter,
  PanelSection,
  Select,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { RULE_OPTIONS, explanationOf, labelOf, ruleFrom } from '../../ui/sync-rules.ts';
import { mappingOf } from '../draft.ts';
import type { MappingChoices } from '../draft.ts';
import { useMappingVerdict } from '../use-settings.ts';
import { FieldChoices } from './field-choices.tsx';
import { FieldUsage } from './field-usage.tsx';
import { MappingBehaviour } from './mapping-behaviour.tsx';
import { entryOf } from './mapping-entry.ts';
import { MappingVerdictNote } from './mapping-verdict.tsx';
import { takenSentences } from './taken-fields.ts';
import { builtInMapOf } from './value-matching.ts';
import { ValueMapSection } from './value-map-section.tsx';

export interface MappingFormProps {
  readonly choices: MappingChoices;
  readonly mappings: readonly MappingView[];
  /** The mapping to edit; null for a new one. */
  readonly editing: MappingView | null;
  readonly onDone: (mapping: MappingView) => void;
  readonly onCancel: () => void;
}

function FixedFields({ mapping }: { readonly mapping: MappingView }): ReactElement {
  const fields = [
    mapping.leadField === null ? null : `lead field ${mapping.leadLabel ?? mapping.leadField}`,
    mapping.contactField === null
      ? null
      : `contact field ${mapping.contactLabel ?? mapping.contactField}`,
  ].filter((each) => each !== null);
  return (
    <Text>
      {`A default mapping: ${mapping.hubspotLabel} goes with the ${fields.join(' and the ')}. Its fields can’t be changed.`}
    </Text>
  );
}

export function MappingForm(props: MappingFormProps): ReactElement {
  const { choices, mappings, editing } = props;
  const [entry, setEntry] = useState(() => entryOf(editing));
  const { hubspotProperty, leadField, contactField, rule, valueMap, valueMapIsDefault } = entry;
  const isDefault = editing?.kind === 'default';
  const surroundings = { choices, mappings, editing: editing?.hubspotProperty ?? null };
  const taken = isDefault ? [] : takenSentences(entry, mappings, surroundings.editing);
  const verdict = useMappingVerdict(isDefault ? null : entry);
  const isPossible = verdict.value !== undefined && verdict.value.verdict !== 'refused';
  const allowed = isDefault || (taken.length === 0 && isPossible);
  const fields =
    hubspotProperty === null || (leadField === null && contactField === null)
      ? null
      : { hubspotProperty, leadField, contactField };

  const finish = (): void => {
    if (hubspotProperty === null) return;
    if (isDefault) {
      props.onDone({ ...editing, rule, ruleLabel: labelOf(rule), valueMap, valueMapIsDefault });
      return;
    }
    const warning = verdict.value?.verdict === 'warning' ? verdict.value.sentences.join(' ') : null;
    props.onDone(
      mappingOf({ hubspotProperty, leadField, contactField, rule, valueMap }, choices, warning),
    );
  };

  return (
    <>
      <PanelBody>
        <PanelSection>
          <Flex direction="column" gap="medium">
            {isDefault ? (
              <FixedFields mapping={editing} />
            ) : (
              <>
                <MappingVerdictNote taken={taken} verdict={verdict} />
                <FieldChoices entry={entry} surroundings={surroundings} onEntry={setEntry} />
              </>
            )}
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
            <MappingBehaviour
              rule={rule}
              fields={
                fields === null || (!isDefault && !isPossible)
                  ? null
                  : { ...fields, valueMap, valueMapIsDefault }
              }
            />
            <ValueMapSection
              fields={fields}
              map={valueMap}
              isBuiltIn={isDefault ? valueMapIsDefault : null}
              onMap={(changed) => {
                setEntry({ ...entry, valueMap: changed, valueMapIsDefault: false });
              }}
              onBuiltIn={() => {
                const builtIn = builtInMapOf(hubspotProperty ?? '');
                setEntry({ ...entry, valueMap: builtIn, valueMapIsDefault: true });
              }}
            />
            <Divider />
            <FieldUsage fields={fields} />
            <Text variant="microcopy">
              A new mapping fills nothing in by itself: a record takes it over when it syncs next.
              Tandem offers a back-fill for everybody once you save.
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
