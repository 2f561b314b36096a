// Calls of the contract over one world, as a given caller makes them.
import type { Caller } from '../../../src/api/caller.ts';
import type { Answer, CallAnswer, CallName, CallParameters } from '../../../src/api/contract.ts';
import { handleCall } from '../../../src/api/handle.ts';
import type { World } from '../../e2e/support/world.ts';
import { ADMIN } from '../../support/callers.ts';

export function callsOf(world: () => World, caller: Caller | null) {
  async function call<Name extends CallName>(
    name: Name,
    parameters: CallParameters<Name>,
  ): Promise<Answer<CallAnswer<Name>>> {
    return (await handleCall(name, parameters, world().services, caller)) as Answer<
      CallAnswer<Name>
    >;
  }

  async function value<Name extends CallName>(name: Name, parameters: CallParameters<Name>) {
    const answer = await call(name, parameters);
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  }

  return { call, value };
}

export const adminOf = (world: () => World) => callsOf(world, ADMIN);
