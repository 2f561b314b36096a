// Puts what only admins may do on record, whoever adds such a call: before it is done, and with what came of it.
import type { AdminCalls, AdminCallSubject } from '../store/admin-calls.ts';
import type { Caller } from './caller.ts';
import type { AdminCall } from './who-may.ts';

/** Which of a call's parameters and answer say what it was about: ids and words, no values of people. */
const TELLING = ['id', 'control', 'version'] as const;

const isTold = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

function tellingPart(value: unknown): AdminCallSubject {
  if (typeof value !== 'object' || value === null) return {};
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    TELLING.flatMap((name): [string, string | number][] => {
      const told = fields.get(name);
      return isTold(told) ? [[name, told]] : [];
    }),
  );
}

export async function onRecord(
  trail: AdminCalls,
  { name, parameters, caller }: { name: AdminCall; parameters: unknown; caller: Caller },
  codeOf: (error: unknown) => string,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const row = await trail.begin({ call: name, userId: caller.userId, email: caller.email });
  const asked = tellingPart(parameters);
  // What was done is done: a row that stays open says so too.
  const ended = (outcome: string, about: AdminCallSubject): Promise<void> =>
    trail.end(row, outcome, about).catch(() => undefined);
  try {
    const value = await work();
    await ended('done', { ...asked, ...tellingPart(value) });
    return value;
  } catch (error) {
    await ended(codeOf(error), asked);
    throw error;
  }
}
