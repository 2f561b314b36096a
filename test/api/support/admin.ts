// Calls of the contract over one world, as an admin makes them.
import type { Answer, CallAnswer, CallName, CallParameters } from '../../../src/api/contract.ts';
import { handleCall } from '../../../src/api/handle.ts';
import type { World } from '../../e2e/support/world.ts';
import { ADMIN } from '../../support/callers.ts';

export function adminOf(world: () => World) {
  async function call<Name extends CallName>(
    name: Name,
    parameters: CallParameters<Name>,
  ): Promise<Answer<CallAnswer<Name>>> {
    return (await handleCall(name, parameters, world().services, ADMIN)) as Answer<
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
