// `npm start`: sets everything up and keeps syncing live. Without configuration: two stand-in CRMs and an embedded
// Postgres, and the first sync at once. With it: the real ones, and the first sync when somebody starts it.
import { startArguments, USAGE, UsageError, type StartArguments } from './arguments.ts';
import { explained } from './failures.ts';
import type { RunCommand } from './run-arguments.ts';
import { checkRuntime } from './runtime.ts';

/** Exit codes: 1 something failed, 2 the command or the configuration is wrong. */
async function main(): Promise<number> {
  checkRuntime();
  let parsed: StartArguments | RunCommand;
  try {
    const argv = process.argv.slice(2);
    const { runCommandIn } = await import('./run-arguments.ts');
    parsed = runCommandIn(argv) ?? startArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (parsed.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  // Loaded only now: on a Node that is too old these files would not even parse.
  if ('command' in parsed) {
    const { runCommand } = await import('./run-command.ts');
    return runCommand(parsed, process.env);
  }
  if (parsed.worker) {
    const { startWorker } = await import('./worker.ts');
    return startWorker(parsed, process.env);
  }
  const { startTandem } = await import('./tandem.ts');
  return startTandem(parsed, process.env);
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    const { text, code } = explained(error);
    process.stderr.write(`${text}\n`);
    process.exit(code);
  },
);
