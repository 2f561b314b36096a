// What a mapping would do: its rule by examples, and a handful of real records with both values and what would become
// of them. Tandem's own rule engine says so; nothing is written.
import {
  Flex,
  List,
  LoadingSpinner,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallParameters, MappingSample } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { ChoosableRule } from '../../ui/sync-rules.ts';
import { useMappingSamples } from './use-mappings.ts';

export interface MappingBehaviourProps {
  /** Null while something is missing, or the fields don't go together. */
  readonly fields: CallParameters<'get-mapping-samples'> | null;
  readonly rule: ChoosableRule;
}

export function MappingBehaviour({ fields, rule }: MappingBehaviourProps): ReactElement {
  const { value, error, isFetching, refetch } = useMappingSamples(fields);
  if (fields === null) {
    return (
      <Text variant="microcopy">
        Once the fields are chosen, this shows by real records what the rule would do.
      </Text>
    );
  }
  if (error !== null) {
    return (
      <ErrorNotice
        title="No samples can be shown now"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined) return <LoadingSpinner label="Reading some records" showLabel />;
  const examples = value.examples[rule];
  return (
    <Flex direction="column" gap="small">
      {examples.length > 0 && (
        <>
          <Text format={{ fontWeight: 'demibold' }}>
            {value.examplesAreReal
              ? 'What the rule does, by values of your records'
              : 'What the rule does, by made-up values'}
          </Text>
          <List variant="unordered-styled">
            {examples.map((sentence) => (
              <Text key={sentence} variant="microcopy">
                {sentence}
              </Text>
            ))}
          </List>
        </>
      )}
      <Samples samples={value.samples} looked={value.looked} rule={rule} />
    </Flex>
  );
}

interface SamplesProps {
  readonly samples: readonly MappingSample[];
  readonly looked: number;
  readonly rule: ChoosableRule;
}

function Samples({ samples, looked, rule }: SamplesProps): ReactElement {
  if (samples.length === 0) {
    return (
      <Text variant="microcopy">
        Nobody is paired yet who has these fields, so there are no sample values.
      </Text>
    );
  }
  const chosen = looked > samples.length ? ` of ${looked} that were looked at` : '';
  return (
    <>
      <Text format={{ fontWeight: 'demibold' }}>
        {`${samples.length === 1 ? '1 record' : `${samples.length} records`}${chosen}`}
      </Text>
      <Table bordered flush density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader>Person</TableHeader>
            <TableHeader>HubSpot</TableHeader>
            <TableHeader>Salesforce</TableHeader>
            <TableHeader>With this rule</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {samples.map((sample, index) => (
            <TableRow key={`${index} ${sample.who ?? ''}`}>
              <TableCell>
                <Text>{sample.who ?? 'Somebody'}</Text>
                <Text variant="microcopy">{sample.object}</Text>
              </TableCell>
              <TableCell>{sample.hubspotValue ?? '–'}</TableCell>
              <TableCell>{sample.salesforceValue ?? '–'}</TableCell>
              <TableCell>{sample.effects[rule]}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
