import { expect, test } from 'vitest';
import { keepMiss } from '../../src/features/ownership/misses/operations.ts';
import { settleAsAlias } from '../../src/features/ownership/misses/settling-operations.ts';
import { recordEvent } from '../../src/platform/db/events.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { instant } from '../support/builders.ts';
import { cairn } from './cairn.ts';
import { importing } from './company.ts';

const { db, url, importOk } = importing();
const workspaceId = playgroundWorkspace.id;

const file = `version: 1
settings: { backpack_limit: 12, release_after: PT48H }
people:
  ana: { email: ana@x.example, limit: 10, away: [{ from: 2026-12-24, until: 2026-12-28 }] }
  ben: { email: ben@x.example, admin: true }
teams: [{ key: checkout, name: Checkout, lead: ana, members: [ana, ben] }]
rocks: [{ key: payments, name: Payments, summary: Cards, weight: 3, owner: ana, contributors: [{ person: ben, discipline: data }] }]
`;

/** What somebody changes in Slack: the row, and its event. */
async function inSlack(
  kind: string,
  subject: number,
  type: string,
  before: object,
  after: object,
): Promise<void> {
  const { id } = await db()
    .selectFrom('people')
    .select('id')
    .where('handle', '=', 'ben')
    .executeTakeFirstOrThrow();
  await db()
    .transaction()
    .execute((tx) =>
      recordEvent(tx, {
        workspaceId,
        at: instant('2026-11-20T14:00:00Z'),
        doer: { kind: 'person', personId: id },
        type,
        subject: { kind, id: subject },
        before,
        after,
      }),
    );
}
const idOf = async (table: 'people' | 'teams' | 'rocks', key: string): Promise<number> => {
  const column = table === 'people' ? 'handle' : 'key';
  const row = await db().selectFrom(table).select('id').where(column, '=', key).executeTakeFirstOrThrow();
  return row.id;
};

test('what people changed in Slack stays, is named, and goes with --overwrite; the rest follows the file', async () => {
  await importOk(file);
  const [ana, ben, team, rock] = [
    await idOf('people', 'ana'),
    await idOf('people', 'ben'),
    await idOf('teams', 'checkout'),
    await idOf('rocks', 'payments'),
  ];
  await db().updateTable('workspaces').set({ backpack_limit: 20 }).execute();
  await inSlack(
    'workspace',
    0,
    'workspace.set-up',
    { backpackLimit: 12, releaseAfterHours: 48 },
    { backpackLimit: 20, releaseAfterHours: 48 },
  );
  await db().updateTable('people').set({ backpack_limit: 8 }).where('id', '=', ana).execute();
  await inSlack('person', ana, 'person.limit-changed', { limit: 10 }, { limit: 8 });
  await db().deleteFrom('absences').execute();
  await inSlack('person', ana, 'person.cancelled-away', [{ from: '2026-12-24', until: '2026-12-28' }], []);
  await db().updateTable('people').set({ is_admin: false }).where('id', '=', ben).execute();
  await inSlack('person', ben, 'person.unmade-admin', { isAdmin: true }, { isAdmin: false });
  await db().updateTable('teams').set({ lead_id: ben }).execute();
  await inSlack(
    'team',
    team,
    'team.changed',
    { lead: ana, members: [ana, ben] },
    { lead: ben, members: [ana, ben] },
  );
  await db().updateTable('rocks').set({ summary: 'Cards and wallets' }).execute();
  await inSlack('rock', rock, 'rock.changed', { summary: 'Cards' }, { summary: 'Cards and wallets' });

  const changed = file
    .replace('weight: 3', 'weight: 4')
    .replace('PT48H', 'PT12H')
    .replace('name: Checkout', 'name: Till')
    .replace('owner: ana', 'owner: ben')
    .replace('person: ben, discipline', 'person: ana, discipline');
  const out = await importOk(changed);
  expect(out).toEqual([
    'people: 0 added, 0 changed, 2 unchanged',
    'teams: 0 added, 1 changed, 0 unchanged',
    'rocks: 0 added, 1 changed, 0 unchanged',
    'settings: 0 added, 1 changed, 0 unchanged',
    'Stays as people made it in Slack: settings backpack_limit, people.ana away, people.ana limit, people.ben admin, teams.checkout lead, rocks.payments summary, rocks.payments contributors, rocks.payments owner. --overwrite takes what the file says.',
    `company.yaml is imported into Playground (${workspaceId}).`,
  ]);
  const { out: kept } = await cairn(['export'], { DATABASE_URL: url() });
  expect(kept.join('\n')).toContain('settings: { backpack_limit: 20, release_after: PT12H }');
  expect(kept.join('\n')).toContain(
    '  ana: { email: ana@x.example, limit: 8 }\n  ben: { email: ben@x.example }\n',
  );
  expect(kept.join('\n')).toContain('- { key: checkout, name: Till, lead: ben, members: [ana, ben] }');
  expect(kept.join('\n')).toContain('summary: Cards and wallets');
  expect(kept.join('\n')).toContain('weight: 4');

  const taken = await importOk(changed, ['--overwrite']);
  expect(taken.slice(0, 4)).toEqual([
    'people: 0 added, 2 changed, 0 unchanged',
    'teams: 0 added, 1 changed, 0 unchanged',
    'rocks: 0 added, 1 changed, 0 unchanged',
    'settings: 0 added, 1 changed, 0 unchanged',
  ]);
  // From here on it is the file's again.
  expect(await importOk(changed.replace('summary: Cards', 'summary: Wallets'))).toEqual([
    'people: 0 added, 0 changed, 2 unchanged',
    'teams: 0 added, 0 changed, 1 unchanged',
    'rocks: 0 added, 1 changed, 0 unchanged',
    'settings: 0 added, 0 changed, 1 unchanged',
    `company.yaml is imported into Playground (${workspaceId}).`,
  ]);
});

