import { parseArgs } from 'node:util';

export interface StartArguments {
  /** One full sync, then exit. */
  readonly once: boolean;
  /** The result as JSON on stdout; progress goes to stderr. */
  readonly json: boolean;
  readonly port: number;
  /** Only a worker: the queue and the looks, beside a service on the same database. */
  readonly worker: boolean;
  /** Address at which a worker answers health checks. */
  readonly host: string;
  /** Where the embedded store and the stand-ins keep their rows. */
  readonly folder: string;
  readonly help: boolean;
}

export const USAGE = `Usage: npm start -- [options]
       npm start -- run <kind> [options]
       npm start -- runs [id] | pause <id> | resume <id> | cancel <id>
       npm start -- sync <HubSpot contact id> …

Syncs Salesforce leads and contacts with HubSpot contacts. Without any configuration it starts two
stand-in CRMs with sample people; with HUBSPOT_ACCESS_TOKEN, SALESFORCE_* and DATABASE_URL it uses yours.

  --once          one full sync, then exit
  --json          print the result as JSON (progress goes to stderr)
  --port <n>      port of the service and the preview (default 3000, or a free one if that is taken)
  --worker        only a worker beside a service on the same DATABASE_URL; any number of them may run
  --host <ip>     with --worker: address for health checks and metrics (default 127.0.0.1)
  --folder <dir>  where the embedded store keeps its data (default ./.tandem)
  --help          this text

Runs, for the service or the workers on the same database (DATABASE_URL, or the one in --folder):

  run import      all leads and contacts, or:
                    --object Lead|Contact   only these
                    --where "<condition>"   only those of --object that meet it: SOQL as after WHERE
                    --campaign <id>         only the members of a campaign
  run push        every HubSpot contact to Salesforce
  run list        the members of a HubSpot list: --list <id>
  run everything  everybody on both sides
  run backfill    every pair, for one mapping: --mapping <HubSpot property>
  run reconcile   everybody on both sides, and whoever is on neither any more
  run retry       errors: --category <name>, as often as you like (default: all, but for what a setting left out)
  run records     some contacts: --contacts 1,2,3
  run undo        what a run wrote, taken back where nobody changed it since: --of <number of the run>.
                  Records that it created stay.

    --dry         writes nothing; tells what would be done
    --follow      stays until it ends (Ctrl-C leaves the run running)

  runs            the latest runs; with an id, what that one left out or would do (--after <n>: the next page)
  sync            syncs these contacts now and says what came of it

With --json all of these print JSON. The exit code is 0 when it was done, 1 when it failed or nobody works
on runs, 2 when the command or the configuration is wrong.
`;

export class UsageError extends Error {}

const LOOPBACK = '127.0.0.1';

export function startArguments(argv: readonly string[]): StartArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        port: { type: 'string', default: '3000' },
        worker: { type: 'boolean', default: false },
        host: { type: 'string' },
        folder: { type: 'string', default: '.tandem' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${values.port}: not a port number between 0 and 65535`);
  const { once, json, folder, help, worker, host } = values;
  if (worker && once)
    throw new UsageError('--worker and --once: a worker goes on until it is stopped');
  // The service answers the preview too, which trusts whoever is on this machine.
  if (host !== undefined && !worker) throw new UsageError('--host is for --worker');
  return { once, json, port, folder, help, worker, host: host ?? LOOPBACK };
}
