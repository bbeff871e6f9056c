import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tell } from '../../src/delivery/outbox.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => cairn.close());

async function health(person: string, where = 'general') {
  const own = async () => await cairn.as(person).ephemerals(where);
  const before = (await own()).length;
  await cairn.as(person).command('/cairn health', { in: where });
  await expect.poll(async () => (await own()).length).toBeGreaterThan(before);
  return (await own()).at(-1);
}
const newest = async () => (await cairn.as('chi').ephemerals('general')).at(-1);
const deliveries = async () =>
  await cairn.db
    .selectFrom('deliveries as d')
    .innerJoin('messages as m', 'm.id', 'd.message_id')
    .select(['m.dedupe_key as key', 'd.state', 'd.reason'])
    .orderBy('m.id')
    .execute();
const events = async (type: string) =>
  await cairn.db.selectFrom('events').select('actor_id').where('type', '=', type).execute();

/** Two messages that Slack would not take, and a reply to the one in the channel. */
async function die(): Promise<void> {
  const { workspaceId } = cairn;
  const content = { text: 'Failed payment rate', blocks: [] };
  const dueAt = Temporal.Instant.from('2026-11-20T11:00:00Z');
  const channel = await cairn.db
    .selectFrom('channels')
    .select('id')
    .where('slack_id', '=', 'C0PAYMENTS')
    .executeTakeFirstOrThrow();
  const ana = await cairn.db
    .selectFrom('people')
    .select('id')
    .where('slack_id', '=', 'U0ANA')
    .executeTakeFirstOrThrow();
  await inTransaction(cairn.db, async (tx) => {
    const message = { workspaceId, content, dueAt };
    const to = { channelId: channel.id };
    await tell(tx, { ...message, dedupeKey: 'check-in-prompt:1:2', to: { personId: ana.id } });
    const parent = await tell(tx, { ...message, dedupeKey: 'check-in-run:1', to });
    const dead = { state: 'dead' as const, reason: 'restricted_action', ended_at: dueAt.toString() };
    await tx.updateTable('deliveries').set(dead).execute();
    await tell(tx, { ...message, dedupeKey: 'check-in-answers:1:2', to, threadOf: parent });
  });
}

describe('/cairn health', () => {
  it('is for admins; others get a friendly no', async () => {
    expect((await health('ana'))?.text).toBe(
      'How Cairn is doing is shown to admins, since it names who could not be reached. Ask one of them; for yourself, `/cairn help` shows what I can do.',
    );
    expect((await health('gus', 'payments'))?.text).toContain('I answer full members');
  });

  it('says that Cairn is well', async () => {
    const shown = await health('chi');
    expect(shown?.text).toMatch(
      /^Cairn is well\.\n• Last heartbeat: \d+ seconds? ago\n• No message waits to be sent\n• No message is in doubt\n• Every message reached whom it was for$/,
    );
    expect(buttonsOf(shown)).toEqual([]);
  });

  it('names what could not be delivered, to whom and why, and nothing of what it says', async () => {
    await die();
    const shown = await health('chi');
    expect(shown?.text).toContain('2 messages need you.');
    expect(shown?.text).toContain(
      "The start of a check-in for <#C0PAYMENTS>, due Fri 20 Nov, 11:00\nNot delivered: this workspace's rules do not let me write there",
    );
    expect(shown?.text).toContain('A check-in question for <@U0ANA>, due Fri 20 Nov, 11:00');
    expect(JSON.stringify(shown)).not.toContain('Failed payment rate');
    expect(buttonsOf(shown)).toEqual(['Try again', 'Let go', 'Try again', 'Let go']);
  });

  it('shows what Cairn has paused by itself', async () => {
    await cairn.db
      .updateTable('cadences')
      .set({ state: 'paused', pause_reason: 'The channel is archived.' })
      .execute();
    expect((await health('chi'))?.text).toContain(
      '• Paused: weekly-okr in <#C0PAYMENTS>: The channel is archived.',
    );
  });

  it('sends again on one press, once, whoever presses twice', async () => {
    const shown = await health('chi');
    const press = async () =>
      await cairn.as('chi').press('Try again', { ...(shown === undefined ? {} : { message: shown }) });
    await Promise.all([press(), press()]);
    await expect.poll(async () => (await events('message.tried-again')).length).toBe(1);
    await expect
      .poll(async () => (await deliveries()).map(({ key, state }) => `${key} ${state}`))
      .toEqual(['check-in-prompt:1:2 dead', 'check-in-run:1 sent', 'check-in-answers:1:2 sent']);
    await expect.poll(async () => (await newest())?.text).toContain('One message needs you.');
  });

  it('lets one go for good, and lists it no more', async () => {
    const shown = await health('chi');
    await cairn.as('chi').press('Let go', shown === undefined ? {} : { message: shown });
    await expect.poll(async () => (await newest())?.text).not.toContain('need');
    expect((await deliveries()).map(({ reason }) => reason)).toContain('let go by chi');
    const { id } = await cairn.db
      .selectFrom('people')
      .select('id')
      .where('slack_id', '=', 'U0CHI')
      .executeTakeFirstOrThrow();
    expect(await events('message.let-go')).toEqual([{ actor_id: id }]);
  });
});
