// The call that takes back what a sync wrote to one person, or says what that would do.
import type { Aftermath } from '../engine/undo.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { undoChanges, type UndoneField, type Unwanted } from '../sync/undo.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { Caller } from './caller.ts';
import type { CallParameters, UndoField, UndoResult } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { fieldChange } from './field-changes.ts';
import { reasonView } from './field-views.ts';
import { recordView } from './record-view.ts';

type Asked = Pick<CallParameters<'undo-changes'>, 'contactId'> & {
  readonly changes: readonly { readonly entryId: string; readonly name: string | null }[];
  readonly dry: boolean;
};

export async function undone(
  pipeline: Pipeline,
  { contactId, changes, dry }: Asked,
  caller: Caller | null = null,
): Promise<UndoResult> {
  const unwanted = await unwantedOf(pipeline, contactId, changes);
  const done = await undoChanges(pipeline, unwanted, { dry, by: caller?.email });
  const workspace = await pipeline.workspaces.current();
  return {
    dry,
    sentence: sentence(done, dry),
    fields: done.flatMap((one) => fieldView(one, workspace)),
    record: dry ? null : await recordView(pipeline, contactId),
  };
}

/** The entries that were named, of this person only. */
async function unwantedOf(
  { ports }: Pipeline,
  contactId: string,
  changes: Asked['changes'],
): Promise<Unwanted[]> {
  const ids = [...new Set(changes.map(({ entryId }) => entryId))];
  const entries = await ports.store.history.byIds(ids);
  const own = entries.filter(({ hubspotId }) => hubspotId === contactId);
  if (own.length < ids.length)
    throw new ApiFailure({
      code: 'HISTORY_NOT_FOUND',
      message: 'This contact’s history has no such entry.',
      fix: 'Look at the history again.',
      field: 'changes',
    });
  return own.map((entry) => {
    const named = changes.filter(({ entryId }) => entryId === entry.id);
    const names = named.flatMap(({ name }) => name ?? []);
    return { entry, fields: names.length < named.length ? null : names };
  });
}

const OTHER = { hubspot: 'Salesforce', salesforce: 'HubSpot' } as const;

function aftermathInWords(aftermath: Aftermath, side: 'hubspot' | 'salesforce'): string {
  const other = OTHER[side];
  switch (aftermath) {
    case 'agrees':
      return `${other} holds this value already.`;
    case 'follows':
      return `${other} follows: by the rule of this field the value goes there too.`;
    case 'stays':
      return `${other} stays as it is.`;
    case 'kept':
      return `${other} keeps its value, and sends it here again only once it changes there.`;
  }
}

function fieldView(
  { side, field, before, after, result, aftermath, reason }: UndoneField,
  workspace: Workspace,
): UndoField[] {
  if (side === 'pair') return [];
  return [
    {
      ...fieldChange({ side, field, before, after, why: '' }, workspace),
      result,
      aftermath: aftermath && aftermathInWords(aftermath, side),
      reason: reason && reasonView(reason),
    },
  ];
}

function sentence(done: readonly UndoneField[], dry: boolean): string {
  const count = (result: UndoneField['result']): number =>
    done.filter((one) => one.result === result && one.side !== 'pair').length;
  const [restored, left] = [count('restored'), count('left')];
  const values = (many: number): string => (many === 1 ? '1 value' : `${many} values`);
  if (restored === 0)
    return left === 0
      ? 'Nothing to put back: it is as it was before.'
      : dry
        ? 'Nothing can be put back.'
        : 'Nothing was put back.';
  const put = dry ? `Puts ${values(restored)} back` : `Put ${values(restored)} back`;
  return left === 0 ? `${put}.` : `${put}; ${values(left)} ${left === 1 ? 'stays' : 'stay'}.`;
}
