// Undoing a run on the Runs tab: what would go back, asking, and what a run says that was undone.
import { Alert, LoadingButton } from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../src/api/contract.ts';
import { refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { tab } from './support/runs-tab.ts';
import { run } from './support/samples.ts';

const finished = run({ state: 'finished', undoable: true, controls: [], secondsLeft: null });
const OUTLOOK: CallAnswer<'preview-undo'> = {
  values: 5,
  people: 3,
  created: 1,
  restored: 4,
  kept: 1,
  isAll: true,
  stays: [],
  sentences: ['4 values would go back; 1 value stays as it is.', '1 record stays paired.'],
};

async function asked(replies: Replies = {}) {
  const rendered = await tab({
    'get-runs': () => ({ runs: [finished], workers: 1 }),
    'preview-undo': () => OUTLOOK,
    ...replies,
  });
  await rendered.waitFor(() => rendered.row());
  const panel = rendered.openPanel('Undo');
  const find = (label: string) => panel().find(LoadingButton, (node) => textOf(node) === label);
  return { ...rendered, panel, find };
}

describe('Undoing a run', () => {
  it('tells what would go back and what stays before it is started', async () => {
    const { panel, find, waitFor, tandem } = await asked({
      'start-run': () => run({ kind: 'undo' }),
    });
    await waitFor(() => {
      expect(panel().find(Alert).props.title).toBe(OUTLOOK.sentences[0]);
    });
    expect(textOf(panel())).toContain('Records that the run created are not deleted');
    fire(find('Undo the run'), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('start-run')).toEqual([
        { request: { kind: 'undo', scope: { runId: '12' } }, dry: false },
      ]);
    });
  });

  it('can’t be started where nothing would go back, or where it is refused', async () => {
    const { find, waitFor } = await asked({
      'preview-undo': () => ({ ...OUTLOOK, restored: 0, sentences: ['No value would go back.'] }),
    });
    await waitFor(() => {
      expect(find('Undo the run').props.disabled).toBe(true);
    });
    const refused = await asked({
      'preview-undo': () => Promise.reject(refusal({ message: 'Run 17 is undoing it already.' })),
    });
    await refused.waitFor(() => {
      expect(textOf(refused.panel())).toContain('Run 17 is undoing it already.');
    });
  });

  it('is offered of no run that was undone; it says by which', async () => {
    const { row, waitFor, text } = await tab({
      'get-runs': () => ({
        runs: [run({ ...finished, undoneBy: { id: '17', state: 'finished' } })],
        workers: 1,
      }),
    });
    await waitFor(() => row());
    expect(textOf(row())).toContain('Undone by run 17.');
    expect(text()).not.toContain('Undo Left out');
  });

  it('counts values, not records, when it is over', async () => {
    const { counts } = run();
    const { row, waitFor } = await tab({
      'get-runs': () => ({
        runs: [run({ kind: 'undo', counts: { ...counts, restored: 3, kept: 1 } })],
        workers: 1,
      }),
    });
    await waitFor(() => row());
    expect(textOf(row())).toContain('3 values put back, 1 value stays');
    expect(textOf(row())).toContain('What stays');
  });
});
