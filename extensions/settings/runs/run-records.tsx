// What a run left out, or what a dry one would do: person by person, a page at a time.
import {
  Button,
  Divider,
  EmptyState,
  Flex,
  LoadingSpinner,
  StatusTag,
  Text,
} from '@hubspot/ui-extensions';
import type { StatusTagProps } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { FieldChange, RunRecordView, RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { CsvExport } from '../../ui/csv-export.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageTurner, usePositions } from '../../ui/positions.tsx';
import { ReasonNote } from '../../ui/reason-note.tsx';
import { RecordLinks } from '../../ui/record-links.tsx';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { BLANK } from '../../ui/value-text.tsx';
import { useRunRecords } from './use-runs.ts';

export interface RunRecordsProps {
  readonly run: RunView;
  readonly portalId: number;
  readonly copyText: (text: string) => Promise<void>;
}

/** More than this of one person hides the next. */
const MOST_CHANGES = 6;

const VARIANTS: Readonly<Record<RunRecordView['result'], NonNullable<StatusTagProps['variant']>>> =
  {
    createdInSalesforce: 'info',
    createdInHubSpot: 'info',
    updated: 'info',
    paired: 'info',
    unchanged: 'default',
    skipped: 'warning',
    failed: 'danger',
  };

export function RunRecords({ run, portalId, copyText }: RunRecordsProps): ReactElement {
  const call = useCallTandem();
  const [isExporting, setExporting] = useState(false);
  const positions = usePositions<string>();
  const { value, error, isFetching, refetch } = useRunRecords(run.id, positions.current);
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
    if (run.kind === 'undo' && !run.dry)
      return (
        <EmptyState title="Nothing stays" flush>
          <Text>Everything it has looked at so far is as it was before.</Text>
        </EmptyState>
      );
    return (
      <EmptyState title={run.dry ? 'Nothing would be done' : 'Nobody was left out'} flush>
        <Text>
          {run.dry
            ? 'Everybody it has looked at so far is as they should be.'
            : 'Everybody it has looked at so far is in sync.'}
        </Text>
      </EmptyState>
    );
  }
  return (
    <Flex direction="column" gap="small">
      {isExporting ? (
        <CsvExport
          name={`run-${run.id}`}
          fetchPage={(after) => call('export-run-records', { id: run.id, after })}
          copyText={copyText}
        />
      ) : (
        <Flex direction="row">
          <Button
            size="small"
            onClick={() => {
              setExporting(true);
            }}
          >
            Export as CSV
          </Button>
        </Flex>
      )}
      {value.records.map((record, index) => (
        <RunPerson
          key={`${record.hubspotId ?? ''}~${record.salesforceId ?? ''}~${index}`}
          record={record}
          portalId={portalId}
        />
      ))}
      <PageTurner positions={positions} next={value.after} isFetching={isFetching} />
    </Flex>
  );
}

export function RunPerson({
  record,
  portalId,
}: Pick<RunRecordsProps, 'portalId'> & { readonly record: RunRecordView }): ReactElement {
  const { hubspotId, salesforceId, salesforceUrl, outcome, result, reason, changes } = record;
  const more = changes.length - MOST_CHANGES;
  return (
    <Flex direction="column" gap="extra-small">
      <Flex direction="row" gap="small" align="center" justify="between" wrap>
        <RecordLinks
          portalId={portalId}
          hubspotId={hubspotId}
          salesforceId={salesforceId}
          salesforceUrl={salesforceUrl}
        />
        <StatusTag variant={VARIANTS[result]}>{outcome}</StatusTag>
      </Flex>
      {reason !== null && <ReasonNote reason={reason} />}
      {changes.slice(0, MOST_CHANGES).map((change) => (
        <Text key={`${change.side}.${change.field}`} variant="microcopy">
          {changeInWords(change)}
        </Text>
      ))}
      {more > 0 && <Text variant="microcopy">{`And ${more} more fields.`}</Text>}
      <Divider />
    </Flex>
  );
}

function changeInWords({ side, field, before, after }: FieldChange): string {
  const where = side === 'hubspot' ? 'HubSpot' : 'Salesforce';
  return `${field} in ${where}: ${before ?? BLANK} → ${after ?? BLANK}`;
}
