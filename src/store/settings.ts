// Settings versions: every save adds a row, nothing is edited in place.
import { sql, type Kysely } from 'kysely';
import { DEFAULT_SETTINGS, settingsSchema } from '../engine/settings.ts';
import type { SettingsStore, SettingsVersion } from './port.ts';
import type { Database } from './schema.ts';

const NEVER_SAVED: SettingsVersion = {
  version: 0,
  settings: DEFAULT_SETTINGS,
  savedBy: null,
  note: '',
  savedAt: null,
};

export function settingsStore(db: Kysely<Database>): SettingsStore {
  const current = async (): Promise<SettingsVersion> => {
    const row = await db
      .selectFrom('settings_versions')
      .selectAll()
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (!row) return NEVER_SAVED;
    return {
      version: row.version,
      // Read through the schema: a document of an older Tandem gets what it lacks.
      settings: settingsSchema.parse(row.settings),
      savedBy: row.saved_by,
      note: row.note,
      savedAt: row.saved_at.toISOString(),
    };
  };
  return {
    current,
    async save(baseVersion, settings, savedBy, note) {
      // The primary key decides between two saves of one version; a save from an older one finds a newer.
      const { rows } = await sql<{ version: number }>`
        insert into settings_versions (version, settings, saved_by, note)
        select ${baseVersion + 1}::integer, ${JSON.stringify(settings)}::jsonb, ${savedBy}, ${note}
        where coalesce((select max(version) from settings_versions), 0) = ${baseVersion}::integer
        on conflict do nothing returning version`.execute(db);
      return rows.length === 0 ? null : current();
    },
  };
}
