// Settings versions: every save adds a row, nothing is edited in place.
import { sql, type Kysely, type Selectable } from 'kysely';
import { DEFAULT_SETTINGS, settingsSchema } from '../engine/settings.ts';
import { storableJson } from './json.ts';
import type { SettingsStore, SettingsVersion, SettingsVersionRow } from './port.ts';
import type { Database, SettingsVersionsTable } from './schema.ts';

const NEVER_SAVED: SettingsVersion = {
  version: 0,
  settings: DEFAULT_SETTINGS,
  savedBy: null,
  note: '',
  savedAt: null,
};

const NEVER_SAVED_ROW: SettingsVersionRow = {
  version: 0,
  savedBy: null,
  note: '',
  savedAt: null,
};
/** The largest that the column takes. */
const MOST_VERSIONS = 2_147_483_647;

function versionOf(row: Selectable<SettingsVersionsTable>): SettingsVersion {
  return {
    version: row.version,
    // Read through the schema: a document of an older Tandem gets what it lacks.
    settings: settingsSchema.parse(row.settings),
    savedBy: row.saved_by,
    note: row.note,
    savedAt: row.saved_at.toISOString(),
  };
}

export function settingsStore(db: Kysely<Database>): SettingsStore {
  /** Versions never change, and every batch asks for the current one. */
  let known = NEVER_SAVED;
  return {
    async current() {
      const { rows } = await sql<{ version: number | null }>`
        select max(version) as version from settings_versions`.execute(db);
      const version = rows[0]?.version ?? 0;
      if (version !== known.version)
        known = versionOf(
          await db
            .selectFrom('settings_versions')
            .selectAll()
            .where('version', '=', version)
            .executeTakeFirstOrThrow(),
        );
      return known;
    },

    async version(version) {
      if (version === 0) return NEVER_SAVED;
      const row = await db
        .selectFrom('settings_versions')
        .selectAll()
        .where('version', '=', version)
        .executeTakeFirst();
      return row ? versionOf(row) : null;
    },

    async list(before, limit) {
      const rows = await db
        .selectFrom('settings_versions')
        .select(['version', 'saved_by', 'note', 'saved_at'])
        .where('version', '<', before ?? MOST_VERSIONS)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      const listed = rows.map((row): SettingsVersionRow => {
        const { version, saved_by: savedBy, note, saved_at: savedAt } = row;
        return { version, savedBy, note, savedAt: savedAt.toISOString() };
      });
      return listed.length < limit && (before ?? 1) > 0 ? [...listed, NEVER_SAVED_ROW] : listed;
    },

    async save(baseVersion, settings, savedBy, note) {
      // A save from an older version finds a newer one; of two from the newest, the primary key takes one.
      const { rows } = await sql<Selectable<SettingsVersionsTable>>`
        insert into settings_versions (version, settings, saved_by, note)
        select ${baseVersion + 1}::int4, ${storableJson(settings)}::jsonb, ${savedBy}, ${note}
        where coalesce((select max(version) from settings_versions), 0) = ${baseVersion}::int4
        on conflict do nothing returning *`.execute(db);
      const [row] = rows;
      return row ? versionOf(row) : null;
    },
  };
}
