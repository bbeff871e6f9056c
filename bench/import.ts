import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { importable } from '../src/features/imports/kinds.ts';
import {
  applyImport,
  beginImport,
  mapImport,
  previewImport,
  undoImport,
} from '../src/features/imports/operations.ts';
import { rocksImport } from '../src/features/imports/rocks/kind.ts';
import { isActor } from '../src/features/people/core/person.ts';
import { findPeople } from '../src/features/people/operations.ts';
import type { Result } from '../src/platform/core/result.ts';
import type { Sheet } from '../src/platform/core/sheet.ts';
import type { Database } from '../src/platform/db/database.ts';
import { readSheet } from '../src/platform/file/sheet.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { asCsv, asXlsx, companySheet, fillCompany, sheetRows, workspaceId } from './import-sheet.ts';

/** A sheet of 20,000 rocks: read, looked through, brought in and taken back, beside a bare insert of the same rows. */
export async function benchImport(): Promise<void> {
  await withFreshDatabase(async (db) => {
    const adminId = await fillCompany(db);
    const [admin] = await findPeople(db, workspaceId, [adminId]);
    if (admin === undefined || !isActor(admin)) throw new Error('the admin of the bench is no member');
    const deps = { db, kinds: { rocks: importable(rocksImport) } };
    const rows = companySheet();

    console.log(
      `import: ${sheetRows} rocks of 300 people; beside each step the longest that nothing else was done`,
    );
    await timed('bare insert', () => bareInsert(db, rows));
    await timed('read XLSX', async () => done(await readSheet(asXlsx(rows), 'rocks.xlsx')));
    const sheet = await timed('read CSV', async () => done(await readSheet(asCsv(rows), 'rocks.csv')));
    const { importId } = await timed('begin', async () =>
      done(
        await beginImport(deps, workspaceId, admin, {
          kind: 'rocks',
          source: 'file',
          name: 'rocks.csv',
          sheet,
        }),
      ),
    );
    const { mapping } = await timed('first look', async () =>
      done(await previewImport(deps, workspaceId, admin, importId)),
    );
    await timed('map', async () => done(await mapImport(deps, workspaceId, admin, importId, mapping)));
    const { stamp, counts } = await timed('look again', async () =>
      done(await previewImport(deps, workspaceId, admin, importId)),
    );
    await timed('apply', async () => done(await applyImport(deps, workspaceId, admin, importId, stamp)));
    const again = await begun(deps, admin, sheet);
    await timed('look beside a full register', async () =>
      done(await previewImport(deps, workspaceId, admin, again)),
    );
    const { taken, kept } = await timed('undo', async () =>
      done(await undoImport(deps, workspaceId, admin, importId)),
    );
    console.log(
      `  ${counts.added} added, ${counts.refused + counts['left-out']} not; ${taken} taken back, ${kept} kept`,
    );
    console.log('  aim: a look below 3 s, apply and undo below 15 s, nothing longer than 200 ms at a time\n');
  });
}

async function begun(
  deps: Parameters<typeof beginImport>[0],
  admin: Parameters<typeof beginImport>[2],
  sheet: Sheet,
): Promise<number> {
  const given = { kind: 'rocks', source: 'file', name: 'again.csv', sheet } as const;
  return done(await beginImport(deps, workspaceId, admin, given)).importId;
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const startedMs = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedMs) / 1_000;
  // What was held up is measured by a timer that comes after it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  const longest = `${Math.round(delay.max / 1e6)} ms`;
  console.log(`  ${name.padEnd(28)} ${seconds.toFixed(2).padStart(7)} s   ${longest.padStart(8)}`);
  return result;
}

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.words);
  return result.value;
}

/** The least that writing so many rows costs: one table of texts, in portions of a thousand. */
async function bareInsert(db: Database, rows: readonly string[][]): Promise<void> {
  await sql`create table bare (id bigint generated always as identity primary key, cells text[] not null)`.execute(
    db,
  );
  await db.transaction().execute(async (tx) => {
    for (let from = 0; from < rows.length; from += 1_000)
      await sql`insert into bare (cells) select array(select json_array_elements_text(r))
        from json_array_elements(${JSON.stringify(rows.slice(from, from + 1_000))}::json) r`.execute(tx);
  });
  await sql`drop table bare`.execute(db);
}
