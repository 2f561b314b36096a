// One row of a condition: which field, how it is compared, with what.
import { Button, Flex, Input, MultiSelect, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionField } from '../../../src/api/contract.ts';
import {
  isComplete,
  labelOfComparison,
  misfit,
  needsValues,
  textOfValues,
  valuesIn,
  withComparison,
  withField,
} from './condition-draft.ts';
import type { Comparison, Row } from './condition-draft.ts';

export interface ConditionRowProps {
  /** Tells the inputs of one row from those of another. */
  readonly name: string;
  readonly row: Row;
  readonly fields: readonly ConditionField[];
  readonly readOnly: boolean;
  readonly onRow: (row: Row) => void;
  readonly onRemove: () => void;
}

export function ConditionRow(props: ConditionRowProps): ReactElement {
  const { name, row, fields, readOnly, onRow, onRemove } = props;
  const field = fields.find((each) => each.name === row.field) ?? null;
  const missing =
    field === null && row.field !== ''
      ? [{ label: `${row.field} · not found`, value: row.field }]
      : [];
  const comparisons = field?.comparisons ?? [row.comparison];
  return (
    <Flex direction="column" gap="extra-small">
      <Flex direction="row" gap="small" align="end" wrap>
        <Select
          name={`${name}-field`}
          label="Field"
          readOnly={readOnly}
          value={row.field}
          options={[
            ...missing,
            ...fields.map((each) => ({
              label: `${each.label} · ${each.type}`,
              value: each.name,
            })),
          ]}
          onChange={(value) => {
            const chosen = fields.find((each) => each.name === value);
            if (chosen) onRow(withField(chosen));
          }}
        />
        <Select
          name={`${name}-comparison`}
          label="Comparison"
          readOnly={readOnly || field === null}
          value={row.comparison}
          options={comparisons.map((comparison) => ({
            label: labelOfComparison(comparison, field?.kind ?? 'text'),
            value: comparison,
          }))}
          onChange={(value) => {
            const comparison = comparisons.find((each) => each === value);
            if (comparison) onRow(withComparison(row, comparison));
          }}
        />
        {needsValues(row.comparison) && (
          <Values
            key={`${row.field} ${row.comparison}`}
            name={`${name}-values`}
            row={row}
            field={field}
            readOnly={readOnly || field === null}
            onValues={(values) => {
              onRow({ ...row, values: [...values] });
            }}
          />
        )}
        {!readOnly && (
          <Button size="small" variant="secondary" onClick={onRemove}>
            Remove
          </Button>
        )}
      </Flex>
      {!isComplete(row) && (
        <Text variant="microcopy">
          {row.field === ''
            ? 'Choose a field; until then this row counts for nothing.'
            : 'Choose what to compare with; until then this row counts for nothing.'}
        </Text>
      )}
    </Flex>
  );
}

interface ValuesProps {
  readonly name: string;
  readonly row: Row;
  readonly field: ConditionField | null;
  readonly readOnly: boolean;
  readonly onValues: (values: readonly string[]) => void;
}

/** Comparisons that look for whole values, which can be offered. */
const WHOLE: ReadonlySet<Comparison> = new Set(['is', 'isNot']);

function Values({ name, row, field, readOnly, onValues }: ValuesProps): ReactElement {
  const kind = field?.kind ?? 'text';
  const [wrong, setWrong] = useState<string | null>(null);
  if (field !== null && kind === 'checkbox') {
    return (
      <Select
        name={name}
        label="Value"
        readOnly={readOnly}
        value={row.values[0] ?? ''}
        options={field.options.map((option) => ({ ...option }))}
        onChange={(value) => {
          onValues([String(value)]);
        }}
      />
    );
  }
  if (field !== null && kind === 'choice' && WHOLE.has(row.comparison)) {
    const known = new Set(field.options.map(({ value }) => value));
    const others = row.values.filter((value) => !known.has(value));
    return (
      <MultiSelect
        name={name}
        label="Values"
        readOnly={readOnly}
        value={[...row.values]}
        options={[
          ...field.options.map((option) => ({ ...option })),
          ...others.map((value) => ({ label: `${value} · not in the list`, value })),
        ]}
        onChange={(values) => {
          onValues(values.map(String));
        }}
      />
    );
  }
  return (
    <Input
      name={name}
      label="Value"
      placeholder={kind === 'date' ? '2026-11-30' : kind === 'number' ? '1000' : 'Several with ;'}
      readOnly={readOnly}
      value={textOfValues(row.values)}
      error={wrong !== null}
      validationMessage={wrong ?? ''}
      onChange={(text) => {
        const values = valuesIn(text, row.comparison);
        const why = misfit(kind, values);
        setWrong(why);
        if (why === null) onValues(values);
      }}
    />
  );
}
