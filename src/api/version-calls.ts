// The calls about versions of the settings. Restoring saves the old document as a new version, after the same checks
// as any save: what was mapped then may be gone by now.
import { PART_LABELS, settingsDiff, type SettingNames } from '../engine/settings-diff.ts';
import type { Settings } from '../engine/settings.ts';
import type { SettingsVersion } from '../store/port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import { startAfterPause } from '../sync/runs/after-pause.ts';
import { ApiFailure } from './failure.ts';
import { inTime } from './in-time.ts';
import { listsIn, obstaclesTo } from './settings-checks.ts';
import { settingsChangedMeanwhile } from './settings-calls.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

const VERSIONS_PER_PAGE = 20;
/** How long names of lists are waited for. */
const PATIENCE_MS = 3_000;

export async function settingsVersions(
  { ports: { store } }: Pipeline,
  { before }: Parameters<'get-settings-versions'>,
): Promise<CallAnswer<'get-settings-versions'>> {
  const [more, current] = await Promise.all([
    store.settings.list(before, VERSIONS_PER_PAGE + 1),
    store.settings.current(),
  ]);
  const versions = more.slice(0, VERSIONS_PER_PAGE);
  return {
    versions: [...versions],
    current: current.version,
    before: more.length > VERSIONS_PER_PAGE ? (versions.at(-1)?.version ?? null) : null,
  };
}

export async function comparedSettings(
  pipeline: Pipeline,
  asked: Parameters<'compare-settings'>,
): Promise<CallAnswer<'compare-settings'>> {
  const wanted = await versionOf(pipeline, asked.version);
  const workspace = await pipeline.workspaces.current();
  const { version: current, settings } = workspace.settings;
  const [names, obstacles] = await Promise.all([
    namesFor([wanted.settings, settings], workspace, pipeline),
    obstaclesTo(wanted.settings, settings, workspace, pipeline),
  ]);
  const { version, savedAt, savedBy, note } = wanted;
  return {
    version: { version, savedAt, savedBy, note },
    current,
    differences: settingsDiff(wanted.settings, settings, names).map((difference) => ({
      ...difference,
      part: PART_LABELS[difference.part],
    })),
    obstacles: obstacles.map(({ message }) => message),
  };
}

export async function restoredSettings(
  pipeline: Pipeline,
  { version, baseVersion }: Parameters<'restore-settings'>,
  savedBy: string,
): Promise<CallAnswer<'restore-settings'>> {
  const { store } = pipeline.ports;
  const wanted = await versionOf(pipeline, version);
  // What was mapped then may be gone: what is there is looked at now, not remembered.
  pipeline.workspaces.refresh();
  const workspace = await pipeline.workspaces.current();
  const obstacles = await obstaclesTo(
    wanted.settings,
    workspace.settings.settings,
    workspace,
    pipeline,
  );
  const [obstacle] = obstacles;
  if (obstacle) {
    throw new ApiFailure({
      code: 'CANNOT_BE_RESTORED',
      message: `Version ${version} can’t be restored as it is. ${obstacles.map(({ message }) => message).join(' ')}`,
      fix: 'Put that right first, or make the other changes by hand.',
      field: obstacle.field,
    });
  }
  const note = version === 0 ? 'Restored the built-in settings' : `Restored version ${version}`;
  const saved = await store.settings.save(baseVersion, wanted.settings, savedBy, note);
  if (saved === null) throw settingsChangedMeanwhile();
  await startAfterPause(pipeline, savedBy);
  return { version: saved.version, note };
}

async function versionOf({ ports }: Pipeline, version: number): Promise<SettingsVersion> {
  const found = await ports.store.settings.version(version);
  if (found !== null) return found;
  throw new ApiFailure({
    code: 'VERSION_NOT_FOUND',
    message: `There is no version ${version} of the settings.`,
    fix: 'Choose one of the list.',
    field: 'version',
  });
}

async function namesFor(
  settings: readonly Settings[],
  { schemas, owners }: Workspace,
  { ports }: Pipeline,
): Promise<SettingNames> {
  const ids = [...new Set(settings.flatMap(listsIn).map(([, id]) => id))];
  const lists = new Map(
    await Promise.all(
      ids.map(
        async (id) => [id, (await inTime(ports.hubspot.lists.get(id), PATIENCE_MS))?.name] as const,
      ),
    ),
  );
  return {
    property: (name) => schemas.hubspot.get(name)?.label ?? name,
    field: (object, name) => schemas.salesforce[object].get(name)?.label ?? name,
    list: (id) => {
      const name = lists.get(id);
      return name === undefined ? `List ${id}` : `“${name}”`;
    },
    owner: (id) => owners.name(id),
  };
}
