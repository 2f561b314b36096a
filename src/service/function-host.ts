// Runs the built functions of app/functions the way HubSpot does: each in a thread of its own with its own
// environment and memory limit, a plain `require()` of the bundle, `exports.main(context)`, the answer taken
// through JSON, and HubSpot's error body for everything that goes wrong (hubspot-platform §3).
//
// A thread serves one call at a time and is kept warm for the next call of the same function; a time-out, a crash
// or a newer bundle replaces it. What runs inside the thread is function-thread.cjs.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { functionFailed } from './function-outcome.ts';
import type { FunctionOutcome, JsonValue } from './function-outcome.ts';

export interface FunctionHostOptions {
  /** Folder with one `<name>.js` for each function. */
  readonly folder: string;
  /** The functions' whole `process.env`: their secrets and `PRIVATE_APP_ACCESS_TOKEN`. */
  readonly env: Readonly<Record<string, string>>;
  /** How long a call may take, in milliseconds; HubSpot's local runner stops at 15 s. */
  readonly timeoutMs?: number;
  /** Heap of one thread, in megabytes. */
  readonly memoryMb?: number;
}

export interface FunctionHost {
  /** Calls a function; never rejects: what went wrong is in the outcome, as HubSpot would word it. */
  runFunction(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<FunctionOutcome>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** A file's identity: a rebuilt bundle must not be answered by a warm thread of the old one. */
type Bundle = { readonly path: string; readonly version: string };

interface WarmThread {
  readonly worker: Worker;
  readonly bundle: Bundle;
}

const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('returned'), json: z.string() }),
  z.object({ kind: z.literal('threw'), cause: z.string() }),
]);

const FUNCTION_NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/;
const threadFile = join(import.meta.dirname, 'function-thread.cjs');

function findBundle(folder: string, name: string): Bundle | null {
  if (!FUNCTION_NAME.test(name)) return null;
  const path = join(folder, `${name}.js`);
  if (!existsSync(path)) return null;
  const { mtimeMs, size } = statSync(path);
  return { path, version: `${mtimeMs}-${size}` };
}

/**
 * A host for the functions of one folder.
 *
 * @example
 * const host = createFunctionHost({ folder: 'app/functions', env: { DATABASE_URL } });
 * const outcome = await host.runFunction('get-record', { contactId: '51' });
 */
export function createFunctionHost({
  folder,
  env,
  timeoutMs = 15_000,
  memoryMb = 128,
}: FunctionHostOptions): FunctionHost {
  const idle = new Map<string, WarmThread>();
  const busy = new Set<Worker>();

  function takeThread(name: string, bundle: Bundle): WarmThread {
    const warm = idle.get(name);
    idle.delete(name);
    if (warm !== undefined) {
      if (warm.bundle.version === bundle.version) return warm;
      void warm.worker.terminate();
    }
    const worker = new Worker(threadFile, {
      env: { ...env },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    // A warm thread neither keeps the process alive nor brings it down when it dies between two calls.
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (idle.get(name)?.worker === worker) idle.delete(name);
    });
    return { worker, bundle };
  }

  function giveBack(name: string, thread: WarmThread): void {
    if (idle.has(name)) void thread.worker.terminate();
    else idle.set(name, thread);
  }

  async function runFunction(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<FunctionOutcome> {
    const bundle = findBundle(folder, name);
    if (bundle === null) return functionFailed(name, 'there is no such function in this app');
    const thread = takeThread(name, bundle);
    const { worker } = thread;
    busy.add(worker);
    const outcome = await new Promise<{ answer: FunctionOutcome; reusable: boolean }>((settle) => {
      const deadline = setTimeout(() => {
        fail(`the function timed out after ${timeoutMs / 1000} seconds`);
      }, timeoutMs);
      const stopListening = (): void => {
        clearTimeout(deadline);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      const fail = (cause: string): void => {
        stopListening();
        settle({ answer: functionFailed(name, cause), reusable: false });
      };
      const onMessage = (message: unknown): void => {
        const reply = replySchema.parse(message);
        stopListening();
        settle({
          answer:
            reply.kind === 'returned'
              ? { ok: true, response: JSON.parse(reply.json) as JsonValue }
              : functionFailed(name, reply.cause),
          reusable: true,
        });
      };
      const onError = (error: unknown): void => {
        fail(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      };
      const onExit = (code: number): void => {
        fail(`the process exited with code ${code}`);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage({ bundle: bundle.path, parametersJson: JSON.stringify(parameters) });
    });
    busy.delete(worker);
    if (outcome.reusable) giveBack(name, thread);
    else await worker.terminate();
    return outcome.answer;
  }

  return {
    runFunction,
    async close() {
      const workers = [...busy, ...[...idle.values()].map((thread) => thread.worker)];
      idle.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
