// The condition for the records of one Salesforce object: rows, all or any of them, its SOQL, and how many records
// it lets through.
import { Button, Flex, Heading, Select, Text, Tile } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionField, ConditionPreview } from '../../../src/api/contract.ts';
import { conditionOf, draftOfCondition, shownDraft } from './condition-draft.ts';
import type { Condition, ConditionDraft, Row } from './condition-draft.ts';
import { ConditionRow } from './condition-row.tsx';
import { figureInWords } from './figures.ts';

const NEW_ROW: Row = { field: '', comparison: 'is', values: [] };

export interface ConditionBuilderProps {
  readonly object: 'Lead' | 'Contact';
  readonly condition: Condition | null;
  readonly fields: readonly ConditionField[];
  /** Undefined while it is counted for the first time. */
  readonly preview: ConditionPreview | undefined;
  readonly isCounting: boolean;
  readonly readOnly: boolean;
  readonly onCondition: (condition: Condition | null) => void;
}

export function ConditionBuilder(props: ConditionBuilderProps): ReactElement {
  const { object, condition, fields, readOnly, onCondition } = props;
  const [building, setBuilding] = useState(() => draftOfCondition(condition));
  const { match, rows } = shownDraft(building, condition);
  const things = object === 'Lead' ? 'leads' : 'contacts';
  const change = (next: ConditionDraft): void => {
    setBuilding(next);
    const changed = conditionOf(next);
    if (JSON.stringify(changed) !== JSON.stringify(condition)) onCondition(changed);
  };
  return (
    <Tile>
      <Flex direction="column" gap="small">
        <Heading>{`Salesforce ${things}`}</Heading>
        {rows.length === 0 && <Text>{`All ${things} may send to HubSpot.`}</Text>}
        {rows.length > 1 && (
          <Select
            name={`condition-${object}-match`}
            label={`Which ${things} may send to HubSpot`}
            readOnly={readOnly}
            value={match}
            options={[
              { label: 'Those that meet all of these', value: 'all' },
              { label: 'Those that meet any of these', value: 'any' },
            ]}
            onChange={(value) => {
              change({ rows, match: value === 'any' ? 'any' : 'all' });
            }}
          />
        )}
        {rows.map((row, index) => (
          <ConditionRow
            // Rows have no names of their own; one that goes moves the others up.
            key={`${rows.length} ${index}`}
            name={`condition-${object}-${index}`}
            row={row}
            fields={fields}
            readOnly={readOnly}
            onRow={(changed) => {
              change({ match, rows: rows.map((each, at) => (at === index ? changed : each)) });
            }}
            onRemove={() => {
              change({ match, rows: rows.filter((_, at) => at !== index) });
            }}
          />
        ))}
        {!readOnly && (
          <Flex direction="row">
            <Button
              size="small"
              variant="secondary"
              onClick={() => {
                change({ match, rows: [...rows, NEW_ROW] });
              }}
            >
              {rows.length === 0 ? `Choose which ${things}` : 'Add a row'}
            </Button>
          </Flex>
        )}
        {!readOnly && <PreviewInWords {...props} things={things} />}
      </Flex>
    </Tile>
  );
}

function PreviewInWords({
  condition,
  preview,
  isCounting,
  things,
}: ConditionBuilderProps & { readonly things: string }): ReactElement {
  if (preview === undefined)
    return <Text variant="microcopy">{isCounting ? 'Counting…' : 'Not counted.'}</Text>;
  const { soql, differences, records, meeting, unpaired, stop, start } = preview;
  return (
    <Flex direction="column" gap="extra-small">
      <Text format={{ fontWeight: 'demibold' }}>
        {meeting === null
          ? `How many of ${figureInWords(records)} ${things} meet this only a sync can tell.`
          : condition === null
            ? `${figureInWords(records)} ${things}, ${figureInWords(unpaired ?? records)} of them not in HubSpot yet.`
            : `${figureInWords(meeting)} of ${figureInWords(records)} ${things} meet this, ${figureInWords(unpaired ?? meeting)} of them not in HubSpot yet.`}
      </Text>
      {(condition !== null || stop.count + start.count > 0) && (
        <Text variant="microcopy">
          {`Of the paired ones, ${figureInWords(stop)} would stop sending to HubSpot and ${figureInWords(start)} would start again.${isCounting ? ' Counting…' : ''}`}
        </Text>
      )}
      {soql !== null && <Text variant="microcopy">{`SOQL: ${soql}`}</Text>}
      {condition !== null && soql === null && (
        <Text variant="microcopy">
          There is no SOQL for this condition; Tandem looks record by record.
        </Text>
      )}
      {differences.map((sentence) => (
        <Text key={sentence} variant="microcopy">
          {sentence}
        </Text>
      ))}
    </Flex>
  );
}
