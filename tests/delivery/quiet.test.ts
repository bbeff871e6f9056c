import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readFigures } from '../../src/delivery/figures-store.ts';
import { countHeld } from '../../src/delivery/held-lanes.ts';
import { findNextDue } from '../../src/delivery/message-store.ts';
import { rewrite, tell } from '../../src/delivery/outbox.ts';
import { drain, sendSome } from '../../src/delivery/sender.ts';
import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { beginQuiet, endQuiet } from '../../src/features/setup/live/quiet-store.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import {
  insertCadence,
  insertChannel,
  insertPerson,
  insertTeam,
  instant,
  keptLog,
  setClock,
} from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { fakeSlack, type MachineClock, machineClock, unlimited } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let clock: MachineClock;
beforeAll(async () => {
  database = await createTestDatabase();
  clock = await machineClock(database.db);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
  await inTransaction(database.db, async (tx) =>
    beginQuiet(tx, workspaceId, instant('2026-10-05T08:00:00Z')),
  );
});
afterAll(async () => {
  await database.close();
});

const { log } = keptLog();
const depsOf = (slack: SlackPost) => ({
  ...clock,
  db: database.db,
  slack,
  workspaceId,
  log,
  limits: unlimited,
});
const saying = (text: string) => ({ text, blocks: [] });
let count = 0;
const say = (
  to: { personId: number } | { channelId: number },
  given: { text?: string; threadOf?: number; expiresAt?: string; dueAt?: string; isAnswer?: boolean } = {},
) => {
  count += 1;
  const { text = `m${count}`, threadOf, expiresAt, isAnswer } = given;
  return inTransaction(database.db, async (tx) =>
    tell(tx, {
      workspaceId,
      dedupeKey: `quiet-${count}`,
      to,
      content: saying(text),
      dueAt: instant(given.dueAt ?? '2026-10-05T09:00:00Z'),
      ...(threadOf === undefined ? {} : { threadOf }),
      ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
      ...(isAnswer === undefined ? {} : { isAnswer }),
    }),
  );
};
const goLive = async (teamId: number, at: string | null = '2026-10-05T09:00:00Z') =>
  await database.db.updateTable('teams').set({ live_at: at }).where('id', '=', teamId).execute();
const makeAdmin = async (personId: number) =>
  await database.db.updateTable('people').set({ is_admin: true }).where('id', '=', personId).execute();
const join = async (teamId: number, personId: number) =>
  await database.db
    .insertInto('team_members')
    .values({ workspace_id: workspaceId, team_id: teamId, person_id: personId })
    .execute();
const stateOf = async (messageId: number) =>
  (
    await database.db
      .selectFrom('deliveries')
      .select('state')
      .where('message_id', '=', messageId)
      .executeTakeFirstOrThrow()
  ).state;
const sent = async (): Promise<string[]> => {
  const { slack, posts } = fakeSlack();
  await drain(depsOf(slack));
  return posts.map(({ text }) => text);
};

async function team() {
  count += 1;
  const channel = await insertChannel(database.db, workspaceId, `team-${count}`);
  const id = await insertTeam(database.db, workspaceId, { key: `team-${count}`, channelId: channel.id });
  const member = await insertPerson(database.db, workspaceId, { name: 'Ana' });
  await join(id, member.id);
  return { id, channel, member };
}

