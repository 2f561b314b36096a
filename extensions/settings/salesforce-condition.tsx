// A condition on the records of one Salesforce object: built here, with its SOQL and how many records meet it.
import { Flex, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ConditionPreview } from '../../src/api/contract.ts';
import type { Condition } from '../../src/engine/conditions.ts';
import type { SalesforceObject } from '../../src/engine/fields.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ConditionBuilder } from '../ui/condition-builder.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { figureInWords } from './figures.ts';
import { useConditionFields } from './use-conditions.ts';
import type { Fetched } from '../ui/fetched.ts';

export const THINGS = { Lead: 'leads', Contact: 'contacts' } as const;

export interface SalesforceConditionProps {
  /** Unique on the page. */
  readonly name: string;
  readonly object: SalesforceObject;
  readonly condition: Condition | null;
  readonly beginLabel: string;
  /** Of the conditions for every object. */
  readonly previews: Fetched<readonly ConditionPreview[]>;
  /** Whether pairs stop or start by it. */
  readonly concernsPairs: boolean;
  readonly isShown: boolean;
  readonly readOnly: boolean;
  readonly onCondition: (condition: Condition | null) => void;
}

export function SalesforceCondition(props: SalesforceConditionProps): ReactElement {
  const { name, object, condition, beginLabel, isShown, readOnly, onCondition } = props;
  const fields = useConditionFields(object, isShown);
  return (
    <Flex direction="column" gap="small">
      {fields.error !== null && fields.value === undefined && (
        <ErrorNotice
          title="The fields could not be loaded"
          error={apiErrorOf(fields.error)}
          retry={{ running: fields.isFetching, onRetry: fields.refetch }}
        />
      )}
      <ConditionBuilder
        name={name}
        fields={fields.value ?? []}
        fieldLabel={`${object} field`}
        beginLabel={beginLabel}
        value={condition}
        readOnly={readOnly}
        onChange={onCondition}
      />
      {!readOnly && <Counted {...props} />}
    </Flex>
  );
}

function Counted({
  object,
  condition,
  previews,
  concernsPairs,
}: SalesforceConditionProps): ReactElement | null {
  const { value, error, isFetching } = previews;
  const preview = value?.find((each) => each.object === object);
  if (condition === null && !concernsPairs) return null;
  if (error !== null)
    return (
      <ErrorNotice
        title={`The ${THINGS[object]} could not be counted`}
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: previews.refetch }}
      />
    );
  if (preview === undefined) return <Text variant="microcopy">Counting…</Text>;
  const { soql, differences, stop, start } = preview;
  return (
    <Flex direction="column" gap="extra-small">
      <Text format={{ fontWeight: 'demibold' }}>
        {`${countInWords(preview, condition !== null)}${isFetching ? ' Counting…' : ''}`}
      </Text>
      {concernsPairs && (condition !== null || stop.count + start.count > 0) && (
        <Text variant="microcopy">
          {`Of the paired ones, ${figureInWords(stop)} would stop sending to HubSpot and ${figureInWords(start)} would start again.`}
        </Text>
      )}
      {condition !== null && (
        <Text variant="microcopy">
          {soql === null
            ? 'There is no SOQL for this condition; Tandem looks record by record.'
            : `SOQL: ${soql}`}
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

function countInWords(
  { object, records, meeting, unpaired }: ConditionPreview,
  isNarrowed: boolean,
): string {
  const things = THINGS[object];
  if (meeting === null || unpaired === null)
    return `How many of ${figureInWords(records)} ${things} meet this only a sync can tell.`;
  const meet = isNarrowed
    ? `${figureInWords(meeting)} of ${figureInWords(records)} ${things} meet this`
    : `${figureInWords(records)} ${things}`;
  return `${meet}, ${figureInWords(unpaired)} of them not in HubSpot yet.`;
}
