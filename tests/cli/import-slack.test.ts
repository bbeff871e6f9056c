import { describe, expect, test } from 'vitest';
import { company, importing } from './company.ts';

const { db, importAny, importOk } = importing();

describe('who and what Slack knows already', () => {
  test('a member is matched by ID or address, keeps their name, and gets the short name', async () => {
    await importOk('version: 1\n');
    const workspace_id = 'T0CAIRN';
    await db()
      .insertInto('people')
      .values([
        { workspace_id, slack_id: 'U01ANA', name: 'Ana Souza', email: 'Ana@Acme.example' },
        { workspace_id, slack_id: 'U01BEN', name: 'Ben Okafor', direct_channel: 'D01' },
      ])
      .execute();
    const out = await importOk(company);
    expect(out[0]).toBe('people: 0 added, 2 changed, 0 unchanged');
    const people = await db()
      .selectFrom('people')
      .select(['handle', 'name', 'email', 'slack_id', 'direct_channel'])
      .orderBy('handle')
      .execute();
    expect(people).toEqual([
      {
        handle: 'ana',
        name: 'Ana Souza',
        email: 'Ana@Acme.example',
        slack_id: 'U01ANA',
        direct_channel: null,
      },
      { handle: 'ben', name: 'Ben Okafor', email: null, slack_id: 'U01BEN', direct_channel: 'D01' },
    ]);
    expect((await importOk(company))[0]).toBe('people: 0 added, 0 changed, 2 unchanged');
  });

  test('somebody who is not in Slack yet is kept, named after the short name', async () => {
    await importOk(company);
    const people = await db()
      .selectFrom('people')
      .select(['handle', 'name', 'slack_id'])
      .orderBy('handle')
      .execute();
    expect(people).toEqual([
      { handle: 'ana', name: 'Ana', slack_id: null },
      { handle: 'ben', name: 'Ben', slack_id: 'U01BEN' },
    ]);
  });

  test('an address that Slack has told wins over one in the file', async () => {
    await importOk(company);
    await db()
      .updateTable('people')
      .set({ slack_id: 'U01ANA', email: 'ana.souza@acme.example' })
      .where('handle', '=', 'ana')
      .execute();
    expect((await importOk(company))[0]).toBe('people: 0 added, 0 changed, 2 unchanged');
  });

  test('two short names for one member of Slack are refused', async () => {
    await importOk('version: 1\n');
    const row = { workspace_id: 'T0CAIRN', slack_id: 'U01', name: 'Ana Souza', email: 'ana@acme.example' };
    await db().insertInto('people').values(row).execute();
    const run = await importAny(
      'version: 1\npeople:\n  ana: { slack: U01 }\n  souza: { email: ana@acme.example }\n',
    );
    expect(run.err).toEqual([
      'company.yaml:4: people.souza: is the same person as "ana" here; use that short name',
      'Nothing was written: 1 problem in company.yaml.',
    ]);
  });

  test('of channels with one name it is the one that Slack has, and is not archived', async () => {
    await importOk('version: 1\n');
    const workspace_id = 'T0CAIRN';
    const inserted = await db()
      .insertInto('channels')
      .values([
        { workspace_id, name: 'payments' },
        { workspace_id, name: 'payments', slack_id: 'C01', archived_at: '2026-01-01T00:00:00Z' },
        { workspace_id, name: 'payments', slack_id: 'C02' },
      ])
      .returning(['id', 'slack_id'])
      .execute();
    await importOk(company);
    const rock = await db()
      .selectFrom('rocks')
      .select('channel_id')
      .where('key', '=', 'payments')
      .executeTakeFirstOrThrow();
    expect(inserted.find(({ id }) => id === rock.channel_id)?.slack_id).toBe('C02');
  });
});
