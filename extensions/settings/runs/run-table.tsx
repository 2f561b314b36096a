// The runs, newest first: what each is about, how far it is, and what may be done to it.
import {
  Flex,
  ProgressBar,
  StatusTag,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Tag,
  Text,
} from '@hubspot/ui-extensions';
import type { ProgressBarProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RunView } from '../../../src/api/contract.ts';
import { PagedTable } from '../../ui/paged-table.tsx';
import { exactTime, timeInWords } from '../../ui/relative-time.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { RunControls } from './run-controls.tsx';
import { UndoRunButton } from './undo-run-button.tsx';
import { RunRecordsButton } from './run-records-button.tsx';
import type { RunRecordsProps } from './run-records.tsx';
import { countsInWords, paceInWords, progressInWords, STATES, undoneInWords } from './run-words.ts';

const PAGE_SIZE = 10;

export interface RunTableProps {
  readonly runs: readonly RunView[];
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly readOnly: boolean;
  readonly closeOverlay: (id: string) => void;
  readonly onStarted: (run: RunView) => void;
  readonly copyText: RunRecordsProps['copyText'];
}

const BAR_VARIANTS: Readonly<Record<RunView['state'], NonNullable<ProgressBarProps['variant']>>> = {
  waiting: 'success',
  running: 'success',
  finished: 'success',
  paused: 'warning',
  // It will never be full.
  cancelled: 'warning',
  failed: 'danger',
};

function ProgressCell({ run }: { readonly run: RunView }): ReactElement {
  const { counts, total, state } = run;
  const isEnded = state === 'finished';
  const pace = paceInWords(run);
  return (
    <>
      {total === null && !isEnded ? (
        <Text>{progressInWords(run)}</Text>
      ) : (
        <ProgressBar
          aria-label={`Progress of run ${run.id}`}
          showPercentage
          value={isEnded ? 1 : counts.seen}
          maxValue={isEnded ? 1 : Math.max(1, total ?? 0, counts.seen)}
          valueDescription={progressInWords(run)}
          variant={BAR_VARIANTS[state]}
        />
      )}
      <Text variant="microcopy">
        {[pace, countsInWords(run)].filter((part) => part !== '').join(' · ')}
      </Text>
    </>
  );
}

function StateCell({ run }: { readonly run: RunView }): ReactElement {
  const { label, variant } = STATES[run.state];
  return (
    <>
      <StatusTag variant={variant}>{label}</StatusTag>
      {run.controlled !== null && <Text variant="microcopy">{`by ${run.controlled.by}`}</Text>}
      {run.trouble !== null && <Text variant="microcopy">{run.trouble}</Text>}
      {run.undoneBy !== null && <Text variant="microcopy">{undoneInWords(run.undoneBy)}</Text>}
    </>
  );
}

function RunRow({
  run,
  portal,
  readOnly,
  closeOverlay,
  onStarted,
  copyText,
}: Omit<RunTableProps, 'runs'> & { readonly run: RunView }): ReactElement {
  return (
    <TableRow>
      <TableCell>
        <Flex direction="row" gap="small" align="center" wrap>
          <Text format={{ fontWeight: 'demibold' }}>{run.title}</Text>
          {run.dry && <Tag variant="info">Dry run</Tag>}
        </Flex>
        <Text variant="microcopy">{run.scope}</Text>
        <Text variant="microcopy">
          {`Run ${run.id}, started ${timeInWords(run.startedAt, Date.now())} (${exactTime(run.startedAt, portal.timezone)}) by ${run.startedBy}`}
        </Text>
      </TableCell>
      <TableCell>
        <StateCell run={run} />
      </TableCell>
      <TableCell>
        <ProgressCell run={run} />
      </TableCell>
      <TableCell>
        {!readOnly && <RunControls run={run} closeOverlay={closeOverlay} />}
        {!readOnly && run.undoable && run.undoneBy === null && (
          <UndoRunButton
            run={run}
            portalId={portal.id}
            closeOverlay={closeOverlay}
            onStarted={onStarted}
          />
        )}
        {run.counts.seen > 0 && (
          <RunRecordsButton run={run} portalId={portal.id} copyText={copyText} />
        )}
      </TableCell>
    </TableRow>
  );
}

export function RunTable({ runs, ...table }: RunTableProps): ReactElement {
  const pages = usePages(runs, PAGE_SIZE);
  return (
    <PagedTable pages={pages}>
      <TableHead>
        <TableRow>
          <TableHeader width={230}>Run</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader width={210}>Progress</TableHeader>
          <TableHeader width={150}>Actions</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {pages.rows.map((run) => (
          <RunRow key={run.id} {...table} run={run} />
        ))}
      </TableBody>
    </PagedTable>
  );
}