test('a rock that was narrowed in Slack is not shown to all by a file that does not speak of it', async () => {
  const text =
    'version: 1\npeople: { ana: { email: ana@x.example } }\nrocks: [{ key: payments, name: Payments }]\n';
  await importOk(text);
  await db().updateTable('rocks').set({ visibility: 'people' }).execute();
  await importOk(text, ['--overwrite']);
  const visibility = async (): Promise<string> =>
    (await db().selectFrom('rocks').select('visibility').executeTakeFirstOrThrow()).visibility;
  expect(await visibility()).toBe('people');
  await importOk(text.replace('name: Payments', 'name: Payments, visibility: workspace'), ['--overwrite']);
  expect(await visibility()).toBe('workspace');
});

test('a name that product operations has made of a question stays, and the rock is renamed by the file all the same', async () => {
  await importOk(file);
  const ben = await idOf('people', 'ben');
  const rock = await idOf('rocks', 'payments');
  const asked = (query: string) =>
    keepMiss(db(), workspaceId, query, query.startsWith('http') ? query.slice(8) : query);
  const actor = {
    id: ben,
    slackId: 'U01BEN',
    name: 'Ben',
    timezone: 'UTC',
    kind: 'member',
    isAdmin: true,
    isDeactivated: false,
  } as const;
  for (const query of ['psp', 'https://bi.example/pay']) {
    const miss = await asked(query);
    if (miss === undefined || !('id' in miss)) throw new Error('the question was not kept');
    expect(await settleAsAlias(db(), workspaceId, actor, miss.id, rock)).toMatchObject({ ok: true });
  }
  const events = await db()
    .selectFrom('events')
    .select(['type', 'before', 'after'])
    .where('actor', '=', 'person')
    .where('subject_kind', '=', 'rock')
    .orderBy('id')
    .execute();
  expect(events).toEqual([
    { type: 'rock.changed', before: { aliases: [] }, after: { aliases: ['psp'] } },
    {
      type: 'rock.changed',
      before: { links: [] },
      after: { links: [{ label: 'bi.example', url: 'https://bi.example/pay' }] },
    },
  ]);
  const out = await importOk(
    file.replace(
      'name: Payments',
      'name: Card payments, aliases: [cards], links: [{ label: L, url: "https://l.example" }]',
    ),
  );
  expect(out).toContain(
    'Stays as people made it in Slack: rocks.payments aliases, rocks.payments links. --overwrite takes what the file says.',
  );
  const { out: kept } = await cairn(['export'], { DATABASE_URL: url() });
  expect(kept.join('\n')).toContain('name: Card payments\n    summary: Cards\n    aliases: [psp]');
});
