// Nothing personal reaches the log, whatever is thrown: e-mail addresses, names and tokens are put into every
// place of every error class there is, and none comes out.
import { describe, expect, it } from 'vitest';
import pg from 'pg';
import { z } from 'zod';
import { ApiFailure } from '../../src/api/failure.ts';
import { ConfigurationError } from '../../src/api/environment.ts';
import { UsageError } from '../../src/cli/arguments.ts';
import { CallRejected, RateLimited, Unauthorized, Unavailable } from '../../src/engine/failures.ts';
import { AnswerLost, Forbidden } from '../../src/hubspot/transport.ts';
import { createLog } from '../../src/logs/log.ts';
import { StartOver } from '../../src/store/transaction.ts';

const PERSONAL = [
  'ada.lovelace@example.com',
  'Lovelace',
  'pat-na1-4f1c2d3e-secret',
  '00D000000000001!AQEAQtoken',
  'Königsallee 5',
  '+49 211 5551234',
];
const QUOTED = PERSONAL.join(' ');
const URL_WITH_ALL = `https://api.example.com/contacts?email=${PERSONAL[0] ?? ''}&token=${PERSONAL[2] ?? ''}`;
const MESSAGE = `Property values were not valid: [{"isValid":false,"message":"${QUOTED} was not one of","url":"${URL_WITH_ALL}"}]\n    at ${QUOTED} (/x/y.ts:1:1)`;

function lines(): { readonly written: string[]; readonly log: ReturnType<typeof createLog> } {
  const written: string[] = [];
  return { written, log: createLog({ to: { write: (line) => void written.push(line) } }) };
}

function expectNothingPersonal(text: string): void {
  for (const value of PERSONAL) expect(text).not.toContain(value);
  for (const word of [
    'Lovelace',
    'lovelace',
    'example.com',
    'pat-na1',
    'AQEA',
    '5551234',
    'email=',
  ])
    expect(text).not.toContain(word);
}

