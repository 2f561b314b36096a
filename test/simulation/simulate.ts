// npm run simulate -- --seeds N [--from S] [--mutant "name"] [--json]
//
// Runs N histories and checks every promise, then every planted bug until a seed notices it. A seed that
// breaks a promise is cut down to a minimal script and printed with the command that replays it. As many
// processes as there are cores share the work. Ends with 1 when a promise was broken or a planted bug went unnoticed.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NO_MUTATION, simulate } from './history.ts';
import { MUTANTS } from './mutants.ts';
import { scriptOfSeed, shrink } from './seed.ts';

/** Seeds within which a planted bug has to be noticed. */
export const MUTANT_SEEDS = 200;

interface Part {
  readonly violations: readonly { readonly seed: number; readonly told: readonly string[] }[];
  readonly caught: Readonly<Record<string, number | null>>;
}

/** Every `of`-th seed and mutant, from the `part`-th on. */
async function runPart(seeds: number, from: number, part: number, of: number): Promise<Part> {
  const violations: { seed: number; told: readonly string[] }[] = [];
  for (let seed = from + part; seed < from + seeds; seed += of) {
    const told = (await simulate(scriptOfSeed(seed))).violations;
    if (told.length > 0) violations.push({ seed, told });
  }
  const caught: Record<string, number | null> = {};
  for (const [index, name] of Object.keys(MUTANTS).entries())
    if (index % of === part) caught[name] = await seedThatNotices(name);
  return { violations, caught };
}

/** The first seed in which a planted bug breaks a promise; null when none of 200 does. */
export async function seedThatNotices(name: string): Promise<number | null> {
  for (let seed = 1; seed <= MUTANT_SEEDS; seed += 1) {
    const { violations } = await simulate(scriptOfSeed(seed), MUTANTS[name] ?? NO_MUTATION);
    if (violations.length > 0) return seed;
  }
  return null;
}

/** Shares the work between as many processes as there are cores. */
export async function simulateAll(
  seeds: number,
  from = 1,
): Promise<Part & { readonly mutantsCaught: number; readonly mutantsTotal: number }> {
  const of = Math.min(availableParallelism(), 8);
  const parts = await Promise.all(
    Array.from({ length: of }, (_, part) =>
      inChild(['--part', `${part}/${of}`, '--seeds', String(seeds), '--from', String(from)]),
    ),
  );
  const violations = parts.flatMap((part) => part.violations);
  const caught = Object.assign({}, ...parts.map((part) => part.caught)) as Part['caught'];
  return {
    violations,
    caught,
    mutantsCaught: Object.values(caught).filter((seed) => seed !== null).length,
    mutantsTotal: Object.keys(MUTANTS).length,
  };
}

function inChild(parameters: readonly string[]): Promise<Part> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Part);
      else reject(new Error(`a simulating process ended with ${String(code)}`));
    });
  });
}

async function explainSeed(seed: number, mutant: string | undefined): Promise<string> {
  const mutation = mutant === undefined ? NO_MUTATION : (MUTANTS[mutant] ?? NO_MUTATION);
  const smallest = await shrink(scriptOfSeed(seed), mutation);
  const { violations, log } = await simulate(smallest, mutation);
  const planted = mutant === undefined ? '' : ` --mutant '${mutant}'`;
  const replay = `npm run simulate --${planted} --script '${JSON.stringify(smallest)}'`;
  return [`seed ${seed}`, ...violations, '', ...log, '', replay, ''].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      part: { type: 'string' },
      mutant: { type: 'string' },
      script: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [seeds, from] = [Number(values.seeds), Number(values.from)];
  if (values.part !== undefined) {
    const [part = 0, of = 1] = values.part.split('/').map(Number);
    process.stdout.write(JSON.stringify(await runPart(seeds, from, part, of)));
    return;
  }
  if (values.script !== undefined) {
    const script = JSON.parse(values.script) as Parameters<typeof simulate>[0];
    const { violations, log } = await simulate(script, MUTANTS[values.mutant ?? ''] ?? NO_MUTATION);
    process.stdout.write(`${[...log, '', ...violations].join('\n')}\n`);
    process.exitCode = violations.length > 0 ? 1 : 0;
    return;
  }
  if (values.mutant !== undefined) {
    const seed = await seedThatNotices(values.mutant);
    process.stdout.write(seed === null ? 'not noticed\n' : await explainSeed(seed, values.mutant));
    return;
  }
  const { violations, caught, mutantsCaught, mutantsTotal } = await simulateAll(seeds, from);
  if (values.json) {
    const summary = { seeds, violations: violations.length, mutantsCaught, mutantsTotal };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  } else {
    for (const { seed } of violations.slice(0, 3))
      process.stdout.write(await explainSeed(seed, undefined));
    for (const [name, seed] of Object.entries(caught))
      process.stdout.write(
        `${seed === null ? 'NOT NOTICED' : `seed ${seed}`.padEnd(11)}  ${name}\n`,
      );
    process.stdout.write(
      `${seeds} seeds, ${violations.length} broken promises; ${mutantsCaught} of ${mutantsTotal} planted bugs noticed\n`,
    );
  }
  if (violations.length > 0 || mutantsCaught < mutantsTotal) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
