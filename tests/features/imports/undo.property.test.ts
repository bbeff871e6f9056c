import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importable } from '../../../src/features/imports/kinds.ts';
import {
  applyImport,
  beginImport,
  mapImport,
  previewImport,
  undoImport,
} from '../../../src/features/imports/operations.ts';
import { rocksImport } from '../../../src/features/imports/rocks/kind.ts';
import { insertActor, insertChannel, insertPerson, insertRock, insertTeam } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { dumpOf } from './dump.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

const keys = ['name', 'owner', 'backup', 'team', 'channel', 'aliases', 'link'];
const mapping = Object.fromEntries(keys.map((key, column) => [key, column]));
const row = fc.tuple(
  fc.constantFrom('Payments', 'payment', 'Search', 'Searhc', 'Mail', 'Old one', ''),
  fc.constantFrom('Ben', 'Ben Kaya / Zoe', 'Zoe', 'nobody here', 'TBD', ''),
  fc.constantFrom('', 'Zoe', 'Ben Kaya'),
  fc.constantFrom('', 'Checkout', 'Growth'),
  fc.constantFrom('', '#payments', '#secret'),
  fc.constantFrom('', 'billing', 'billing, psp', 'suche', 'mail'),
  fc.constantFrom('', 'https://a.example', 'https://b.example/x'),
);
const sheet = fc.array(row, { minLength: 1, maxLength: 6 });

test('two imports, taken back in turn, leave the database as it was, row by row', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(sheet, sheet, fc.boolean(), async (first, second, makesTeams) => {
      const workspaceId = await insertWorkspace(db);
      const ada = { ...(await insertActor(db, workspaceId, { name: 'Ada Admin' })), isAdmin: true };
      const zoe = await insertPerson(db, workspaceId, { name: 'Zoë Lie' });
      await insertPerson(db, workspaceId, { name: 'Ben Kaya' });
      await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
      await insertChannel(db, workspaceId, 'payments');
      await insertRock(db, workspaceId, { name: 'Old one', aliases: ['ancient'], owner: zoe });
      await insertRock(db, workspaceId, { name: 'Mail', links: ['https://a.example'], backups: [zoe] });
      const deps = { db, kinds: { rocks: importable(rocksImport) } };

      const bringIn = async (rows: string[][]): Promise<number | null> => {
        const read = {
          name: null,
          columns: keys,
          notes: [],
          rows: rows.map((cells, at) => ({ line: at + 2, cells })),
        };
        const given = { kind: 'rocks', source: 'pasted', name: null, sheet: read } as const;
        const begun = await beginImport(deps, workspaceId, ada, given);
        if (!begun.ok) throw new Error(begun.words);
        const { importId } = begun.value;
        await mapImport(deps, workspaceId, ada, importId, mapping);
        if (makesTeams)
          await db
            .updateTable('imports')
            .set({ answers: JSON.stringify({ 'team:growth': 'create' }) })
            .where('id', '=', importId)
            .execute();
        const preview = await previewImport(deps, workspaceId, ada, importId);
        if (!preview.ok) throw new Error(preview.words);
        const { counts, stamp, rows: planned } = preview.value;
        expect(planned).toHaveLength(rows.length);
        const applied = await applyImport(deps, workspaceId, ada, importId, stamp);
        expect(applied.ok).toBe(counts.added + counts.changed > 0);
        return applied.ok ? importId : null;
      };
      const states = [await dumpOf(db, workspaceId)];
      const imports = [await bringIn(first)];
      states.push(await dumpOf(db, workspaceId));
      imports.push(await bringIn(second));
      for (const importId of imports.toReversed()) {
        const before = states.pop();
        if (importId !== null)
          expect(await undoImport(deps, workspaceId, ada, importId)).toMatchObject({ value: { kept: 0 } });
        expect(await dumpOf(db, workspaceId)).toEqual(before);
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
