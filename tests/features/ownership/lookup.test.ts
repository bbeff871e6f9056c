import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/features/ownership/core/rock.ts';
import { findOwner, findRock } from '../../../src/features/ownership/lookup-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import {
  insertActor,
  insertChannel,
  insertPerson,
  insertRock,
  insertTeam,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from '../people/fake-directory.ts';

let database: TestDatabase;
let workspaceId: string;
/** Who asks. */
let noor: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Lisbon' });
  noor = await insertActor(database.db, workspaceId, { name: 'Noor' });
});
afterAll(async () => {
  await database.close();
});

const deps = () => ({ db: database.db, directory: fakeDirectory() });
const ask = (text: string) => findOwner(deps(), workspaceId, { kind: 'name', text }, noor.id);
const open = (url: string) => findOwner(deps(), workspaceId, { kind: 'url', url }, noor.id);

/** What was answered, in a form that is easy to compare: the names of the rocks, in order. */
function shown(result: Result<Answer>): unknown {
  if (!result.ok) return { refused: result.code };
  const answer = result.value;
  switch (answer.kind) {
    case 'card':
      return answer.card.name;
    case 'nothing':
      return 'nothing';
    default:
      return { [answer.kind]: answer.rocks.map((rock) => rock.name) };
  }
}

async function misses(): Promise<object[]> {
  return await database.db
    .selectFrom('misses')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

describe('a rock is found by', () => {
  beforeEach(async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', key: 'pay', aliases: ['Billing', 'psp'] });
    await insertRock(database.db, workspaceId, { name: 'Résumé-Imports', key: 'cv' });
    await insertRock(database.db, workspaceId, { name: 'Refunds' });
    await insertRock(database.db, workspaceId, { name: 'Customer search' });
    await insertRock(database.db, workspaceId, { name: 'Risk', aliases: ['fraud'] });
    await insertRock(database.db, workspaceId, { name: 'Login' });
    await insertRock(database.db, workspaceId, { name: 'Checkout' });
  });

  test.each([
    ['its exact name', 'Payments', 'Payments'],
    ['its key', 'pay', 'Payments'],
    ['an alias', 'psp', 'Payments'],
    ['its name in another case', 'PAYMENTS', 'Payments'],
    ['the singular of its name', 'payment', 'Payments'],
    ['the plural of its alias', 'billings', 'Payments'],
    ['its name without accents and hyphens', 'resume imports', 'Résumé-Imports'],
    ['its name with other accents', 'résumè import', 'Résumé-Imports'],
    ['its name among spaces', '  refunds ', 'Refunds'],
    ['one of its words', 'search', 'Customer search'],
  ])('%s', async (_, typed, name) => {
    expect(shown(await ask(typed))).toBe(name);
    expect(await misses()).toEqual([]);
  });

  test.each([
    ['paymnets', 'Payments'],
    ['pament', 'Payments'],
    ['bilings', 'Payments'],
    ['refudns', 'Refunds'],
    ['refnuds', 'Refunds'],
    ['chekcuot', 'Checkout'],
    ['lgoin', 'Login'],
    ['fruad', 'Risk'],
    ['rissk', 'Risk'],
    ['rusk', 'Risk'],
    ['custommer serch', 'Customer search'],
  ])('a typo: %s', async (typed, name) => {
    const answered = await ask(typed);
    expect(shown(answered)).toBe(name);
    expect(answered).toMatchObject({ value: { insteadOf: typed } });
    expect(await misses()).toEqual([]);
  });

  test('its exact name is not said to be something else', async () => {
    expect(await ask('payment')).toMatchObject({ value: { kind: 'card', insteadOf: null } });
  });
});

