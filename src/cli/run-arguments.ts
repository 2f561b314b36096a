// The commands about runs, as they are typed: `run`, `runs`, `pause`, `resume`, `cancel`, `sync`.
import { parseArgs } from 'node:util';
import { RUN_KINDS, type RunKind } from '../store/runs-port.ts';
import { RUN_CONTROLS, type RunControl } from '../sync/runs/control.ts';
import { runRequestSchema, type RunRequest } from '../sync/runs/request.ts';
import { UsageError } from './arguments.ts';

export type RunCommand = {
  readonly json: boolean;
  readonly folder: string;
  readonly help: boolean;
} & (
  | {
      readonly command: 'run' | 'sync';
      readonly request: RunRequest;
      readonly dry: boolean;
      readonly follow: boolean;
    }
  | { readonly command: 'runs'; readonly id: string | null; readonly after: string | null }
  | { readonly command: 'control'; readonly id: string; readonly control: RunControl }
  | { readonly command: 'help' }
);

const WORDS = ['run', 'runs', 'sync', ...RUN_CONTROLS] as const;
type Word = (typeof WORDS)[number];

const OPTIONS = {
  object: { type: 'string' },
  where: { type: 'string' },
  campaign: { type: 'string' },
  list: { type: 'string' },
  mapping: { type: 'string' },
  category: { type: 'string', multiple: true },
  contacts: { type: 'string' },
  of: { type: 'string' },
  dry: { type: 'boolean', default: false },
  follow: { type: 'boolean', default: false },
  after: { type: 'string' },
  json: { type: 'boolean', default: false },
  folder: { type: 'string', default: '.tandem' },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
type Values = ReturnType<typeof parsed>['values'];

/** The command, or null where the first word is none of these. Throws `UsageError`. */
export function runCommandIn([first, ...rest]: readonly string[]): RunCommand | null {
  const word = WORDS.find((known) => known === first);
  if (word === undefined) return null;
  const { values, positionals } = parsed(rest);
  const { json, folder, help } = values;
  const shared = { json, folder, help };
  if (help) return { ...shared, command: 'help' };
  return { ...shared, ...commandOf(word, positionals, values) };
}

type Command = RunCommand extends infer Each
  ? Each extends RunCommand
    ? Omit<Each, 'json' | 'folder' | 'help'>
    : never
  : never;

function commandOf(word: Word, positionals: readonly string[], values: Values): Command {
  const [first, ...more] = positionals;
  switch (word) {
    case 'run': {
      const kind = RUN_KINDS.find((known) => known === first);
      if (kind === undefined || more.length > 0)
        throw new UsageError(`run: say one kind: ${RUN_KINDS.join(', ')}`);
      refuseStrayOptions(`run ${kind}`, values, [...SCOPE_OPTIONS[kind], 'dry', 'follow']);
      const { dry, follow } = values;
      return { command: 'run', request: requestOf(kind, values), dry, follow };
    }
    case 'sync': {
      refuseStrayOptions('sync', values, ['dry']);
      const request = requestOf('records', { ...values, contacts: positionals.join(',') });
      return { command: 'sync', request, dry: values.dry, follow: true };
    }
    case 'runs': {
      refuseStrayOptions('runs', values, first === undefined ? [] : ['after']);
      if (more.length > 0) throw new UsageError('runs: one id, or none');
      return { command: 'runs', id: first ?? null, after: values.after ?? null };
    }
    case 'pause':
    case 'resume':
    case 'cancel': {
      refuseStrayOptions(word, values, []);
      if (first === undefined || more.length > 0)
        throw new UsageError(`${word}: say the number of one run; npm start -- runs lists them`);
      return { command: 'control', id: first, control: word };
    }
  }
}

type Option = keyof typeof OPTIONS;

const SCOPE_OPTIONS: Readonly<Record<RunKind, readonly Option[]>> = {
  import: ['object', 'where', 'campaign'],
  push: [],
  list: ['list'],
  everything: [],
  backfill: ['mapping'],
  reconcile: [],
  retry: ['category'],
  records: ['contacts'],
  formulas: [],
  undo: ['of'],
};
const ALWAYS: readonly Option[] = ['json', 'folder', 'help'];

/** An option that would be passed over is a misunderstanding: it may have been all that kept a run small. */
function refuseStrayOptions(what: string, values: Values, known: readonly Option[]): void {
  for (const option of Object.keys(OPTIONS) as Option[]) {
    if (known.includes(option) || ALWAYS.includes(option)) continue;
    if (values[option] !== undefined && values[option] !== false)
      throw new UsageError(`--${option} is not for “${what}”`);
  }
}

const wordsIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\s,]+/)
    .map((word) => word.trim())
    .filter(Boolean);

function requestOf(kind: RunKind, values: Values): RunRequest {
  const request = runRequestSchema.safeParse({ kind, scope: scopeOf(kind, values) });
  if (request.success) return request.data;
  const [issue] = request.error.issues;
  const option = OPTION_FOR[String(issue?.path[1])];
  throw new UsageError(
    `run ${kind}: ${option === undefined ? '' : `--${option}: `}${issue?.message ?? 'not valid'}`,
  );
}

const OPTION_FOR: Readonly<Record<string, Option>> = {
  object: 'object',
  condition: 'where',
  campaignId: 'campaign',
  listId: 'list',
  hubspotProperty: 'mapping',
  categories: 'category',
  hubspotIds: 'contacts',
  runId: 'of',
};

function scopeOf(kind: RunKind, values: Values): unknown {
  switch (kind) {
    case 'import': {
      const { object = null, where = null, campaign = null } = values;
      return { object, condition: where, campaignId: campaign };
    }
    case 'list':
      return { listId: values.list ?? '' };
    case 'backfill':
      return { hubspotProperty: values.mapping ?? '' };
    case 'retry':
      return { categories: values.category?.flatMap((each) => wordsIn(each)) ?? null };
    case 'records':
      return { hubspotIds: wordsIn(values.contacts) };
    case 'undo':
      return { runId: values.of ?? '' };
    case 'push':
    case 'everything':
    case 'reconcile':
    case 'formulas':
      return {};
  }
}