describe('in a quiet workspace', () => {
  test('only admins are told', async () => {
    const admin = await insertPerson(database.db, workspaceId, { name: 'Rosa' });
    await makeAdmin(admin.id);
    const { channel, member } = await team();
    await say({ personId: admin.id }, { text: 'to the admin' });
    const others = [
      await say({ personId: member.id }),
      await say({ channelId: channel.id }),
      await say({ personId: member.id }, { isAnswer: true }),
    ];
    expect(await sent()).toEqual(['to the admin']);
    expect(await Promise.all(others.map(stateOf))).toEqual(['pending', 'pending', 'pending']);
    expect(await countHeld(database.db, workspaceId)).toBe(3);
  });

  test('what is held is not late, wakes nobody, and is nothing that comes next', async () => {
    const { member } = await team();
    await say({ personId: member.id });
    await say({ personId: member.id }, { dueAt: '2026-10-06T09:00:00Z' });
    await setClock(database.db, workspaceId, '2026-10-05T20:00:00Z');
    const { slack, tries } = fakeSlack();
    const done = await sendSome(depsOf(slack));
    expect({ count: done.count, tries: tries.post }).toEqual({ count: 0, tries: 0 });
    expect(done.inMs === null || done.inMs > 3_600_000).toBe(true);
    expect(await readFigures(database.db, workspaceId)).toMatchObject({
      due: 0,
      waiting: 2,
      oldestSeconds: 0,
    });
    expect(await findNextDue(database.db, workspaceId, instant('2026-10-05T20:00:00Z'))).toBeUndefined();
  });

  test('however much is held, others do not wait behind it', async () => {
    const admin = await insertPerson(database.db, workspaceId, { name: 'Rosa' });
    await makeAdmin(admin.id);
    const { member, channel } = await team();
    for (let i = 0; i < 60; i += 1) {
      await say({ personId: member.id }, { isAnswer: true, dueAt: '2026-10-05T08:00:00Z' });
      await say({ channelId: channel.id }, { dueAt: '2026-10-05T08:00:00Z' });
    }
    await say({ personId: admin.id }, { text: 'to the admin' });
    expect(await sent()).toEqual(['to the admin']);
  });

  test('a team that is live hears what waited, in order, but for what has expired', async () => {
    const { id, channel, member } = await team();
    const other = await team();
    const lead = await insertPerson(database.db, workspaceId, { name: 'Chi' });
    await database.db.updateTable('teams').set({ lead_id: lead.id }).where('id', '=', id).execute();
    await say({ personId: member.id }, { text: 'one' });
    await say({ personId: member.id }, { text: 'two' });
    await say({ channelId: channel.id }, { text: 'channel' });
    await say({ personId: lead.id }, { text: 'lead' });
    const over = await say({ personId: member.id }, { expiresAt: '2026-10-05T10:00:00Z' });
    const held = await say({ personId: other.member.id });
    await setClock(database.db, workspaceId, '2026-10-05T11:00:00Z');
    expect(await sent()).toEqual([]);
    await goLive(id);
    const texts = await sent();
    expect(texts.filter((text) => text === 'one' || text === 'two')).toEqual(['one', 'two']);
    expect([...texts].sort()).toEqual(['channel', 'lead', 'one', 'two']);
    expect([await stateOf(over), await stateOf(held)]).toEqual(['expired', 'pending']);
  });

  test('replies and edits follow what they belong to', async () => {
    const { id, channel } = await team();
    const parent = await say({ channelId: channel.id }, { text: 'parent' });
    await say({ channelId: channel.id }, { text: 'reply', threadOf: parent });
    expect(await sent()).toEqual([]);
    await goLive(id);
    expect(await sent()).toEqual(['parent', 'reply']);
    await goLive(id, null);
    await inTransaction(database.db, async (tx) => rewrite(tx, parent, saying('changed')));
    const { slack, edits } = fakeSlack();
    await drain(depsOf(slack));
    expect(edits).toEqual([]);
    await goLive(id);
    await drain(depsOf(slack));
    expect(edits.map(({ text }) => text)).toEqual(['changed']);
  });

  test('product operations and leaders hear something once one team is live', async () => {
    const { id } = await team();
    const ops = await insertChannel(database.db, workspaceId, 'ops');
    const leaders = await insertChannel(database.db, workspaceId, 'leaders');
    await database.db
      .updateTable('workspaces')
      .set({ product_operations_channel_id: ops.id, leaders_channel_id: leaders.id })
      .where('id', '=', workspaceId)
      .execute();
    await say({ channelId: ops.id }, { text: 'ops' });
    await say({ channelId: leaders.id }, { text: 'leaders' });
    expect(await sent()).toEqual([]);
    await goLive(id);
    expect((await sent()).sort()).toEqual(['leaders', 'ops']);
  });

  test('the channel of an active cadence of a live team is told', async () => {
    const { id } = await team();
    const elsewhere = await insertChannel(database.db, workspaceId, 'elsewhere');
    const cadenceId = await insertCadence(database.db, workspaceId, {
      ...{ key: 'weekly', channelId: elsewhere.id, nextDueAt: null, teamIds: [id], state: 'paused' },
    });
    await goLive(id);
    await say({ channelId: elsewhere.id }, { text: 'elsewhere' });
    expect(await sent()).toEqual([]);
    await database.db.updateTable('cadences').set({ state: 'active' }).where('id', '=', cadenceId).execute();
    expect(await sent()).toEqual(['elsewhere']);
  });

  test('when quiet ends, all that waited goes out', async () => {
    const { member } = await team();
    await say({ personId: member.id }, { text: 'waited' });
    expect(await sent()).toEqual([]);
    await inTransaction(database.db, async (tx) => endQuiet(tx, workspaceId));
    expect(await sent()).toEqual(['waited']);
  });
});