describe('the answer', () => {
  test('has owner, backups, team, channel, the first three links and the time of asking', async () => {
    const ana = await insertActor(database.db, workspaceId, { name: 'Ana', timezone: 'Asia/Tokyo' });
    const ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
    const chi = await insertPerson(database.db, workspaceId, { name: 'Chi', slackId: null });
    const channel = await insertChannel(database.db, workspaceId, 'payments');
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout', name: 'Checkout' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    await insertRock(database.db, workspaceId, {
      name: 'Payments',
      summary: 'Cards and wallets.',
      teamId,
      channelId: channel.id,
      owner: ana,
      since: '2026-01-05T08:00:00Z',
      confirmedAt: null,
      backups: [chi, ben],
      links: ['https://a.example', 'https://b.example', 'https://c.example', 'https://d.example'],
    });
    const answered = await ask('payments');
    if (!answered.ok || answered.value.kind !== 'card') throw new Error('no card');
    const { card } = answered.value;
    expect(card).toMatchObject({
      key: 'payment',
      summary: 'Cards and wallets.',
      owner: {
        id: ana.id,
        slackId: ana.slackId,
        timezone: 'Asia/Tokyo',
        confirmedAt: null,
        isDeactivated: false,
      },
      backups: [{ name: 'Chi', slackId: null }, { name: 'Ben' }],
      team: 'Checkout',
      channel: { slackId: channel.slackId, name: 'payments' },
    });
    expect(card.owner?.since.toString()).toBe('2026-01-05T08:00:00Z');
    expect(card.now.toString()).toMatch(/^2026-10-05T09:00/);
    expect(card.links.map((link) => link.url)).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
  });

  test('says that an owner has left, and has no owner where nobody carries the rock', async () => {
    const gone = await insertPerson(database.db, workspaceId, { isDeactivated: true });
    await insertRock(database.db, workspaceId, { name: 'Refunds', owner: gone });
    await insertRock(database.db, workspaceId, { name: 'Payouts' });
    expect(await ask('refunds')).toMatchObject({ value: { card: { owner: { isDeactivated: true } } } });
    expect(await ask('payouts')).toMatchObject({
      value: { card: { owner: null, backups: [], channel: null } },
    });
  });

  test('is a choice, by key, when two rocks are called like that', async () => {
    await insertRock(database.db, workspaceId, { name: 'Search', key: 'search-web' });
    await insertRock(database.db, workspaceId, { name: 'Searches', key: 'search-app' });
    expect(shown(await ask('search'))).toEqual({ choice: ['Searches', 'Search'] });
    expect(await misses()).toEqual([]);
  });

  test('is a choice, nearest first, when several could be meant', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payment reports' });
    await insertRock(database.db, workspaceId, { name: 'Payment links' });
    const choice = shown(await ask('payment'));
    expect(choice).toEqual({ choice: expect.arrayContaining(['Payment links', 'Payment reports']) });
  });

  test('names five rocks at most when more could be meant', async () => {
    for (const kind of ['links', 'reports', 'retries', 'methods', 'fees', 'forms', 'pages']) {
      await insertRock(database.db, workspaceId, { name: `Payment ${kind}` });
    }
    expect(await ask('payment')).toMatchObject({ value: { kind: 'choice', rocks: { length: 5 } } });
  });

  test('is nothing for a name that nobody gave, and the miss is kept without the asker', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments' });
    await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
    expect(shown(await ask('Quantum flux'))).toBe('nothing');
    const kept = await misses();
    expect(kept).toMatchObject([{ query: 'Quantum flux', normal: 'quantum flux' }]);
    expect(String(kept[0] && 'asked_at' in kept[0] && kept[0].asked_at)).toMatch(/^2026-10-05T09:0/);
    expect(JSON.stringify(kept)).not.toContain(String(noor.slackId));
    expect(kept).toMatchObject([{ asker_id: null }]);
  });

  test('is a refusal for a name that is longer than any', async () => {
    expect(shown(await ask('x'.repeat(201)))).toEqual({ refused: 'long-name' });
    expect(shown(await ask('x'.repeat(10_000)))).toEqual({ refused: 'long-name' });
    expect(await misses()).toEqual([]);
  });

  test.each(['', '   ', '---', '…'])('is a refusal for “%s”, which is no name', async (typed) => {
    expect(shown(await ask(typed))).toEqual({ refused: 'no-name' });
  });

  test.each(["'; drop table rocks; --", '%_\\', '\u0007bell', '💳💳💳'])(
    'is nothing for %j',
    async (typed) => {
      await insertRock(database.db, workspaceId, { name: 'Payments' });
      expect(['nothing', { refused: 'no-name' }]).toContainEqual(shown(await ask(typed)));
    },
  );
});

describe('a command that acts on a rock', () => {
  test('gets it by its name', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments' });
    expect(await findRock(database.db, workspaceId, 'paymnets', noor.id)).toMatchObject({
      ok: true,
      value: { name: 'Payments' },
    });
  });

  test('is refused where it is not sure which, with the names to choose from', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payment links' });
    await insertRock(database.db, workspaceId, { name: 'Payment reports' });
    const found = await findRock(database.db, workspaceId, 'payment', noor.id);
    expect(found).toMatchObject({ ok: false, code: 'unsure' });
    expect(found).toHaveProperty('words', expect.stringContaining('*Payment reports*'));
  });

  test('is refused for a name that nobody gave, which is no question for the miss log', async () => {
    expect(await findRock(database.db, workspaceId, 'quantum', noor.id)).toMatchObject({
      ok: false,
      code: 'unknown-rock',
    });
    const misses = await database.db
      .selectFrom('misses')
      .select('query')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(misses).toEqual([]);
  });
});

