// The service's log: JSON lines by pino. What can be said is a closed list of facts (ids, codes, counts, times),
// so that a value of a person has no place to go: TypeScript refuses any other name, and a text that
// doesn't look like an id, a code or a route is blotted out.
import pino, { type DestinationStream } from 'pino';
import { errorFacts } from './error-facts.ts';

export interface Facts {
  readonly hubspotId?: string | null;
  readonly salesforceId?: string | null;
  /** What became of a record, or of a look. */
  readonly outcome?: string;
  /** What woke the sync. */
  readonly cause?: string;
  /** Code of a reason. */
  readonly reason?: string;
  /** Names of fields, never what is in them. */
  readonly fields?: readonly string[];
  readonly where?: string;
  readonly run?: string;
  readonly counts?: Readonly<Record<string, number>>;
  /** Name of a call of the contract. */
  readonly call?: string;
  /** HubSpot's id of a user. */
  readonly user?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly port?: number;
  readonly worker?: string;
  readonly role?: string;
  readonly version?: string;
  readonly signal?: string;
  /** Anything thrown. */
  readonly error?: unknown;
}

type Level = 'info' | 'warn' | 'error';

/** `event` is a constant of the code: `look failed`. */
export type Log = Readonly<Record<Level, (event: string, facts?: Facts) => void>>;

export interface LogOptions {
  readonly to: DestinationStream;
  /** Part of every line. */
  readonly bindings?: Pick<Facts, 'worker' | 'role' | 'version'>;
}

export function createLog({ to, bindings = {} }: LogOptions): Log {
  const logger = pino(
    {
      base: { pid: process.pid, ...bindings },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      messageKey: 'event',
    },
    to,
  );
  const write =
    (level: Level) =>
    (event: string, facts: Facts = {}): void => {
      logger[level](told(facts), event);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** What each text must look like to be written. */
const ID_SHAPES: Readonly<Record<string, RegExp>> = {
  hubspotId: /^\d{1,20}$/,
  salesforceId: /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/,
  run: /^\d{1,20}$/,
  user: /^\d{1,20}$/,
  route: /^[\w/:.*{}-]{1,128}$/,
};
/** Codes, names of fields, versions. */
const CODE_SHAPE = /^[\w][\w.:+-]{0,63}$/;

const plain = (name: string, text: string): string =>
  (ID_SHAPES[name] ?? CODE_SHAPE).test(text) ? text : '[blotted]';

function told({ error, fields, counts, ...rest }: Facts): Record<string, unknown> {
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [
        name,
        typeof value === 'string' ? plain(name, value) : value,
      ]),
    ),
    ...(fields === undefined ? {} : { fields: fields.map((field) => plain('fields', field)) }),
    ...(counts === undefined ? {} : { counts }),
    ...(error === undefined ? {} : { error: errorFacts(error) }),
  };
}
