// Progress of a run on the terminal: one line that moves, or a line per page where there is no terminal.
import type { RunKind } from '../store/runs-port.ts';
import type { RunProgress } from '../sync/runs/work.ts';

const WIDTH = 24;
/** What a run of each kind is called. */
export const RUN_NAMES: Readonly<Record<RunKind, string>> = {
  import: 'Import from Salesforce',
  push: 'Push to Salesforce',
  list: 'Resync of a list',
  everything: 'Resync of everything',
  backfill: 'Back-fill of a mapping',
  reconcile: 'Reconciliation',
  retry: 'Retry of errors',
  records: 'Sync of picked contacts',
  formulas: 'Look at formula fields',
};

export function progressLine({ kind, counts, total }: RunProgress): string {
  const share = total === null || total === 0 ? null : Math.min(1, counts.seen / total);
  const bar =
    share === null ? '' : `[${'█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·')}] `;
  const of = total === null ? `${counts.seen}` : `${counts.seen} of ${total}`;
  return `${RUN_NAMES[kind]}  ${bar}${of} seen, ${counts.created} created, ${counts.paired} paired, ${counts.updated} updated, ${counts.skipped} skipped, ${counts.failed} failed`;
}

export function progressTo(stream: NodeJS.WriteStream): {
  show: (progress: RunProgress) => void;
  end: () => void;
} {
  let open = false;
  return {
    show(progress) {
      const line = progressLine(progress);
      if (stream.isTTY) stream.write(`\r\u001b[2K${line.slice(0, stream.columns - 1)}`);
      else stream.write(`${line}\n`);
      open = stream.isTTY;
    },
    end() {
      if (open) stream.write('\n');
      open = false;
    },
  };
}