describe('asked about a person, it lists all that they carry', () => {
  test('by mention and by name', async () => {
    const ana = await insertActor(database.db, workspaceId, { name: 'Ana', handle: 'ana' });
    const ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
    await insertRock(database.db, workspaceId, { name: 'Refunds', owner: ana });
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana, backups: [ben] });
    await insertRock(database.db, workspaceId, { name: 'Search', owner: ben, backups: [ana] });
    const all = { list: ['Payments', 'Refunds', 'Search'] };
    const about = (slackId: string | null, name: string | null) =>
      findOwner(deps(), workspaceId, { kind: 'person', slackId, name }, noor.id);
    expect(shown(await about(ana.slackId, null))).toEqual(all);
    expect(shown(await about(null, 'ana'))).toEqual(all);
    expect(await about(null, 'ana')).toMatchObject({
      value: { total: 3, counts: { owner: 2, carrier: 0, backup: 1 }, about: { person: { id: ana.id } } },
    });
  });

  test('and nothing of what they carried once', async () => {
    const ana = await insertActor(database.db, workspaceId);
    const rockId = await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await database.db
      .updateTable('stints')
      .set({ ended_at: '2026-02-01T00:00:00Z' })
      .where('rock_id', '=', rockId)
      .execute();
    const question = { kind: 'person', slackId: ana.slackId, name: null } as const;
    expect(shown(await findOwner(deps(), workspaceId, question, noor.id))).toEqual({ list: [] });
  });

  test('and says so when there is nobody of that name', async () => {
    const question = { kind: 'person', slackId: null, name: 'zoe' } as const;
    expect(await findOwner(deps(), workspaceId, question, noor.id)).toMatchObject({ code: 'unknown-person' });
    expect(await misses()).toEqual([]);
  });
});

describe('asked about a channel, it lists', () => {
  const about = (slackId: string | null, name: string | null) =>
    findOwner(deps(), workspaceId, { kind: 'channel', slackId, name }, noor.id);

  test('the rocks whose home it is, and those of the teams whose home it is, unless they have their own', async () => {
    const checkout = await insertChannel(database.db, workspaceId, 'checkout');
    const risk = await insertChannel(database.db, workspaceId, 'risk');
    const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout', channelId: checkout.id });
    await insertRock(database.db, workspaceId, { name: 'Payments', channelId: checkout.id });
    await insertRock(database.db, workspaceId, { name: 'Refunds', teamId });
    await insertRock(database.db, workspaceId, { name: 'Fraud', teamId, channelId: risk.id });
    expect(shown(await about(checkout.slackId, 'checkout'))).toEqual({ list: ['Payments', 'Refunds'] });
    expect(shown(await about(null, 'checkout'))).toEqual({ list: ['Payments', 'Refunds'] });
    expect(shown(await about(risk.slackId, null))).toEqual({ list: ['Fraud'] });
  });

  test('nothing for a channel that is nobody’s home', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments' });
    expect(shown(await about('C404', 'elsewhere'))).toEqual({ list: [] });
    expect(shown(await about(null, 'elsewhere'))).toEqual({ list: [] });
  });
});

describe('asked about an address, it answers with the rock', () => {
  beforeEach(async () => {
    await insertRock(database.db, workspaceId, {
      name: 'Payments',
      links: ['https://bi.example/payments', 'https://pay.example'],
    });
    await insertRock(database.db, workspaceId, {
      name: 'Refunds',
      links: ['https://bi.example/payments/refunds/'],
    });
  });

  test.each([
    ['that links to exactly that', 'https://bi.example/payments', 'Payments'],
    ['whatever scheme, www, query or fragment it has', 'http://www.bi.example/payments/?q=1#top', 'Payments'],
    ['that links to a folder above it', 'https://bi.example/payments/2026/q4', 'Payments'],
    ['whose link is the nearest above it', 'https://bi.example/payments/refunds/7', 'Refunds'],
    ['that links to its host alone', 'https://pay.example/any/page', 'Payments'],
  ])('%s', async (_, url, name) => {
    expect(shown(await open(url))).toBe(name);
    expect(await misses()).toEqual([]);
  });

  test.each([
    ['another address', 'https://other.example/payments'],
    ['another port', 'https://pay.example:8443/'],
  ])('and with nothing for %s, which is kept as a miss', async (_, url) => {
    expect(shown(await open(url))).toBe('nothing');
    expect(await misses()).toMatchObject([{ query: url }]);
  });

  test.each([
    ['a folder above links', 'https://bi.example', ['Payments', 'Refunds']],
    ['a name that only begins like a link', 'https://bi.example/payments-archive', ['Payments', 'Refunds']],
    ['a page beside one in a folder', 'https://wiki.example/checkout/other', ['Search']],
  ])('and with a choice of the nearest for %s, sure of none', async (_, url, names) => {
    await insertRock(database.db, workspaceId, {
      name: 'Search',
      links: ['https://wiki.example/checkout/search'],
    });
    await insertRock(database.db, workspaceId, { name: 'Risk', links: ['https://wiki.example/risk'] });
    expect(shown(await open(url))).toEqual({ choice: names });
    expect(await misses()).toEqual([]);
  });

  test('and with nothing where a host is many rocks’', async () => {
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
      await insertRock(database.db, workspaceId, { name, links: [`https://board.example/${name}`] });
    }
    expect(shown(await open('https://board.example/seven'))).toBe('nothing');
  });

  test('and with a choice when two have the same link', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payouts', links: ['https://pay.example'] });
    expect(shown(await open('https://pay.example/x'))).toEqual({ choice: ['Payments', 'Payouts'] });
  });

  test('and refuses what is no web address', async () => {
    expect(shown(await open('ftp://bi.example/payments'))).toEqual({ refused: 'bad-url' });
  });
});

