// What can be done about a step of the guide right here: going to its tab, looking again, starting a run and seeing
// how it gets on.
import { Button, Flex, LoadingButton, ProgressBar, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RunView, SetupStep, SetupView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { RunRecordsButton } from '../runs/run-records-button.tsx';
import { countsInWords, progressInWords } from '../runs/run-words.ts';
import { useStartRun } from '../runs/use-runs.ts';
import { FirstSyncButton } from './first-sync-button.tsx';

export interface StepDeedProps {
  readonly step: SetupStep;
  readonly setup: SetupView;
  readonly portalId: number;
  readonly readOnly: boolean;
  readonly isLooking: boolean;
  readonly onLookAgain: () => void;
  readonly onTab: (tabId: string) => void;
  readonly onStarted: (run: RunView) => void;
  readonly closeOverlay: (id: string) => void;
  readonly copyText: (text: string) => Promise<void>;
}

const TABS: Partial<
  Record<SetupStep['id'], { readonly tabId: string; readonly todo: string; readonly done: string }>
> = {
  connect: { tabId: 'connection', todo: 'See the connection', done: 'See the connection' },
  permissions: { tabId: 'connection', todo: 'See what is missing', done: 'See all permissions' },
  list: { tabId: 'inclusion', todo: 'Choose who syncs', done: 'Change who syncs' },
  mappings: { tabId: 'mappings', todo: 'Review the mappings', done: 'See the mappings' },
};

/** Everybody on both sides. */
const REQUEST = { kind: 'everything', scope: {} } as const;

export function StepDeed(props: StepDeedProps): ReactElement | null {
  const { step, setup, readOnly, isLooking, onLookAgain, onTab } = props;
  const tab = TABS[step.id];
  if (tab) {
    if (step.state === 'blocked') return null;
    const isTodo = step.state === 'next' || step.state === 'open';
    const isAsked = isTodo && (step.id === 'connect' || step.id === 'permissions');
    return (
      <Flex direction="row" gap="small" wrap>
        <Button
          size="xs"
          variant={step.state === 'next' ? 'primary' : isTodo ? 'secondary' : 'transparent'}
          onClick={() => {
            onTab(tab.tabId);
          }}
        >
          {isTodo ? tab.todo : tab.done}
        </Button>
        {isAsked && (
          <LoadingButton size="xs" loading={isLooking} onClick={onLookAgain}>
            Look again
          </LoadingButton>
        )}
      </Flex>
    );
  }
  const run = step.id === 'dryRun' ? setup.dryRun : setup.firstSync;
  const mayStart = !readOnly && (step.state === 'next' || step.state === 'open');
  return (
    <Flex direction="column" gap="extra-small">
      {run !== null && <RunProgress {...props} run={run} />}
      {mayStart && (step.id === 'dryRun' ? <DryRunButton {...props} /> : <FirstSync {...props} />)}
    </Flex>
  );
}

function RunProgress({
  run,
  portalId,
  copyText,
}: Pick<StepDeedProps, 'portalId' | 'copyText'> & { readonly run: RunView }): ReactElement {
  const { id, state, counts, total, trouble } = run;
  const isEnded = state === 'finished';
  return (
    <>
      {!isEnded && total !== null && (
        <ProgressBar
          aria-label={`Progress of run ${id}`}
          value={counts.seen}
          maxValue={Math.max(1, total, counts.seen)}
          valueDescription={progressInWords(run)}
        />
      )}
      <Text variant="microcopy">{`${isEnded ? progressInWords(run) : `Run ${id}`}: ${countsInWords(run)}.`}</Text>
      {trouble !== null && <Text variant="microcopy">{trouble}</Text>}
      {counts.seen > 0 && (
        <Flex direction="row">
          <RunRecordsButton run={run} portalId={portalId} copyText={copyText} />
        </Flex>
      )}
    </>
  );
}

function DryRunButton({ step, onStarted, onLookAgain }: StepDeedProps): ReactElement {
  const { isChanging, error, change } = useStartRun((run) => {
    onLookAgain();
    onStarted(run);
  });
  return (
    <>
      <Flex direction="row">
        <LoadingButton
          size="xs"
          variant={step.state === 'next' ? 'primary' : 'secondary'}
          loading={isChanging}
          onClick={() => {
            change({ request: REQUEST, dry: true });
          }}
        >
          Start the dry run
        </LoadingButton>
      </Flex>
      {error !== null && <ErrorNotice title="Nothing was started" error={apiErrorOf(error)} />}
    </>
  );
}

function FirstSync(props: StepDeedProps): ReactElement {
  const { step, setup, closeOverlay, onStarted, onLookAgain } = props;
  const { isChanging, error, change } = useStartRun((run) => {
    onLookAgain();
    onStarted(run);
  });
  return (
    <>
      <Flex direction="row">
        <FirstSyncButton
          isPrimary={step.state === 'next'}
          isStarting={isChanging}
          dryRun={setup.dryRun}
          closeOverlay={closeOverlay}
          onStart={() => {
            change({ request: REQUEST });
          }}
        />
      </Flex>
      {error !== null && <ErrorNotice title="Nothing was started" error={apiErrorOf(error)} />}
    </>
  );
}
