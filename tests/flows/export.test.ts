import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeYaml } from '../../src/cli/cairn-file/write.ts';
import { readYaml } from '../../src/cli/cairn-file/yaml.ts';
import { exportCompany } from '../../src/cli/export.ts';
import { type ImportOutcome, importFile } from '../../src/cli/import.ts';
import { companyNow, turnCompanyClock } from '../../src/platform/db/company-time.ts';
import type { Database } from '../../src/platform/db/database.ts';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { createTestDatabase, insertWorkspace } from '../support/database.ts';

/** Chi is in Slack, and no file has named her. */
const withoutChi = smallCompany
  .replace('  chi: { email: chi@test.example }\n', '')
  .replace(', lead: chi', '')
  .replace('    backups: [chi]\n', '');

let cairn: TestCairn;
beforeEach(async () => {
  cairn = await startCairn({ company: withoutChi });
});
afterEach(async () => {
  await cairn.close();
});

async function exported(db: Database): Promise<string> {
  return writeYaml((await exportCompany(db, cairn.workspaceId)).company);
}

async function imported(db: Database, text: string, overwrite: boolean): Promise<ImportOutcome> {
  const yaml = readYaml(text);
  if (!yaml.ok) throw new Error(JSON.stringify(yaml.problems));
  const workspace = { id: cairn.workspaceId, name: 'Acme', isNew: false };
  return await importFile(db, yaml.file, { workspace, timezone: 'Europe/Berlin', dryRun: false, overwrite });
}

/** A few days in which rocks move, people go away, and somebody whom no file has named takes something. */
async function liveAWhile(): Promise<void> {
  const [ana, ben, chi] = [cairn.as('ana'), cairn.as('ben'), cairn.as('chi')];
  await ana.command('/handoff payments @ben', { in: 'payments' });
  await expect.poll(async () => (await ana.modal())?.title.text).toBe('Hand over');
  await ana.submit({ 'Why it matters': 'Every booking: ends here.', 'Where it stands': '# stable' });
  const newest = async () => (await cairn.slack.messages('@ben')).at(-1);
  await expect.poll(async () => buttonsOf(await newest())).toContain('Read the brief');
  await ben.press('Read the brief');
  await expect.poll(async () => (await ben.modal())?.title.text).toBe('The brief');
  await ben.submit();
  await expect
    .poll(async () => await exported(cairn.db))
    .toMatch(/key: payments\n.*\n.*\n.*\n {4}owner: ben/);

  await chi.command('/owner pricing', { in: 'general' });
  await expect.poll(async () => buttonsOf((await chi.ephemerals('general')).at(-1))).toContain('Take it');
  await chi.press('Take it');
  await chi.command('/cairn ooo until Fri', { in: 'general' });
  await expect.poll(async () => (await cairn.db.selectFrom('absences').selectAll().execute()).length).toBe(1);
  await cairn.turnTo('2026-11-24T09:00:00+01:00');
  // What other verbs leave behind: a rock that is set down, one that is retired into another, and a loan.
  const now = (await companyNow(cairn.db, cairn.workspaceId)).toString();
  const { id: anaId } = await cairn.db
    .selectFrom('people')
    .select('id')
    .where('handle', '=', 'ana')
    .executeTakeFirstOrThrow();
  await cairn.db
    .updateTable('rocks')
    .set({
      state: 'set-down',
      set_down_by: anaId,
      set_down_at: now,
      set_down_reason: 'Not now:\n  later, perhaps',
      look_again_on: '2027-01-11',
    })
    .where('key', '=', 'refunds')
    .execute();
  await cairn.db
    .updateTable('stints')
    .set({ ended_at: now, ended: 'set-down' })
    .where('ended_at', 'is', null)
    .where('rock_id', 'in', cairn.db.selectFrom('rocks').select('id').where('key', '=', 'refunds'))
    .execute();
}

it('a company that has lived for a while comes back from its export as it was, byte by byte', async () => {
  await liveAWhile();
  const text = await exported(cairn.db);
  expect(text).toContain('owner: ben\n    owned_since: 2026-11-20\n    confirmed: 2026-11-20');
  expect(text).toMatch(/ {2}chi: \{ email: chi@test\.example, slack: U0CHI, away: /);
  expect(text).toContain('      why: |-\n        Not now:\n          later, perhaps\n');

  const other = await createTestDatabase();
  try {
    await insertWorkspace(other.db, { id: cairn.workspaceId, timezone: 'Europe/Berlin' });
    await turnCompanyClock(other.db, cairn.workspaceId, Temporal.Instant.from('2026-11-24T10:00:00+01:00'));
    expect(await imported(other.db, text, false)).toMatchObject({ kind: 'done' });
    expect(await exported(other.db)).toBe(text);
  } finally {
    await other.close();
  }
  const again = await imported(cairn.db, text, true);
  const tallies = again.kind === 'done' ? again.tallies : [];
  // Somebody gets a short name; all else is as it is.
  expect(tallies.filter(({ tally }) => tally.added + tally.changed > 0)).toEqual([
    { kind: 'people', tally: { added: 0, changed: 1, unchanged: 2 } },
  ]);
});
