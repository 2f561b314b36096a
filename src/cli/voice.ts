// What a process says while it runs: friendly lines for people at a terminal, JSON lines for whoever collects
// logs. Who says something need not know which.
import { ConfigurationError, type Environment } from '../api/environment.ts';
import type { RecordKey } from '../engine/records.ts';
import { createLog, type Log, type LogOptions } from '../logs/log.ts';
import type { IntakeState } from '../jobs/change-intake.ts';
import type { BatchReport, Trigger } from '../sync/pipeline.ts';
import type { RunProgress } from '../sync/runs/work.ts';
import { explained } from './failures.ts';
import { liveLine } from './live-line.ts';
import { progressTo } from './progress.ts';

export interface Voice {
  /** Null where people read. */
  readonly log: Log | null;
  readonly connected: (sandboxed: boolean) => void;
  readonly resumed: () => void;
  readonly progress: (progress: RunProgress) => void;
  readonly progressEnded: () => void;
  /** `where`: what to open, on which port. */
  readonly live: (where: string, port: number) => void;
  /** The same, and that nobody is synced until somebody starts the first sync. */
  readonly waiting: (where: string, port: number) => void;
  /** Somebody has started it. */
  readonly begun: () => void;
  readonly changed: (report: BatchReport, trigger: Trigger) => void;
  readonly troubled: (error: unknown) => void;
  readonly changeEvents: (state: IntakeState) => void;
  readonly stumbled: (key: RecordKey, error: unknown) => void;
  readonly stopping: () => void;
  readonly stopped: () => void;
  /** Answers the exit code; throws what is better explained to whoever started the process. */
  readonly failed: (error: unknown) => number;
}

const WAITING =
  'Waiting for the first sync: open the settings page of the app in HubSpot, or run `npm start -- run everything`';

export interface VoiceOptions {
  readonly once: boolean;
  /** The report goes to stdout as JSON: everything else to stderr. */
  readonly json: boolean;
  /** A sandbox, or a single sync by hand: somebody is watching. */
  readonly isTrial: boolean;
  readonly identity: NonNullable<LogOptions['bindings']>;
}

export function voiceFor(environment: Environment, options: VoiceOptions): Voice {
  const { once, json, isTrial, identity } = options;
  const to = json ? process.stderr : process.stdout;
  return wantsJsonLog(environment, { isTerminal: to.isTTY, isTrial })
    ? logVoice(once ? process.stderr : to, identity)
    : terminalVoice(to, once);
}

/** Where nothing is said about it: people at a terminal and in the sandbox read lines, everybody else JSON. */
function wantsJsonLog(
  environment: Environment,
  { isTerminal, isTrial }: { readonly isTerminal: boolean; readonly isTrial: boolean },
): boolean {
  const wanted = environment.TANDEM_LOG?.trim() ?? '';
  if (wanted === '') return !isTerminal && !isTrial;
  if (wanted !== 'json' && wanted !== 'text')
    throw new ConfigurationError([
      { variable: 'TANDEM_LOG', message: 'is neither json nor text. Leave it out if in doubt.' },
    ]);
  return wanted === 'json';
}

function terminalVoice(to: NodeJS.WriteStream, isQuietLive: boolean): Voice {
  const say = (text: string): void => void to.write(`${text}\n`);
  const progress = progressTo(to);
  return {
    log: null,
    connected: (sandboxed) =>
      say(
        sandboxed
          ? 'Two stand-in CRMs with sample people are running; nothing leaves this machine.'
          : 'Connected to your HubSpot portal and Salesforce org.',
      ),
    resumed: () => say('The first sync was finished before; going on with what has changed since.'),
    progress: progress.show,
    progressEnded: progress.end,
    live: (where) => say(`\nSyncing live. ${where}\nPress Ctrl-C to stop.`),
    waiting: (where) => say(`\n${WAITING}.\n${where}\nPress Ctrl-C to stop.`),
    begun: () => say('The first sync was started; changes are synced from now on.'),
    changed: ({ pairs }) => {
      if (isQuietLive) return;
      for (const pair of pairs) {
        const line = liveLine(pair);
        if (line !== null) say(line);
      }
    },
    troubled: (error) =>
      say(`Will try again: ${error instanceof Error ? error.message : String(error)}`),
    changeEvents: (state) => {
      if (state.kind === 'connected') say('Hearing Salesforce’s change events.');
      if (state.kind === 'refused')
        say(`Salesforce sends no change events, so it is polled: ${state.why}`);
    },
    stumbled: ({ side, id }) =>
      say(`Tandem failed on ${side} ${id}; it has a reason and is tried again.`),
    stopping: () => say('\nStopping: finishing the batch at hand…'),
    stopped: () => say('Stopped. Start again to go on where it was.'),
    failed: (error) => {
      throw error;
    },
  };
}

/** Pages of a run are told of this often at the most. */
const PROGRESS_MS = 10_000;

function logVoice(to: NodeJS.WritableStream, bindings: LogOptions['bindings']): Voice {
  const log = createLog({
    to: { write: (line) => void to.write(line) },
    ...(bindings ? { bindings } : {}),
  });
  // Node would print the message, whatever it quotes.
  process.on('uncaughtException', (error) => {
    log.error('crashed', { error });
    process.exit(1);
  });
  let told = -Infinity;
  return {
    log,
    connected: (sandboxed) => log.info('connected', { outcome: sandboxed ? 'sandbox' : 'real' }),
    resumed: () => log.info('first sync was finished before'),
    progress: ({ kind, counts }) => {
      if (performance.now() - told < PROGRESS_MS) return;
      told = performance.now();
      log.info('run goes on', { cause: kind, counts: { ...counts } });
    },
    progressEnded: () => undefined,
    live: (_, port) => log.info('syncing live', { port }),
    waiting: (_, port) => log.info(WAITING, { port }),
    begun: () => log.info('the first sync was started'),
    changed: ({ pairs }, { cause }) => {
      for (const { hubspotId, salesforceId, result, reason, writes } of pairs) {
        if (writes.length === 0 && result !== 'failed') continue;
        log.info('record', {
          hubspotId,
          salesforceId,
          outcome: result,
          cause,
          ...(reason ? { reason: reason.code } : {}),
          fields: writes.map(({ side, field }) => `${side}.${field}`),
        });
      }
    },
    troubled: (error) => log.warn('will try again', { error }),
    changeEvents: ({ kind }) => log.info('change events', { outcome: kind }),
    stumbled: (key, error) =>
      log.error('failed on a record', {
        ...(key.side === 'hubspot' ? { hubspotId: key.id } : { salesforceId: key.id }),
        error,
      }),
    stopping: () => log.info('stopping'),
    stopped: () => log.info('stopped'),
    failed: (error) => {
      if (error instanceof ConfigurationError) throw error;
      log.error('failed', { error });
      return explained(error).code;
    },
  };
}
