// Settings versions in memory: see `memory-store.ts`.
import { DEFAULT_SETTINGS, settingsSchema } from '../engine/settings.ts';
import { copyOf } from './json.ts';
import type { SettingsStore, SettingsVersion } from './port.ts';

export function memorySettings(now: () => string): SettingsStore {
  const versions: SettingsVersion[] = [
    { version: 0, settings: DEFAULT_SETTINGS, savedBy: null, note: '', savedAt: null },
  ];
  const newest = (): SettingsVersion => versions.at(-1) as SettingsVersion;
  return {
    current: () => Promise.resolve(newest()),
    version: (version) => Promise.resolve(versions[version] ?? null),
    list: (before, limit) => {
      const listed = versions
        .toReversed()
        .filter(({ version }) => before === null || version < before)
        .slice(0, limit);
      return Promise.resolve(
        listed.map(({ version, savedBy, note, savedAt }) => ({ version, savedBy, note, savedAt })),
      );
    },
    save: (baseVersion, settings, savedBy, note) => {
      if (newest().version !== baseVersion) return Promise.resolve(null);
      const saved: SettingsVersion = {
        version: baseVersion + 1,
        settings: settingsSchema.parse(copyOf(settings)),
        savedBy,
        note,
        savedAt: now(),
      };
      versions.push(saved);
      return Promise.resolve(saved);
    },
  };
}
