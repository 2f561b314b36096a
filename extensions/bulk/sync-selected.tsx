// "Sync selected to Salesforce": says how many contacts it is about, starts a run over them, and shows how it gets on.
// The run goes on when the panel is closed.
import { Alert, Flex, LoadingButton, StatusTag, Text } from '@hubspot/ui-extensions';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CallAnswer, RunView } from '../../src/api/contract.ts';
import { countsInWords, progressInWords, STATES } from '../settings/runs/run-words.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useCallTandem } from '../ui/tandem-provider.tsx';

const number = new Intl.NumberFormat('en');
const contactsInWords = (count: number): string =>
  count === 1 ? '1 contact' : `${number.format(count)} contacts`;

const LOOK_EVERY_MS = 2_000;
const isOver = ({ state }: RunView): boolean =>
  state === 'finished' || state === 'failed' || state === 'cancelled';

/** The run as it is now, and whether somebody works on runs. */
function useProgress(started: RunView | undefined): {
  readonly run: RunView | undefined;
  readonly isWorkedOn: boolean;
} {
  const call = useCallTandem();
  const { data } = useQuery({
    queryKey: ['runs'],
    queryFn: () => call('get-runs', {}),
    enabled: started !== undefined,
    refetchInterval: ({ state }) => {
      const run = runIn(state.data, started);
      return run !== undefined && isOver(run) ? false : LOOK_EVERY_MS;
    },
  });
  return { run: runIn(data, started) ?? started, isWorkedOn: data?.workers !== 0 };
}

const runIn = (
  answer: CallAnswer<'get-runs'> | undefined,
  started: RunView | undefined,
): RunView | undefined => answer?.runs.find(({ id }) => id === started?.id);

function Progress({ run, isWorkedOn }: { run: RunView; isWorkedOn: boolean }): ReactElement {
  const { label, variant } = STATES[run.state];
  return (
    <Flex direction="column" gap="small">
      <StatusTag variant={variant}>{label}</StatusTag>
      <Text>{progressInWords(run)}</Text>
      <Text variant="microcopy">{countsInWords(run)}</Text>
      {run.trouble !== null && <Text>{run.trouble}</Text>}
      {!isWorkedOn && !isOver(run) && (
        <Alert title="Nobody works on runs at the moment" variant="warning">
          The contacts are synced as soon as Tandem’s service runs again; ask an admin to look.
        </Alert>
      )}
      <Text variant="microcopy">
        {isOver(run)
          ? 'What each contact came to is on its card, and in the list of runs on Tandem’s settings page.'
          : 'You can close this: it goes on by itself.'}
      </Text>
    </Flex>
  );
}

export interface SyncSelectedProps {
  readonly contactIds: readonly number[];
}

export function SyncSelected({ contactIds }: SyncSelectedProps): ReactElement {
  const call = useCallTandem();
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => call('sync-selected', { contactIds: contactIds.map(String) }),
  });
  const { run, isWorkedOn } = useProgress(data);
  if (contactIds.length === 0) return <Text>Select contacts first.</Text>;
  return (
    <Flex direction="column" gap="medium">
      <Text>
        {`Syncs ${contactsInWords(contactIds.length)} with Salesforce, by the same rules as every other sync: values that differ are settled by each mapping’s rule, and contacts without a Salesforce record get one where your settings say so.`}
      </Text>
      {error !== null && <ErrorNotice title="Nothing was started" error={apiErrorOf(error)} />}
      {run === undefined ? (
        <Flex direction="row">
          <LoadingButton
            variant="primary"
            loading={isPending}
            disabled={isPending}
            onClick={() => {
              mutate();
            }}
          >
            {`Sync ${contactsInWords(contactIds.length)}`}
          </LoadingButton>
        </Flex>
      ) : (
        <Progress run={run} isWorkedOn={isWorkedOn} />
      )}
    </Flex>
  );
}
