// The tab "Runs": work over many records that somebody starts, watches, and may stop.
import { Alert, EmptyState, Flex, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RunTable } from './run-table.tsx';
import type { RunTableProps } from './run-table.tsx';
import { StartRunButton } from './start-run-button.tsx';
import type { StartRunButtonProps } from './start-run-button.tsx';
import { isOpen, useRuns } from './use-runs.ts';

export interface RunsTabProps
  extends Omit<RunTableProps, 'runs'>, Pick<StartRunButtonProps, 'lists' | 'mappings'> {
  readonly isShown: boolean;
}

export function RunsTab(props: RunsTabProps): ReactElement {
  const { isShown, readOnly, lists, mappings, portal, closeOverlay, onStarted, copyText } = props;
  const { value, error, isFetching, refetch } = useRuns(isShown);
  return (
    <Flex direction="column" gap="medium">
      <Text>
        A run goes over many records, page by page, beside live sync, which always goes first. It
        can be paused and resumed, and goes on by itself after a restart.
      </Text>
      {!readOnly && (
        <Flex direction="row">
          <StartRunButton
            lists={lists}
            mappings={mappings}
            onStarted={onStarted}
            closeOverlay={closeOverlay}
          />
        </Flex>
      )}
      {error !== null && (
        <ErrorNotice
          title="The runs could not be loaded"
          error={apiErrorOf(error)}
          retry={{ running: isFetching, onRetry: refetch }}
        />
      )}
      {value === undefined ? (
        error === null && <LoadingSpinner label="Loading the runs" showLabel />
      ) : (
        <>
          <NobodyWorks {...value} />
          {value.runs.length === 0 ? (
            <EmptyState title="No runs yet" flush imageWidth={120}>
              <Text>
                Runs that you start, here or at the command line, are listed with what they did.
              </Text>
            </EmptyState>
          ) : (
            <RunTable
              runs={value.runs}
              portal={portal}
              readOnly={readOnly}
              closeOverlay={closeOverlay}
              onStarted={onStarted}
              copyText={copyText}
            />
          )}
        </>
      )}
    </Flex>
  );
}

function NobodyWorks({ runs, workers }: CallAnswer<'get-runs'>): ReactElement | null {
  if (workers > 0 || !runs.some(isOpen)) return null;
  return (
    <Alert title="Nobody works on runs at the moment" variant="warning">
      Open runs wait until Tandem’s service or a worker is started, with npm start or npm start --
      --worker, and then go on by themselves. Live sync waits for the same.
    </Alert>
  );
}
