import { afterAll, beforeAll, expect } from 'vitest';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { setClock } from '../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { countRows, importText, type Run } from './cairn.ts';

/** What the workspace has before: files may refer to it and may not contradict it. */
const present = `version: 1
people:
  pia: { email: pia@acme.example }
  sol: { slack: U0SOL }
teams: [{ key: present-team, name: Present }]
cycles: [{ key: 2026-Q3, starts: 2026-07-01, ends: 2026-09-30 }]
rocks:
  - { key: present-rock, name: Refunds, aliases: [chargebacks] }
  - { key: gone-rock, name: Gone, retired: { into: present-rock } }
objectives: [{ key: present-goal, title: Goal, cycle: 2026-Q3 }]
`;

/** For a table of refusals: what is wrong, the file, and the lines that tell it. */
export type Case = [wrong: string, text: string, lines: string[]];

export type RefusalCheck = {
  /** Imports `text` and expects these lines, the last line that counts them, and nothing written. */
  expectRefusal(text: string, lines: string[]): Promise<void>;
  importFile(text: string | Buffer): Promise<Run>;
};

/** Gives the test file a database with a few rows in it, on Friday 20 November 2026. */
export function checkRefusals(): RefusalCheck {
  let database: TestDatabase;
  let rows: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    const run = await importText(database.url, present);
    expect(run.err).toEqual([]);
    await setClock(database.db, playgroundWorkspace.id, '2026-11-20T14:00:00Z');
    rows = await countRows(database.db);
  });
  afterAll(async () => {
    await database.close();
  });
  const importFile: RefusalCheck['importFile'] = async (text) => importText(database.url, text);
  return {
    importFile,
    async expectRefusal(text, lines) {
      const count = lines.length === 1 ? '1 problem' : `${lines.length} problems`;
      expect(await importFile(text)).toEqual({
        status: 1,
        out: [],
        err: [
          ...lines.map((line) => `company.yaml:${line}`),
          `Nothing was written: ${count} in company.yaml.`,
        ],
      });
      expect(await countRows(database.db)).toBe(rows);
    },
  };
}