test('a workspace that was never quiet is as it always was', async () => {
  await inTransaction(database.db, async (tx) => endQuiet(tx, workspaceId));
  const { member, channel } = await team();
  await say({ personId: member.id }, { text: 'person' });
  await say({ channelId: channel.id }, { text: 'channel' });
  expect((await sent()).sort()).toEqual(['channel', 'person']);
});

test('whoever people, teams and messages are, only those are told whom the rule names', async () => {
  const company = fc.record({
    people: fc.array(
      fc.record({ isAdmin: fc.boolean(), teams: fc.uniqueArray(fc.nat(2), { maxLength: 2 }) }),
      { minLength: 1, maxLength: 4 },
    ),
    live: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    leads: fc.array(fc.option(fc.nat(3)), { minLength: 3, maxLength: 3 }),
    ops: fc.option(fc.nat(3)),
    messages: fc.array(fc.record({ isPerson: fc.boolean(), to: fc.nat(3) }), { maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(company, async ({ people, live, leads, ops, messages }) => {
      workspaceId = await insertWorkspace(database.db);
      await setClock(database.db, workspaceId, '2026-10-05T09:00:00Z');
      const own = { db: database.db, workspaceId };
      // Three channels of teams, and a fourth that is nobody's.
      const channels = [];
      for (let i = 0; i < 4; i += 1) channels.push(await insertChannel(own.db, workspaceId, `c${i}`));
      const persons = [];
      for (const { isAdmin } of people) {
        const person = await insertPerson(own.db, workspaceId);
        if (isAdmin) await makeAdmin(person.id);
        persons.push(person);
      }
      const leadOf = (index: number) => (leads[index] ?? 9) % 4;
      const teams: number[] = [];
      for (let i = 0; i < 3; i += 1) {
        const channelId = channels[i]?.id ?? 0;
        const id = await insertTeam(own.db, workspaceId, { key: `t${i}`, channelId });
        const lead = leads[i] === null ? undefined : persons[leadOf(i)];
        await own.db
          .updateTable('teams')
          .set({ live_at: live[i] ? '2026-10-05T08:00:00Z' : null, lead_id: lead?.id ?? null })
          .where('id', '=', id)
          .execute();
        teams.push(id);
      }
      for (const [index, { teams: of }] of people.entries()) {
        for (const each of of) await join(teams[each] ?? 0, persons[index]?.id ?? 0);
      }
      const opsChannel = ops === null ? undefined : channels[ops];
      await own.db
        .updateTable('workspaces')
        .set({
          quiet_since: '2026-10-05T08:00:00Z',
          product_operations_channel_id: opsChannel?.id ?? null,
        })
        .where('id', '=', workspaceId)
        .execute();
      const mayBeAsked = ({ isPerson, to }: { isPerson: boolean; to: number }): boolean => {
        if (!isPerson) return live[to] === true || (to === ops && live.includes(true));
        const person = people[to];
        if (person === undefined) return false;
        const leadsLive = live.some((isLive, i) => isLive && leads[i] !== null && leadOf(i) === to);
        return person.isAdmin || leadsLive || person.teams.some((each) => live[each]);
      };
      const expected: string[] = [];
      for (const [index, message] of messages.entries()) {
        const to = message.isPerson ? persons[message.to] : channels[message.to];
        if (to === undefined) continue;
        await say(message.isPerson ? { personId: to.id } : { channelId: to.id }, { text: String(index) });
        if (mayBeAsked(message)) expected.push(String(index));
      }
      expect((await sent()).sort()).toEqual(expected.sort());
    }),
    { numRuns: 40 },
  );
});
