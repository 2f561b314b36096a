// The steps of the first-run guide, from the facts. Pure.
import type { Run } from '../store/runs-port.ts';
import type { ConnectionView } from './connection-contract.ts';
import type { SetupStep } from './setup-contract.ts';

export interface SetupFacts {
  readonly connection: ConnectionView;
  /** Somebody has saved settings. */
  readonly isSaved: boolean;
  readonly listId: string | null;
  /** The newest over everybody; null: none yet. */
  readonly dryRun: Run | null;
  readonly firstSync: Run | null;
  /** Somebody has started a first sync once, however it ended. */
  readonly hasBegun: boolean;
}

type Step = Omit<SetupStep, 'state'> & { readonly state: 'done' | 'open' | 'running' | 'blocked' };

/** The first that is open is the one to do. */
export function stepsOf(facts: SetupFacts): SetupStep[] {
  const steps = [
    connectStep(facts),
    permissionsStep(facts),
    listStep(facts),
    mappingsStep(facts),
    dryRunStep(facts),
    firstSyncStep(facts),
  ];
  const next = steps.find(({ state }) => state === 'open' || state === 'running');
  return steps.map((step) =>
    step === next && step.state === 'open' ? { ...step, state: 'next' } : step,
  );
}

const isConnected = ({ connection: { salesforce, hubspot } }: SetupFacts): boolean =>
  salesforce.error === null && hubspot.error === null;

function connectStep(facts: SetupFacts): Step {
  const { salesforce, hubspot } = facts.connection;
  if (isConnected(facts)) {
    const org = salesforce.organization ?? salesforce.organizationId ?? 'your org';
    const kind = salesforce.kind === null ? '' : ` (${salesforce.kind})`;
    return {
      id: 'connect',
      state: 'done',
      sentence: `HubSpot ${hubspot.portalId ?? ''} and Salesforce ${org}${kind} are connected.`,
      blockedBy: null,
    };
  }
  const failures = [
    salesforce.error === null ? [] : [`Salesforce: ${salesforce.error}`],
    hubspot.error === null ? [] : [`HubSpot: ${hubspot.error}`],
  ].flat();
  return {
    id: 'connect',
    state: 'open',
    sentence: `Not connected. ${failures.join(' ')} Check the credentials of the service, then look again.`,
    blockedBy: null,
  };
}

const problemsOf = ({ connection }: SetupFacts): number =>
  [...connection.salesforceChecks, ...connection.hubspotChecks].filter(
    ({ state }) => state === 'problem',
  ).length;

function permissionsStep(facts: SetupFacts): Step {
  const about = { id: 'permissions', blockedBy: null } as const;
  if (!isConnected(facts)) return blocked('permissions', 'What Tandem may do in both systems.');
  const problems = problemsOf(facts);
  const fields = facts.connection.fields.filter(({ state }) => state === 'problem').length;
  if (problems > 0)
    return {
      ...about,
      state: 'open',
      sentence: `${problems === 1 ? 'One permission is' : `${problems} permissions are`} missing. Each is listed with what to do.`,
    };
  return {
    ...about,
    state: 'done',
    sentence:
      fields === 0
        ? 'Tandem may do all that the settings ask for.'
        : `Tandem may do what it has to; ${fields === 1 ? 'one mapped field is' : `${fields} mapped fields are`} out of its sight and left out.`,
  };
}

const blocked = (
  id: SetupStep['id'],
  sentence: string,
  blockedBy = 'Connect both systems first.',
): Step => ({
  id,
  state: 'blocked',
  sentence,
  blockedBy,
});

/** Whoever has saved settings, or tried them dry, has made up their mind. */
const isDecided = ({ isSaved, dryRun, firstSync }: SetupFacts): boolean =>
  isSaved || dryRun !== null || firstSync !== null;

function listStep(facts: SetupFacts): Step {
  const isDone = facts.listId !== null || isDecided(facts);
  const everybody = 'Everybody syncs. Choose a segment to sync its members only, or go on.';
  if (!isConnected(facts)) return blocked('list', everybody);
  return {
    id: 'list',
    state: isDone ? 'done' : 'open',
    sentence: facts.listId === null ? everybody : 'A segment decides who syncs.',
    blockedBy: null,
  };
}

function mappingsStep(facts: SetupFacts): Step {
  const sentence =
    'The usual fields are mapped already. Look through them, and map fields of your own.';
  if (!isConnected(facts)) return blocked('mappings', sentence);
  const state = isDecided(facts) ? 'done' : 'open';
  return { id: 'mappings', state, sentence, blockedBy: null };
}

function obstacleTo(facts: SetupFacts): string | null {
  if (!isConnected(facts)) return 'Connect both systems first.';
  if (problemsOf(facts) > 0) return 'Give Tandem the permissions it lacks first.';
  const workers = facts.connection.liveChecks.find(({ id }) => id === 'live.workers');
  return workers?.state === 'problem' ? (workers.fix ?? workers.sentence) : null;
}

const OPEN: readonly Run['state'][] = ['waiting', 'running', 'paused'];

function runStep(
  id: 'dryRun' | 'firstSync',
  run: Run | null,
  obstacle: string | null,
  words: { readonly open: string; readonly done: string; readonly running: string },
): Step {
  if (run?.state === 'finished')
    return { id, state: 'done', sentence: words.done, blockedBy: null };
  if (run && OPEN.includes(run.state))
    return { id, state: 'running', sentence: words.running, blockedBy: null };
  return obstacle === null
    ? { id, state: 'open', sentence: words.open, blockedBy: null }
    : blocked(id, words.open, obstacle);
}

const dryRunStep = (facts: SetupFacts): Step =>
  runStep('dryRun', facts.dryRun, obstacleTo(facts), {
    open: 'Tells what the first sync would do to whom. Nothing is written.',
    running: 'On its way. Nothing is written.',
    done: 'Look at what would be done before you start the first sync.',
  });

const firstSyncStep = (facts: SetupFacts): Step =>
  runStep('firstSync', facts.firstSync, obstacleTo(facts), {
    open: `${facts.hasBegun ? '' : 'Waiting for you: nobody is synced and nothing is written until you start it. '}Everybody on both sides, once. After that only changes are synced, within seconds.`,
    running: 'On its way. It can be paused on the Runs tab and goes on by itself after a restart.',
    done: 'Done.',
  });
