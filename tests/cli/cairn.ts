import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/platform/db/database.ts';

export type Run = { status: number; out: string[]; err: string[] };

/** Runs one `cairn` command in this process, with `env` as its whole environment. */
export async function cairn(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(args, {
    terminal: { out: (line) => out.push(line), err: (line) => err.push(line) },
    readConfig: () => readConfig(env),
  });
  return { status, out, err };
}

/** Imports `text` as the file `company.yaml`; lines name it without its folder. */
export async function importText(url: string, text: string | Buffer, options: string[] = []): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-import-'));
  try {
    await writeFile(join(folder, 'company.yaml'), text);
    const run = await cairn(['import', join(folder, 'company.yaml'), ...options], { DATABASE_URL: url });
    const short = (line: string): string => line.replaceAll(`${folder}/`, '');
    return { status: run.status, out: run.out.map(short), err: run.err.map(short) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How many rows the whole database has: what an import that wrote nothing leaves as it was. */
export async function countRows(db: Database): Promise<number> {
  const tables = [
    'workspaces',
    'people',
    'channels',
    'teams',
    'events',
    'rocks',
    'rock_names',
    'rock_links',
    'rock_backups',
    'stints',
    'cycles',
    'objectives',
    'objective_needs',
    'key_results',
    'cadences',
    'cadence_teams',
    'company_days',
    'absences',
  ] as const;
  let count = 0;
  for (const table of tables) {
    const row = await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    count += row.n;
  }
  return count;
}

/** The types of the events since `after`, in order, and the last event's id. */
export async function eventTypes(db: Database, after = 0): Promise<{ types: string[]; last: number }> {
  const rows = await db
    .selectFrom('events')
    .select(['id', 'type'])
    .where('id', '>', after)
    .orderBy('id')
    .execute();
  return { types: rows.map((row) => row.type), last: rows.at(-1)?.id ?? after };
}
