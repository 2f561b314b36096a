// How urgent the work at hand is. It goes along with the asynchronous calls of the work, so that nothing has
// to be passed through the pipeline to reach the adapters.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallClass } from '../engine/call-budget.ts';

const classes = new AsyncLocalStorage<CallClass>();

/** Does the work; its calls to the CRMs count as `cls`. */
export const inClass = <Result>(cls: CallClass, work: () => Result): Result =>
  classes.run(cls, work);

/** Work that says nothing about itself is a person's or a change's. */
export const currentClass = (): CallClass => classes.getStore() ?? 'live';
