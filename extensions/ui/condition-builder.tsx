// Builds a condition on the fields of a record: clauses of field, comparison and values, of which all or any have to
// hold. The value is the caller's; null is no condition. Fields may still be on their way.
//
// A clause somebody has just added lacks a field or a value. It stays in here, with a word about it: the caller only
// gets the clauses that can be saved.
import { AutoGrid, Box, Button, Flex, Select, Text, Tile } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Condition } from '../../src/engine/conditions.ts';
import { ConditionValues } from './condition-values.tsx';
import {
  comparisonOptions,
  finishedPart,
  isFinished,
  kindOf,
  NEW_CLAUSE,
  takesValues,
  withComparison,
  withField,
} from './condition-words.ts';
import type { Clause, ConditionField } from './condition-words.ts';

export interface ConditionBuilderProps {
  /** Unique on the page: the inputs' names begin with it. */
  readonly name: string;
  readonly fields: readonly ConditionField[];
  readonly value: Condition | null;
  readonly onChange: (condition: Condition | null) => void;
  readonly readOnly: boolean;
  /** What a field is called: “Property”, “Lead field”. */
  readonly fieldLabel?: string;
  /** On the button that begins a condition. */
  readonly beginLabel?: string;
}

const MATCHES = [
  { label: 'All of these hold', value: 'all' },
  { label: 'Any of these holds', value: 'any' },
] as const;

const COLUMN_PX = 170;

const NONE: Condition = { match: 'all', clauses: [] };

const isSame = (one: Condition | null, other: Condition | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export function ConditionBuilder(props: ConditionBuilderProps): ReactElement {
  const { name, value, onChange, readOnly, beginLabel = 'Add a condition' } = props;
  const [building, setBuilding] = useState(value ?? NONE);
  // Once the caller has another value (changes were discarded), what was begun on the old one is over.
  const { match, clauses } = isSame(finishedPart(building), value) ? building : (value ?? NONE);
  const take = (changed: Condition): void => {
    setBuilding(changed);
    const finished = finishedPart(changed);
    if (!isSame(finished, value)) onChange(finished);
  };
  const put = (changed: readonly Clause[]): void => {
    take({ match, clauses: [...changed] });
  };
  return (
    <Flex direction="column" gap="small">
      {clauses.length > 1 && (
        <Select
          name={`${name}-match`}
          label="When"
          value={match}
          options={[...MATCHES]}
          readOnly={readOnly}
          onChange={(chosen) => {
            take({ match: chosen === 'any' ? 'any' : 'all', clauses: [...clauses] });
          }}
        />
      )}
      {clauses.map((clause, index) => (
        <ClauseRow
          // Clauses have no names of their own; one that goes moves the others up.
          key={`${clauses.length} ${index}`}
          {...props}
          name={`${name}-${index + 1}`}
          clause={clause}
          onClause={(changed) => {
            put(clauses.with(index, changed));
          }}
          onRemove={() => {
            put(clauses.toSpliced(index, 1));
          }}
        />
      ))}
      {!readOnly && (
        <Flex direction="row">
          <Button
            size="extra-small"
            onClick={() => {
              put([...clauses, NEW_CLAUSE]);
            }}
          >
            {clauses.length === 0 ? beginLabel : 'Add another condition'}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

interface ClauseRowProps extends Pick<
  ConditionBuilderProps,
  'name' | 'fields' | 'readOnly' | 'fieldLabel'
> {
  readonly clause: Clause;
  readonly onClause: (clause: Clause) => void;
  readonly onRemove: () => void;
}

function ClauseRow(props: ClauseRowProps): ReactElement {
  const { name, fields, readOnly, fieldLabel = 'Property', clause, onClause } = props;
  const field = fields.find((each) => each.name === clause.field);
  const kind = kindOf(field);
  return (
    <Tile compact>
      <Flex direction="row" gap="small" align="end">
        <Box flex={1}>
          <AutoGrid columnWidth={COLUMN_PX} flexible gap="small">
            <Select
              name={`${name}-field`}
              label={fieldLabel}
              placeholder="Choose one"
              value={clause.field}
              options={fieldOptions(fields, clause.field)}
              readOnly={readOnly}
              onChange={(chosen) => {
                const next = fields.find((each) => each.name === chosen);
                if (next !== undefined) onClause(withField(clause, next));
              }}
            />
            <Select
              name={`${name}-comparison`}
              label="Comparison"
              value={clause.comparison}
              options={comparisonOptions(kind, clause.comparison)}
              readOnly={readOnly || clause.field === ''}
              onChange={(chosen) => {
                const next = comparisonOptions(kind, clause.comparison).find(
                  (option) => option.value === chosen,
                );
                if (next !== undefined) onClause(withComparison(clause, next.value));
              }}
            />
            {takesValues(clause.comparison) && (
              <ConditionValues
                key={`${clause.field} ${clause.comparison}`}
                name={`${name}-values`}
                kind={kind}
                comparison={clause.comparison}
                options={field?.options ?? []}
                values={clause.values}
                readOnly={readOnly || clause.field === ''}
                onValues={(values) => {
                  onClause({ ...clause, values: [...values] });
                }}
              />
            )}
          </AutoGrid>
        </Box>
        {!readOnly && (
          <Button size="extra-small" variant="transparent" onClick={props.onRemove}>
            Remove
          </Button>
        )}
      </Flex>
      {field === undefined && clause.field !== '' && fields.length > 0 && (
        <Text variant="microcopy">
          {`There is no field “${clause.field}” any more: it counts as blank.`}
        </Text>
      )}
      {!isFinished(clause) && (
        <Text variant="microcopy">
          {`Choose ${clause.field === '' ? 'a field' : 'what to compare with'}; until then this line counts for nothing.`}
        </Text>
      )}
    </Tile>
  );
}

/** A field that is chosen and isn't known (any more, or yet) stays to be seen. */
function fieldOptions(
  fields: readonly ConditionField[],
  chosen: string,
): { label: string; value: string }[] {
  const known = fields.map(({ name, label, type }) => ({
    label: `${label} (${name}) · ${type}`,
    value: name,
  }));
  const isKnown = chosen === '' || fields.some(({ name }) => name === chosen);
  return isKnown ? known : [{ label: chosen, value: chosen }, ...known];
}
