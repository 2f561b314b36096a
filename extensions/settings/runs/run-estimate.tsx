// What a run would take, before it is started, and what that rests on.
import { Alert, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { RunRequest } from './run-choice.ts';
import { estimateInWords } from './run-words.ts';
import { useRunEstimate } from './use-runs.ts';

export interface RunEstimateProps {
  /** Null while something is missing. */
  readonly request: RunRequest | null;
  readonly dry: boolean;
}

export function RunEstimate({ request, dry }: RunEstimateProps): ReactElement {
  const { value, error, isFetching, refetch } = useRunEstimate(request);
  if (request === null) {
    return (
      <Text variant="microcopy">What it will take is shown here once nothing is missing.</Text>
    );
  }
  if (error !== null) {
    return (
      <ErrorNotice
        title="This can’t be run as it is"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined) {
    return <LoadingSpinner label="Counting the records" showLabel />;
  }
  return (
    <Alert title={estimateInWords(value)} variant="info">
      <Flex direction="column" gap="flush">
        {dry && <Text variant="microcopy">A dry run reads as much and writes nothing.</Text>}
        {value.basis.map((sentence) => (
          <Text key={sentence} variant="microcopy">
            {sentence}
          </Text>
        ))}
      </Flex>
    </Alert>
  );
}