describe('the lists', () => {
  test('of unowned rocks hold those that nobody carries now', async () => {
    const ana = await insertActor(database.db, workspaceId);
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await insertRock(database.db, workspaceId, { name: 'Refunds' });
    const put = await insertRock(database.db, workspaceId, { name: 'Search', owner: ana });
    await database.db
      .updateTable('stints')
      .set({ ended_at: '2026-02-01T00:00:00Z' })
      .where('rock_id', '=', put)
      .execute();
    const answered = await findOwner(deps(), workspaceId, { kind: 'unowned' }, noor.id);
    expect(shown(answered)).toEqual({ list: ['Refunds', 'Search'] });
  });

  test('of stale ones hold what nobody confirmed for ninety days, and nothing unowned', async () => {
    const owner = await insertActor(database.db, workspaceId);
    await setClock(database.db, workspaceId, '2026-10-01T09:00:00Z');
    const since = '2026-01-01T00:00:00Z';
    const rock = (name: string, confirmedAt: string | null, began = since) =>
      insertRock(database.db, workspaceId, { name, owner, since: began, confirmedAt });
    await rock('Fresh', '2026-07-03T10:00:00Z');
    await rock('Stale', '2026-07-03T08:00:00Z');
    await rock('Never confirmed', null);
    await rock('New and unconfirmed', null, '2026-09-01T00:00:00Z');
    await insertRock(database.db, workspaceId, { name: 'Unowned' });
    const answered = await findOwner(deps(), workspaceId, { kind: 'stale' }, noor.id);
    expect(shown(answered)).toEqual({ list: ['Never confirmed', 'Stale'] });
  });

  test('go by name as people look it up, whatever the key', async () => {
    const ana = await insertActor(database.db, workspaceId);
    await insertRock(database.db, workspaceId, { name: 'Zones', key: 'areas', owner: ana });
    await insertRock(database.db, workspaceId, { name: 'À la carte', key: 'extras', owner: ana });
    await insertRock(database.db, workspaceId, { name: 'Billing', key: 'money', owner: ana });
    const names = ['À la carte', 'Billing', 'Zones'];
    const answered = await findOwner(
      deps(),
      workspaceId,
      {
        kind: 'person',
        slackId: ana.slackId,
        name: null,
      },
      noor.id,
    );
    expect(shown(answered)).toEqual({ list: names });
  });

  test('are cut at forty and say how many there are', async () => {
    for (let index = 0; index < 43; index += 1) {
      await insertRock(database.db, workspaceId, { name: `Rock number ${index}`, key: `rock-${index}` });
    }
    const answered = await findOwner(deps(), workspaceId, { kind: 'unowned' }, noor.id);
    expect(answered).toMatchObject({ value: { total: 43, rocks: { length: 40 } } });
  });
});

test("another workspace's rocks never show", async () => {
  const other = await insertWorkspace(database.db);
  const ana = await insertActor(database.db, other, { name: 'Ana', handle: 'ana' });
  const channel = await insertChannel(database.db, other, 'checkout');
  const given = { channelId: channel.id, links: ['https://bi.example'], aliases: ['billing'] };
  await insertRock(database.db, other, { ...given, name: 'Payments', owner: ana });
  await insertRock(database.db, other, { name: 'Refunds' });
  expect(shown(await ask('payments'))).toBe('nothing');
  expect(shown(await ask('billing'))).toBe('nothing');
  expect(shown(await ask('paymnets'))).toBe('nothing');
  expect(shown(await open('https://bi.example'))).toBe('nothing');
  const listed = await Promise.all([
    findOwner(deps(), workspaceId, { kind: 'channel', slackId: channel.slackId, name: 'checkout' }, noor.id),
    findOwner(deps(), workspaceId, { kind: 'unowned' }, noor.id),
    findOwner(deps(), workspaceId, { kind: 'stale' }, noor.id),
  ]);
  expect(listed.map(shown)).toEqual([{ list: [] }, { list: [] }, { list: [] }]);
  expect(await misses()).toHaveLength(4);
});
