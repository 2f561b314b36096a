// Tandem as the extensions see it: answers each call as the test says, and remembers what it was asked.
import type { ApiError, CallAnswer, CallName, CallParameters } from '../../../src/api/contract.ts';
import { TandemError } from '../../../extensions/ui/call-tandem.ts';
import type { CallTandem } from '../../../extensions/ui/call-tandem.ts';

export type Replies = {
  readonly [Name in CallName]?: (
    parameters: CallParameters<Name>,
  ) => CallAnswer<Name> | Promise<CallAnswer<Name>>;
};

export interface FakeTandem {
  readonly call: CallTandem;
  /** What one call was asked with, in order. */
  asked(name: CallName): readonly unknown[];
  /** Answers a call differently from now on. */
  reply(replies: Replies): void;
}

export function fakeTandem(first: Replies): FakeTandem {
  let replies = first;
  const calls: { readonly name: CallName; readonly parameters: unknown }[] = [];
  const call = async <Name extends CallName>(name: Name, parameters: CallParameters<Name>) => {
    calls.push({ name, parameters });
    const reply = replies[name];
    if (reply === undefined) throw new Error(`The test doesn’t answer ${name}.`);
    return reply(parameters);
  };
  return {
    call,
    asked: (name) => calls.filter((each) => each.name === name).map(({ parameters }) => parameters),
    reply: (more) => {
      replies = { ...replies, ...more };
    },
  };
}

/** An error as a function answers it. */
export function refusal(error: Partial<ApiError>): TandemError {
  return new TandemError({
    code: 'CRM_UNAVAILABLE',
    message: 'Salesforce did not answer.',
    fix: 'Try again in a minute.',
    field: null,
    ...error,
  });
}

/** An answer that the test gives when it likes. */
export function later<Value>(): {
  readonly answer: Promise<Value>;
  readonly give: (value: Value) => void;
} {
  let give: (value: Value) => void = () => undefined;
  const answer = new Promise<Value>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}
