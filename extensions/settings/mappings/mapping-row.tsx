// One mapping in the table: of default ones the rule and the value map can be changed, of custom ones everything.
import {
  Checkbox,
  Flex,
  Select,
  StatusTag,
  TableCell,
  TableRow,
  Tag,
  Text,
} from '@hubspot/ui-extensions';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { RULE_OPTIONS, explanationOf, ruleFrom } from '../../ui/sync-rules.ts';
import type { MappingChoices } from '../draft.ts';
import { MappingFormButton } from './mapping-form-button.tsx';
import { idOf } from './mapping-list.ts';
import { RemoveMappingButton } from './remove-mapping-button.tsx';
import type { DraftEdits } from './use-draft-edits.ts';

export interface MappingRowProps {
  readonly mapping: MappingView;
  readonly choices: MappingChoices | null;
  readonly readOnly: boolean;
  readonly isSelected: boolean;
  readonly edits: DraftEdits;
  readonly onSelect: (id: string, isSelected: boolean) => void;
  readonly closeOverlay: (id: string) => void;
}

function NamedField({
  label,
  name,
}: {
  readonly label: string | null;
  readonly name: string | null;
}): ReactElement {
  if (name === null) return <Text variant="microcopy">Not mapped</Text>;
  return (
    <>
      <Text>{label ?? name}</Text>
      <Text variant="microcopy">{name}</Text>
    </>
  );
}

function RuleCell({
  mapping,
  readOnly,
  edits,
}: Pick<MappingRowProps, 'mapping' | 'readOnly' | 'edits'>): ReactElement {
  if (mapping.ruleLocked) {
    return (
      <>
        <Text>{mapping.ruleLabel}</Text>
        <Text variant="microcopy">{`Fixed. ${explanationOf(mapping.rule)}`}</Text>
      </>
    );
  }
  return (
    <Select
      name={`rule-${mapping.hubspotProperty}`}
      variant="transparent"
      readOnly={readOnly}
      value={mapping.rule}
      options={RULE_OPTIONS}
      onChange={(value) => {
        const rule = ruleFrom(value);
        if (rule !== null) edits.setRule(mapping.hubspotProperty, rule);
      }}
    />
  );
}

const SEVERITIES = {
  warning: { variant: 'warning', label: 'Warning' },
  error: { variant: 'danger', label: 'Not syncing' },
} as const;

function StatusCell({ problem, valueMap }: MappingView): ReactElement {
  const pairs = valueMap.length === 1 ? '1 value mapped' : `${valueMap.length} values mapped`;
  const severity = problem && SEVERITIES[problem.severity];
  return (
    <>
      <StatusTag variant={severity?.variant ?? 'success'}>{severity?.label ?? 'OK'}</StatusTag>
      {problem !== null && <Text variant="microcopy">{problem.sentence}</Text>}
      {valueMap.length > 0 && <Text variant="microcopy">{pairs}</Text>}
    </>
  );
}

/** The row may come to stand for another mapping; what is open belongs to its own. */
export const MappingRow = memo(function MappingRow(props: MappingRowProps): ReactElement {
  const { mapping, choices, readOnly, isSelected, edits, onSelect, closeOverlay } = props;
  const { hubspotProperty, kind } = mapping;
  const isCustom = kind === 'custom';
  return (
    <TableRow>
      {!readOnly && (
        <TableCell width="min">
          <Checkbox
            name={`select-${idOf(mapping)}`}
            aria-label={`Select ${mapping.hubspotLabel}`}
            checked={isSelected}
            readOnly={mapping.ruleLocked}
            onChange={(checked) => {
              onSelect(idOf(mapping), checked);
            }}
          />
        </TableCell>
      )}
      <TableCell>
        <Text format={{ fontWeight: 'demibold' }}>{mapping.hubspotLabel}</Text>
        <Text variant="microcopy">{`${hubspotProperty} · ${mapping.hubspotType}`}</Text>
        {!readOnly && !mapping.ruleLocked && (
          <Flex key={idOf(mapping)} direction="row" gap="extra-small">
            <MappingFormButton
              label={isCustom ? 'Edit' : 'Details'}
              variant="transparent"
              choices={choices}
              mappings={edits.mappings}
              editing={mapping}
              onDone={(changed) => {
                edits.change(changed, hubspotProperty);
              }}
              closeOverlay={closeOverlay}
            />
            {isCustom && (
              <RemoveMappingButton
                mapping={mapping}
                onRemove={() => {
                  edits.remove(hubspotProperty);
                }}
                closeOverlay={closeOverlay}
              />
            )}
          </Flex>
        )}
      </TableCell>
      <TableCell>
        <NamedField label={mapping.leadLabel} name={mapping.leadField} />
      </TableCell>
      <TableCell>
        <NamedField label={mapping.contactLabel} name={mapping.contactField} />
      </TableCell>
      <TableCell>
        <RuleCell mapping={mapping} readOnly={readOnly} edits={edits} />
      </TableCell>
      <TableCell>
        <StatusCell {...mapping} />
      </TableCell>
      <TableCell>
        <Tag variant={isCustom ? 'info' : 'default'}>{isCustom ? 'Custom' : 'Default'}</Tag>
      </TableCell>
    </TableRow>
  );
});
