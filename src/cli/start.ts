// `npm start`: sets everything up, runs the first sync (or what is left of it), then keeps syncing live.
// Without configuration: two stand-in CRMs and an embedded Postgres. With it: the real ones.
import { ConfigurationError } from '../api/environment.ts';
import { CallFailed } from '../engine/failures.ts';
import { startArguments, USAGE, UsageError, type StartArguments } from './arguments.ts';
import { checkRuntime } from './runtime.ts';

/** Exit codes: 1 something failed, 2 the command or the configuration is wrong. */
async function main(): Promise<number> {
  checkRuntime();
  let parsed: StartArguments;
  try {
    parsed = startArguments(process.argv.slice(2));
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
  const { startTandem } = await import('./tandem.ts');
  return startTandem(parsed, process.env);
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    if (error instanceof ConfigurationError) {
      process.stderr.write(
        `The configuration is not complete:\n${error.problems.map(({ variable, message }) => `  ${variable} ${message}`).join('\n')}\n\nLeave all of these out to try Tandem with stand-in CRMs and sample people.\n`,
      );
      process.exit(2);
    }
    if (error instanceof CallFailed) process.stderr.write(`${error.crm}: ${error.message}\n`);
    else
      process.stderr.write(
        `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    process.exit(1);
  },
);
