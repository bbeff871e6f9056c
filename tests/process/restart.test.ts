import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Seen } from '../../src/playground/fake-slack/control/seen.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFakeSlackClient, type FakeSlackClient } from '../support/fake-slack/client.ts';
import { type CairnProcess, startProcess } from '../support/process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

const people = ['ana', 'ben'];

describe('a restart of the playground', { timeout: 60_000 }, () => {
  it('leaves everything as it was, to be gone on with', async () => {
    const first = await start();
    await turnUntilAsked(first);
    const before = await live(first);
    first.cairn.signal('SIGTERM');
    expect(await first.cairn.ended()).toBe(0);

    const second = await start();
    await beat(second);
    expect(await seen(second)).toEqual(before);

    const ana = second.slack.as('ana');
    await ana.press('Check in');
    const modal = await vi.waitUntil(async () => await ana.modal(), { timeout: 10_000 });
    const given = new Map([
      ['Value', '1'],
      ['Confidence', '8'],
    ]);
    const entries = modal.blocks.flatMap((block) => {
      const entry = block.type === 'input' ? given.get(block.label.text) : undefined;
      return entry === undefined ? [] : [[block.block_id, entry]];
    });
    expect(await ana.submit(Object.fromEntries(entries))).toMatchObject({ ok: true });
    const thanks = async () => (await ana.messages('dm')).at(-1)?.text.startsWith('Thank you, your check-in');
    await expect.poll(thanks, { timeout: 10_000 }).toBe(true);
    expect(second.cairn.output()).not.toMatch(/error/i);
  });

  it('after a kill in the middle of speaking doubles nothing and loses nothing', async () => {
    const first = await start();
    for (let run = 0; run < 2; run += 1) {
      const killed = run === 0 ? first : await start();
      const known = await deliveries(killed);
      // A jump of a week says much; it is cut off as soon as the first new word is there.
      const jump = turn(killed, 7).catch(() => undefined);
      await vi.waitUntil(async () => (await deliveries(killed)).length > known.length + run, {
        timeout: 20_000,
        interval: 5,
      });
      killed.cairn.signal('SIGKILL');
      expect(await killed.cairn.ended()).toBe('SIGKILL');
      await jump;
    }
    const last = await start();
    await beat(last);
    const { rows } = await sql<{ id: string; state: string; isDue: boolean }>`
      select d.id, d.state, d.due_at <= now() + w.clock_offset as "isDue"
      from deliveries d join workspaces w on w.id = d.workspace_id`.execute(database.db);
    const sent = rows.filter(({ state }) => state === 'sent').map(({ id }) => id);
    expect(
      rows.filter(({ state, isDue }) => isDue && ['pending', 'sending', 'unknown'].includes(state)),
    ).toEqual([]);
    expect(sent.length).toBeGreaterThan(3);
    expect((await deliveries(last)).sort()).toEqual(sent.sort());
  });
});

type Running = { cairn: CairnProcess; slack: FakeSlackClient };

/** The playground on the file's database, with which it goes on. */
async function start(): Promise<Running> {
  const cairn = await startProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  await cairn.ready();
  return { cairn, slack: createFakeSlackClient(`http://127.0.0.1:${cairn.port}`) };
}

/** Turns the clock by so many days; Cairn has then done what was due. */
async function turn({ cairn }: Running, days: number): Promise<void> {
  const clock = `http://127.0.0.1:${cairn.port}/_fake/clock`;
  const { now } = (await (await fetch(clock)).json()) as { now: string };
  const to = new Date(Date.parse(now) + days * 24 * 60 * 60_000 + 1_000).toISOString();
  const turned = await fetch(clock, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
  expect(turned.status).toBe(200);
}

/** Cairn has done what is due now. */
const beat = async (running: Running) => await turn(running, 0);

async function turnUntilAsked(running: Running): Promise<void> {
  for (let day = 0; day < 14; day += 1) {
    const asked = await running.slack.as('ana').messages('dm');
    if (JSON.stringify(asked.at(-1)?.blocks ?? []).includes('Check in')) return;
    await turn(running, 1);
  }
  throw new Error('Ana was not asked for a check-in within two weeks');
}

/** What people do in a morning, and what Ana and Ben see after it. */
async function live(running: Running): Promise<Seen[]> {
  const { slack } = running;
  const [ana, ben] = [slack.as('ana'), slack.as('ben')];
  await ana.command('/owner payments', { in: 'general' });
  await ana.press('Share');
  const shared = async () => (await ben.messages('general')).some(({ ephemeral }) => !ephemeral);
  await vi.waitUntil(shared, { timeout: 10_000 });
  const { ts } = await ana.say('Who knows *more*?', { in: 'general' });
  await ben.say('I do <@U0ANA>', { in: 'general', thread_ts: ts });
  await ana.read('general');
  await ben.say('All is well', { in: 'general' });
  await slack.changeUser('chi', { title: 'Head of everything' });
  await slack.changeChannel('general', { topic: 'What a morning' });
  await beat(running);
  const all = await seen(running);
  const general = all[0]?.channels.find((channel) => channel.name === 'general');
  expect(general?.unread).toBe(1);
  expect(general?.messages.some((message) => message.ephemeral)).toBe(true);
  expect(all[0]?.me.waiting).toBeGreaterThan(0);
  return all;
}

async function seen({ slack }: Running): Promise<Seen[]> {
  return await Promise.all(people.map(async (person) => await slack.as(person).state()));
}

/** The ids of the deliveries that stand anywhere in the fake. */
async function deliveries({ slack }: Running): Promise<string[]> {
  const { channels, others, people: everybody } = await slack.as('ana').state();
  const places = [...channels.filter(({ kind }) => kind === 'channel'), ...others].map(({ id }) => id);
  const all = await Promise.all(
    [...places, ...everybody.map(({ name }) => `@${name}`)].map(async (place) => await slack.messages(place)),
  );
  return all.flat().flatMap(({ metadata }) => {
    const { event_payload } = (metadata ?? {}) as { event_payload?: { id?: string } };
    return event_payload?.id ?? [];
  });
}
