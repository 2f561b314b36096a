// The runs tab's calls: the runs as they go, what one would take, starting, pausing, and what was left out.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallAnswer, CallParameters, RunView } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { fetched, type Fetched } from '../../ui/fetched.ts';
import type { RunRequest } from './run-choice.ts';

const RUNS_KEY = ['runs'] as const;
const WHILE_OPEN_MS = 2_000;
const AT_REST_MS = 30_000;

export const isOpen = ({ state }: RunView): boolean => state === 'waiting' || state === 'running';

/** @param isShown nobody asks for runs that nobody looks at */
export function useRuns(isShown: boolean): Fetched<CallAnswer<'get-runs'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: RUNS_KEY,
      queryFn: () => call('get-runs', {}),
      enabled: isShown,
      refetchInterval: ({ state }) =>
        state.data?.runs.some(isOpen) === true ? WHILE_OPEN_MS : AT_REST_MS,
    }),
  );
}

/** Null: there is nothing to estimate yet. */
export function useRunEstimate(request: RunRequest | null): Fetched<CallAnswer<'estimate-run'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['run-estimate', request],
      queryFn: () => {
        if (request === null) throw new Error('There is nothing to estimate.');
        return call('estimate-run', { request });
      },
      enabled: request !== null,
      staleTime: 60_000,
    }),
  );
}

/** @param isWanted nobody asks before the question is open */
export function useUndoPreview(
  runId: string,
  isWanted: boolean,
): Fetched<CallAnswer<'preview-undo'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['undo-preview', runId],
      queryFn: () => call('preview-undo', { runId }),
      enabled: isWanted,
      gcTime: 0,
    }),
  );
}

/** One page; the page before stays until the next is there. */
export function useRunRecords(
  id: string,
  after: string | null,
): Fetched<CallAnswer<'get-run-records'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['run-records', id, after],
      queryFn: () => call('get-run-records', { id, after }),
      placeholderData: keepPreviousData,
    }),
  );
}

export interface RunChange<Parameters> {
  readonly isChanging: boolean;
  readonly error: Error | null;
  readonly change: (parameters: Parameters) => void;
  /** Forgets the last failure. */
  readonly reset: () => void;
}

export function useStartRun(
  onStarted: (run: RunView) => void,
): RunChange<CallParameters<'start-run'>> {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { error, isPending, mutate, reset } = useMutation({
    mutationFn: (parameters: CallParameters<'start-run'>) => call('start-run', parameters),
    onSuccess: (run) => {
      void queryClient.invalidateQueries({ queryKey: RUNS_KEY });
      onStarted(run);
    },
  });
  return { isChanging: isPending, error, change: mutate, reset };
}

export function useControlRun(): RunChange<CallParameters<'control-run'>> {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { error, isPending, mutate, reset } = useMutation({
    mutationFn: (parameters: CallParameters<'control-run'>) => call('control-run', parameters),
    // Refused, too: then the run is in another state than is shown.
    onSettled: () => queryClient.invalidateQueries({ queryKey: RUNS_KEY }),
  });
  return { isChanging: isPending, error, change: mutate, reset };
}
