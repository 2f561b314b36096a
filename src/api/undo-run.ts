// Undoing a whole run: whether it can be, and what it would do, from a look at what the run wrote last.
import type { Store } from '../store/port.ts';
import type { WrittenByRun } from '../store/history-port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { RunRequest } from '../sync/runs/request.ts';
import { undoPage, type PageOutcome } from '../sync/runs/undo-page.ts';
import { RUN_NAMES } from '../sync/runs/words.ts';
import type { CallAnswer } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { runNotFound } from './run-not-found.ts';
import { runRecordView } from './run-record-view.ts';
import { IS_OVER } from './run-view.ts';

const FIELD = 'request.scope.runId';
/** Two hundred people: as much as can be read on both sides while somebody waits. */
const ENTRIES_LOOKED_AT = 400;
const STAYS_SHOWN = 5;

type UndoRequest = Extract<RunRequest, { kind: 'undo' }>;

/** The request with the name of the run it takes back; an `ApiFailure` says why it can't be. */
export async function checkedUndo(
  { runs, history }: Pick<Store, 'runs' | 'history'>,
  request: UndoRequest,
): Promise<UndoRequest> {
  const { runId } = request.scope;
  const run = await runs.get(runId);
  if (run === null) throw runNotFound(runId, FIELD);
  const refused = (code: string, message: string, fix: string | null): ApiFailure =>
    new ApiFailure({ code, message, fix, field: FIELD });
  if (run.dry) throw refused('RUN_WAS_DRY', `Run ${runId} was a dry run: it wrote nothing.`, null);
  if (!IS_OVER.has(run.state))
    throw refused(
      'RUN_NOT_OVER',
      `Run ${runId} is ${run.state}, and may still write.`,
      'Let it finish, or cancel it first.',
    );
  const undo = (await runs.undosOf([runId])).get(runId);
  if (undo && !IS_OVER.has(undo.state))
    throw refused(
      'ALREADY_BEING_UNDONE',
      `Run ${undo.id} is undoing run ${runId} already.`,
      'Look at how it gets on.',
    );
  if ((await history.page({ runId }, null, 1)).length === 0)
    throw refused('NOTHING_TO_UNDO', `Run ${runId} wrote nothing to anybody.`, null);
  return { ...request, scope: { runId, name: RUN_NAMES[run.kind] } };
}

export async function undoPreview(
  pipeline: Pipeline,
  { runId }: { readonly runId: string },
): Promise<CallAnswer<'preview-undo'>> {
  const { store, salesforce } = pipeline.ports;
  await checkedUndo(store, { kind: 'undo', scope: { runId } });
  const [written, entries, workspace] = await Promise.all([
    store.history.writtenBy(runId),
    store.history.page({ runId }, null, ENTRIES_LOOKED_AT),
    pipeline.workspaces.current(),
  ]);
  const outcome = await undoPage(pipeline, entries, { dry: true });
  const isAll = entries.length >= written.entries;
  const stays = outcome.records.filter(({ result }) => result === 'skipped').slice(0, STAYS_SHOWN);
  const instanceUrl =
    stays.length === 0 ? '' : (await salesforce.schema.organization()).instanceUrl;
  const { restored = 0, kept = 0 } = outcome.counts;
  return {
    values: written.values,
    people: written.people,
    created: written.created,
    restored,
    kept,
    isAll,
    stays: stays.map((record) =>
      runRecordView(record, { kind: 'undo', dry: true }, instanceUrl, workspace),
    ),
    sentences: sentencesOf(written, outcome, isAll),
  };
}

const number = new Intl.NumberFormat('en');
const many = (count: number, one: string, more = `${one}s`): string =>
  `${number.format(count)} ${count === 1 ? one : more}`;

function sentencesOf(
  { values, people, created, entries }: WrittenByRun,
  { counts: { restored = 0, kept = 0 } }: PageOutcome,
  isAll: boolean,
): string[] {
  const would = `${restored === 0 ? 'No value' : many(restored, 'value')} would go back`;
  const stay =
    kept === 0
      ? ''
      : `; ${many(kept, 'value')} ${kept === 1 ? 'stays' : 'stay'} as ${kept === 1 ? 'it is' : 'they are'}`;
  const wrote = `The run wrote ${many(values, 'value')} to records that were there before, of ${many(people, 'person', 'people')}`;
  return [
    isAll
      ? `${would}${stay}.`
      : `Looked at the newest ${number.format(ENTRIES_LOOKED_AT)} of the ${number.format(entries)} writes it made: ${would.toLowerCase()}${stay}.`,
    ...(isAll ? [] : [`${wrote} in all. A dry run tells of each.`]),
    ...(created === 0
      ? []
      : [
          `${many(created, 'record')} that it created ${created === 1 ? 'is' : 'are'} not deleted, and ${created === 1 ? 'stays' : 'stay'} paired.`,
        ]),
  ];
}