function databaseError(): Error {
  const error = new pg.DatabaseError(MESSAGE, 10, 'error');
  return Object.assign(error, {
    code: '23505',
    detail: `Key (email)=(${QUOTED}) already exists.`,
    where: QUOTED,
    hint: QUOTED,
    table: 'links',
    constraint: 'links_hubspot_id_key',
    internalQuery: `select '${QUOTED}'`,
  });
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const withCode = (code: string): Error => Object.assign(new Error(MESSAGE), { code });
const cause = new Error(MESSAGE, { cause: databaseError() });

const ERRORS: readonly (readonly [string, unknown])[] = [
  ['RateLimited', new RateLimited('HubSpot', MESSAGE, 2_000, { cause })],
  ['Unauthorized', new Unauthorized('Salesforce', MESSAGE, { cause })],
  ['Unavailable', new Unavailable('HubSpot', MESSAGE, { cause })],
  ['CallRejected', new CallRejected('HubSpot', MESSAGE, 400, 'VALIDATION_ERROR', { cause })],
  ['CallRejected with a value for a code', new CallRejected('Salesforce', MESSAGE, 400, QUOTED)],
  ['AnswerLost', new AnswerLost('HubSpot', MESSAGE, { cause })],
  ['Forbidden', new Forbidden('HubSpot', MESSAGE, { cause })],
  ['ApiFailure', new ApiFailure({ code: 'X', message: MESSAGE, fix: MESSAGE, field: QUOTED })],
  ['ConfigurationError', new ConfigurationError([{ variable: 'DATABASE_URL', message: MESSAGE }])],
  ['a variable that is none', new ConfigurationError([{ variable: QUOTED, message: MESSAGE }])],
  ['UsageError', new UsageError(MESSAGE)],
  ['StartOver', new StartOver()],
  ['a database error', databaseError()],
  ['a plain error', cause],
  ['an error renamed', Object.assign(new Error(MESSAGE), { name: QUOTED })],
  ['an error with a value for a code', withCode(QUOTED)],
  ['an error with an e-mail for a code', withCode(PERSONAL[0] ?? '')],
  ['a system error', Object.assign(withCode('ECONNREFUSED'), { syscall: 'connect', path: QUOTED })],
  ['an AggregateError', new AggregateError([cause, databaseError()], MESSAGE)],
  ['a SyntaxError of JSON', thrownBy(() => JSON.parse(`{"a": ${QUOTED}`))],
  [
    'a ZodError',
    thrownBy(() => z.object({ a: z.enum([QUOTED]) }).parse({ a: QUOTED, [QUOTED]: 1 })),
  ],
  ['a TypeError', thrownBy(() => (null as unknown as Record<string, unknown>)[QUOTED])],
  ['a text', MESSAGE],
  ['an object', { message: MESSAGE, email: QUOTED }],
  ['an error in a stack of ours', Object.assign(new Error('x'), { stack: MESSAGE })],
];

describe('an error in the log', () => {
  it.each(ERRORS)('%s tells nothing personal', (_, error) => {
    const { written, log } = lines();
    log.error('look failed', { where: 'hubspot', error });
    expect(written).toHaveLength(1);
    expectNothingPersonal(written.join(''));
  });

  it('still tells what kind it is, its codes and where it was thrown', () => {
    const { written, log } = lines();
    log.warn('will try again', {
      error: new CallRejected('HubSpot', MESSAGE, 400, 'VALIDATION_ERROR', {
        cause: databaseError(),
      }),
    });
    expect(JSON.parse(written.join(''))).toMatchObject({
      level: 'warn',
      event: 'will try again',
      error: {
        type: 'CallRejected',
        crm: 'HubSpot',
        status: 400,
        code: 'VALIDATION_ERROR',
        at: expect.arrayContaining([
          expect.stringContaining('test/logs/redaction.test.ts'),
        ]) as unknown,
        cause: { code: '23505', table: 'links', constraint: 'links_hubspot_id_key' },
      },
    });
  });

  it('is told of too when pg-boss made an object of it', () => {
    const { written, log } = lines();
    const { stack } = new Error(MESSAGE);
    log.warn('will try again', {
      error: { message: MESSAGE, stack, code: '57P01', queue: 'records', worker: QUOTED },
    });
    expectNothingPersonal(written.join(''));
    expect(JSON.parse(written.join(''))).toMatchObject({
      error: { type: 'object', code: '57P01' },
    });
  });

  it('names the variables of a wrong configuration', () => {
    const { written, log } = lines();
    log.error('failed', {
      error: new ConfigurationError([{ variable: 'DATABASE_URL', message: MESSAGE }]),
    });
    expect(JSON.parse(written.join(''))).toMatchObject({ error: { variables: ['DATABASE_URL'] } });
  });
});

describe('a fact in the log', () => {
  it('that doesn’t look like an id or a code is blotted out', () => {
    const { written, log } = lines();
    log.info('record', {
      hubspotId: 'ada.lovelace@example.com',
      salesforceId: 'Ada Lovelace',
      reason: QUOTED,
      fields: ['hubspot.email', QUOTED],
      route: URL_WITH_ALL,
      method: QUOTED,
      run: 'Lovelace',
    });
    expectNothingPersonal(written.join(''));
    expect(JSON.parse(written.join(''))).toMatchObject({
      hubspotId: '[blotted]',
      fields: ['hubspot.email', '[blotted]'],
    });
  });
  it('that is one is written', () => {
    const { written, log } = lines();
    const facts = {
      hubspotId: '51',
      salesforceId: '00Q000000000001AAA',
      outcome: 'updated',
      cause: 'live',
      reason: 'ANSWER_LOST',
      fields: ['salesforce.Custom_Field__c'],
      route: '/extensions/:bundle',
      counts: { seen: 3 },
      version: '1.0.0-beta.1+5',
      worker: 'tandem-worker-7f:41',
    };
    log.info('record', facts);
    expect(JSON.parse(written.join(''))).toMatchObject(facts);
  });
});
