// The benchmark's processes: stand-ins, Tandem, the bare loop and the script each run in one of their own, so
// that none takes another's processor or counts in another's memory. The bench asks, a child answers, over
// Node's IPC.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };

const questionSchema = z.object({ id: z.number(), what: z.string(), input: z.unknown() });
const answerSchema = z.union([
  z.object({ id: z.number(), answer: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
]);

export interface ChildOptions {
  /** A folder for a CPU profile of the child, written when it stops. */
  readonly profile?: string | null;
  readonly heapMb?: number;
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

const QUIET = ['--no-warnings'];
/** What `npm start` gives Node. */
const HEAP_FLAGS = packageJson.scripts.start
  .split(' ')
  .filter((word) => /^--.*heap|semi/.test(word));

export class Child {
  readonly #process: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #ended: Promise<void>;
  #lastId = 0;

  /** `file`: in `children/`. */
  constructor(file: string, { profile = null, heapMb }: ChildOptions = {}) {
    this.#process = fork(fileURLToPath(new URL(`./children/${file}`, import.meta.url)), [], {
      execArgv: [
        ...QUIET,
        ...(file === 'tandem.ts' ? HEAP_FLAGS : []),
        ...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`]),
        ...(profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      ],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message) => {
      const said = answerSchema.parse(message);
      const asked = this.#asked.get(said.id);
      this.#asked.delete(said.id);
      if ('error' in said) asked?.reject(new Error(`${file}: ${said.error}`));
      else asked?.resolve(said.answer);
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once('exit', (code) => {
        for (const { reject } of this.#asked.values())
          reject(new Error(`${file} ended with ${String(code)}`));
        resolve();
      });
    });
  }

  async ask<Answer>(what: string, input: unknown, schema: z.ZodType<Answer>): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#process.send({ id, what, input });
    });
    return schema.parse(answer);
  }

  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#ended;
  }
}

/** In a child: answers what the bench asks, until the bench lets go. */
export function answer(
  handlers: Readonly<Record<string, (input: unknown) => unknown>>,
  close: () => Promise<void>,
): void {
  const reply = async (message: unknown): Promise<void> => {
    const { id, what, input } = questionSchema.parse(message);
    try {
      const handler = handlers[what];
      if (!handler) throw new Error(`nobody here knows “${what}”`);
      process.send?.({ id, answer: (await handler(input)) ?? null });
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ id, error: text });
    }
  };
  process.on('message', (message) => void reply(message));
  process.on('disconnect', () => {
    void close().finally(() => {
      process.exit(0);
    });
  });
}

/** What a piece of work took in the process that did it. */
export const takenSchema = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** The most memory the process ever held. */
  peakRssMb: z.number(),
});
export type Taken = z.infer<typeof takenSchema>;

export async function measured(work: () => Promise<unknown>): Promise<Taken> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  };
}
