import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

const folder = join(import.meta.dirname, '../../../migrations');

/**
 * Brings the schema to the newest migration and returns the names of those it ran.
 * Safe from any number of processes at once: the migrator's lock lets one work while the others wait.
 * A schema that is newer than this code is left alone: during a deploy old and new run side by side.
 */
export async function migrate(db: Database, provider = folderOf(folder)): Promise<string[]> {
  const known = Object.keys(await provider.getMigrations());
  const done = await executedMigrations(db);
  if (known.every((name) => done.has(name))) return [];

  // One may have to stand between those that landed, where a new release of PostgreSQL refuses a later one of them. Where
  // all of those ran long ago, it is run by itself.
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName);
}

/** Whether every migration that this code knows has been run. */
export async function isMigrated(db: Database, provider = folderOf(folder)): Promise<boolean> {
  const done = await executedMigrations(db);
  return Object.keys(await provider.getMigrations()).every((name) => done.has(name));
}

function folderOf(path: string): MigrationProvider {
  return {
    async getMigrations() {
      const files = (await readdir(path)).filter((file) => file.endsWith('.ts')).sort();
      const migrations: Record<string, Migration> = {};
      for (const file of files) {
        migrations[file.slice(0, -'.ts'.length)] = await import(pathToFileURL(join(path, file)).href);
      }
      return migrations;
    },
  };
}

async function executedMigrations(db: Database): Promise<Set<string>> {
  const { rows: tables } = await sql<{ name: string | null }>`
    select to_regclass('kysely_migration')::text as name`.execute(db);
  if (tables.every((table) => table.name === null)) return new Set();
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return new Set(rows.map((row) => row.name));
}
