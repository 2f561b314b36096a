// What a person does from the card: sync, take back, pair otherwise. One at a time; each ends with the contact as it
// is then, in the same cache entry that the card shows, so nothing is asked again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallParameters, RecordView, SyncResult, UndoResult } from '../../src/api/contract.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';
import { recordKey } from './use-record.ts';

export type Choices = NonNullable<CallParameters<'sync-now'>['choices']>;
export type UnwantedChanges = CallParameters<'undo-changes'>['changes'];

export type Deed =
  | { readonly kind: 'sync'; readonly choices: Choices }
  | { readonly kind: 'undo'; readonly changes: UnwantedChanges }
  /** Null parts the contact from the record it has. */
  | { readonly kind: 'pair'; readonly salesforceId: string | null };

/** How the last deed from this card ended. */
export type DeedEnd =
  | { readonly kind: 'synced'; readonly result: SyncResult }
  | { readonly kind: 'undone'; readonly result: UndoResult }
  | { readonly kind: 'paired'; readonly record: RecordView }
  | { readonly kind: 'failed'; readonly deed: Deed['kind']; readonly error: Error };

export interface Deeds {
  /** Stays while the next deed runs, so that nothing jumps; null before the first. */
  readonly lastEnd: DeedEnd | null;
  /** What is being done. */
  readonly running: Deed['kind'] | null;
  readonly run: (deed: Deed, whenOver?: () => void) => void;
}

export function useDeeds(contactId: string, onEnd: (end: DeedEnd) => void): Deeds {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const [lastEnd, setLastEnd] = useState<DeedEnd | null>(null);
  const end = (how: DeedEnd): void => {
    setLastEnd(how);
    onEnd(how);
  };
  const { isPending, variables, mutate } = useMutation({
    mutationFn: async (deed: Deed): Promise<Exclude<DeedEnd, { kind: 'failed' }>> => {
      switch (deed.kind) {
        case 'sync': {
          const { choices } = deed;
          return { kind: 'synced', result: await call('sync-now', { contactId, choices }) };
        }
        case 'undo': {
          const { changes } = deed;
          return { kind: 'undone', result: await call('undo-changes', { contactId, changes }) };
        }
        case 'pair': {
          const { salesforceId } = deed;
          return {
            kind: 'paired',
            record: await call('change-pairing', { contactId, salesforceId }),
          };
        }
      }
    },
    // A reading that is on its way is older than what the deed will return.
    onMutate: () => queryClient.cancelQueries({ queryKey: recordKey(contactId) }),
    onSuccess: (done) => {
      const record = done.kind === 'paired' ? done.record : done.result.record;
      if (record !== null) queryClient.setQueryData(recordKey(contactId), record);
      end(done);
    },
    onError: (error, deed) => {
      end({ kind: 'failed', deed: deed.kind, error });
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['history', contactId] });
    },
  });
  return {
    lastEnd,
    running: isPending ? variables.kind : null,
    run: (deed, whenOver) => {
      mutate(deed, { onSettled: () => whenOver?.() });
    },
  };
}
