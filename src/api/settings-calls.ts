// The settings page's calls: what is in force, and saving with every check made again on this side.
import { settingsSchema, type Settings } from '../engine/settings.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { startAfterPause } from '../sync/runs/after-pause.ts';
import type { CONTRACT, SettingsView } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { mappingView } from './mapping-view.ts';
import { obstaclesTo } from './settings-checks.ts';
import type { z } from 'zod';

type SaveParameters = z.output<(typeof CONTRACT)['save-settings']['parameters']>;

export async function settingsView(pipeline: Pipeline): Promise<SettingsView> {
  const workspace = await pipeline.workspaces.current();
  const { version, savedAt, savedBy, settings } = workspace.settings;
  const { schemas, table } = workspace;
  return {
    version,
    savedAt,
    savedBy,
    mappings: table.mappings.map((mapping) =>
      mappingView(mapping, schemas, table.problems.get(mapping.key) ?? null),
    ),
    document: settings,
  };
}

export async function saveSettings(
  pipeline: Pipeline,
  asked: SaveParameters,
  savedBy: string,
): Promise<SettingsView> {
  const workspace = await pipeline.workspaces.current();
  const before = workspace.settings.settings;
  const settings = documentWith(before, asked.parts);
  const [obstacle] = await obstaclesTo(settings, before, workspace, pipeline);
  if (obstacle) throw new ApiFailure(obstacle);
  const saved = await pipeline.ports.store.settings.save(
    asked.baseVersion,
    settings,
    savedBy,
    asked.note,
  );
  if (saved === null) throw settingsChangedMeanwhile();
  await startAfterPause(pipeline, savedBy);
  return settingsView(pipeline);
}

export const settingsChangedMeanwhile = (): ApiFailure =>
  new ApiFailure({
    code: 'SETTINGS_CHANGED_MEANWHILE',
    message: 'Somebody else saved the settings since you opened them; nothing of yours was saved.',
    fix: 'Reload the page and make your change again.',
    field: null,
  });

/** The settings in force with some parts replaced; refused when a part isn't valid. */
export function documentWith(before: Settings, parts: SaveParameters['parts']): Settings {
  const document = settingsSchema.safeParse({ ...before, ...parts });
  if (document.success) return document.data;
  const [issue] = document.error.issues;
  throw new ApiFailure({
    code: 'INVALID_SETTINGS',
    message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
    fix: null,
    field: issue?.path.join('.') ?? null,
  });
}
