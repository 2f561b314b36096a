// Who has a problem, a page at a time: why, since when, what to do, both records a click away, and trying again.
import {
  Divider,
  EmptyState,
  Flex,
  LoadingButton,
  LoadingSpinner,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ProblemChoice, ProblemRecord } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageTurner, usePositions } from '../../ui/positions.tsx';
import { ReasonNote } from '../../ui/reason-note.tsx';
import { RecordLinks } from '../../ui/record-links.tsx';
import { standingInWords } from './problem-words.ts';
import { useProblemRecords, useRetryRecord } from './use-problems.ts';

export interface ProblemRecordsProps {
  readonly which: ProblemChoice;
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly readOnly: boolean;
}

export function ProblemRecords({ which, portal, readOnly }: ProblemRecordsProps): ReactElement {
  const positions = usePositions<string>();
  const { value, error, isFetching, refetch } = useProblemRecords(which, positions.current);
  if (error !== null) {
    return (
      <ErrorNotice
        title="The records could not be loaded"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value === undefined) return <LoadingSpinner label="Loading the records" showLabel />;
  if (value.records.length === 0) {
    return (
      <EmptyState title="Nobody any more" flush imageWidth={120}>
        <Text>These records have been put right since the list was loaded.</Text>
      </EmptyState>
    );
  }
  return (
    <Flex direction="column" gap="small">
      {value.records.map((record) => (
        <Record
          key={`${record.hubspotId ?? ''}~${record.salesforceId ?? ''}`}
          record={record}
          portal={portal}
          // A field's value is not sent again until it changes: trying again would say the same.
          mayRetry={!readOnly && which.of !== 'field'}
        />
      ))}
      <PageTurner positions={positions} next={value.after} isFetching={isFetching} />
    </Flex>
  );
}

function Record({
  record,
  portal,
  mayRetry,
}: Pick<ProblemRecordsProps, 'portal'> & {
  readonly record: ProblemRecord;
  readonly mayRetry: boolean;
}): ReactElement {
  const { hubspotId, salesforceId, salesforceUrl, name, email, reason } = record;
  const { isTrying, error, result, retry } = useRetryRecord();
  const standing = standingInWords(record, portal.timezone, Date.now());
  const called = name ?? email ?? 'No name';
  return (
    <Flex direction="column" gap="extra-small">
      <Flex direction="row" gap="small" align="center" justify="between" wrap>
        <Text format={{ fontWeight: 'demibold' }}>{called}</Text>
        {result?.isSolved === true ? (
          <StatusTag variant="success">In sync now</StatusTag>
        ) : (
          mayRetry && (
            <LoadingButton
              size="xs"
              loading={isTrying}
              onClick={() => {
                retry({ hubspotId, salesforceId });
              }}
            >
              Try again
            </LoadingButton>
          )
        )}
      </Flex>
      {email !== null && email !== called && <Text variant="microcopy">{email}</Text>}
      <RecordLinks
        portalId={portal.id}
        hubspotId={hubspotId}
        salesforceId={salesforceId}
        salesforceUrl={salesforceUrl}
      />
      {result?.isSolved !== true && <ReasonNote reason={result?.reason ?? reason} />}
      {result?.isSolved === false && (
        <Text variant="microcopy">Tried just now: it is still the same, as said above.</Text>
      )}
      {standing !== '' && result?.isSolved !== true && <Text variant="microcopy">{standing}</Text>}
      {error !== null && <ErrorNotice title="It could not be tried" error={apiErrorOf(error)} />}
      <Divider />
    </Flex>
  );
}
