import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeeper } from '../../../src/playground/keep/open.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type FakeSlackServer, startFakeSlackServer } from '../../support/fake-slack/server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

const people = ['ana', 'ben', 'chi', 'gus'];

describe('a fake of Slack that goes on with what another one left', () => {
  it('shows everybody what they saw, to the letter', async () => {
    const first = await start();
    await live(first);
    const before = await seen(first);
    expect(before[0]?.channels.flatMap((channel) => channel.messages)).not.toEqual([]);
    await first.close();

    const second = await start();
    expect(await seen(second)).toEqual(before);
    await second.close();
  });

  it('gives no timestamp and no id of a view a second time, even if the machine’s clock goes back', async () => {
    const first = await start({ now: () => 2_000_000_000_000 });
    await first.client.as('ana').say('from the future', { in: 'general' });
    const { ts: last } = first.slack.world().messages.post(words('later still'));
    const { id: modal } = first.slack.world().views.open('U0ANA', { type: 'modal', title, blocks: [] });
    await first.close();

    const second = await start({ now: () => 1_900_000_000_000 });
    expect(second.slack.world().messages.post(words('now')).ts > last).toBe(true);
    expect(second.slack.world().views.open('U0ANA', { type: 'modal', title, blocks: [] }).id).not.toBe(modal);
    await second.close();
  });

  it('keeps what people can write that no text in PostgreSQL may hold', async () => {
    const odd = 'zero \u0000, half an emoji \ud83d, the other half \udc4b, and \\u0000 in letters';
    const first = await start();
    await first.client.as('ana').say(odd, { in: 'random' });
    await first.close();
    const second = await start();
    expect((await second.client.as('ana').messages('random')).at(-1)?.text).toBe(odd);
    await second.close();
  });

  it('finds a deleted message under the hands of somebody who still sees it', async () => {
    const first = await start();
    const world = first.slack.world();
    const message = world.messages.post(words('soon gone'));
    world.messages.delete(message);
    await first.close();
    const second = await start();
    expect(second.slack.world().messages.find('C0GENERAL', message.ts)).toBeUndefined();
    expect(second.slack.world().messages.findEver('C0GENERAL', message.ts)).toEqual(message);
    await second.close();
  });

  it('has nothing of it after a reset', async () => {
    const first = await start();
    await first.client.as('ana').say('gone with the rest', { in: 'general' });
    await first.client.reset();
    await first.client.as('ana').say('the first word', { in: 'general' });
    await first.close();
    const second = await start();
    const texts = (await second.client.as('ana').messages('general')).map((message) => message.text);
    expect(texts).toEqual(['the first word']);
    expect((await second.client.as('ana').state()).people.map((person) => person.name)).toEqual(people);
    await second.close();
  });

  it('shows the pictures that the bot uploaded, and gives the next one an id of its own', async () => {
    const gif = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64');
    const first = await start();
    const { file, ticket } = first.slack
      .world()
      .files.ask({ user: 'U0CAIRN', name: 'a.gif', size: gif.length, alt_text: 'A' });
    first.slack.world().files.receive(ticket, gif);
    first.slack.world().files.complete(file, 'A picture');
    await first.close();

    const second = await start();
    const { files } = second.slack.world();
    expect(files.findComplete(file.id)).toEqual(file);
    const shown = await fetch(`${second.url}/_fake/files/${file.id}`);
    expect(shown.headers.get('content-type')).toBe('image/gif');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(gif);
    expect(files.ask({ user: 'U0CAIRN', name: 'b.gif', size: 1, alt_text: '' }).file.id).not.toBe(file.id);
    await second.close();
  });

  it('has answered the bot only when what it said is kept', async () => {
    const first = await start();
    const message = await first.post({ channel: 'C0GENERAL', text: 'kept before it was answered' });
    // Nothing is closed here: another process looks while this one still runs.
    const second = await start();
    expect(second.slack.world().messages.find('C0GENERAL', message.ts)?.text).toBe(
      'kept before it was answered',
    );
    await second.close();
    await first.close();
  });
});

const title = { type: 'plain_text' as const, text: 'A modal' };
const words = (text: string) => ({
  channel: 'C0GENERAL',
  user: 'U0CAIRN',
  at: '2026-11-23T09:00:00.000Z',
  text,
  blocks: [],
});

type Fake = FakeSlackServer & { post(message: object): Promise<{ ts: string }> };

/** A fake on the file's database, which has kept everything when it is closed. */
async function start(options: { now?: () => number } = {}): Promise<Fake> {
  const memory = await openKeeper(database.db, (error) => {
    throw error;
  });
  const fake = await startFakeSlackServer({ ...options, memory });
  return {
    ...fake,
    async post(message) {
      const answer = await fetch(`${fake.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${fake.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(message),
      });
      return (await answer.json()) as { ts: string };
    },
    async close() {
      await memory.keeper.kept();
      await fake.close();
    },
  };
}

/** A morning in the workspace: something of every kind that is kept. */
async function live({ client, slack, post }: Fake): Promise<void> {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Hello*' } }];
  const metadata = { event_type: 'cairn_delivery', event_payload: { id: 'd-1' } };
  const { ts } = await post({ channel: 'C0PAYMENTS', text: 'Hello', blocks, metadata });
  await post({ channel: 'C0PAYMENTS', text: 'A reply', thread_ts: ts });
  await post({ channel: 'U0BEN', text: 'To Ben alone' });
  const { messages, views } = slack.world();
  const edited = messages.post(words('as it was'));
  messages.edit(edited, { text: 'as it is', blocks: [] }, 'U0CAIRN');
  messages.delete(messages.post(words('deleted')));
  messages.post({ ...words('for Ana’s eyes'), only_for: 'U0ANA' });
  views.publish('U0ANA', { type: 'home', blocks: [{ type: 'divider', block_id: 'line' }] });
  await client.as('ben').say('Good morning <!channel> & <@U0ANA>', { in: 'payments' });
  await client.changeUser('chi', { title: 'Head of risk', deleted: true });
  await client.changeUser('chi', { deleted: false });
  await client.addUser({ id: 'U0DEE', name: 'dee', real_name: 'Dee Moss' });
  await client.addChannel({ id: 'C0NEW', name: 'new', members: ['ana', 'dee'] });
  await client.changeChannel('random', { topic: 'Anything', join: ['chi'], leave: ['ben'] });
  await client.changeUser('dee', { real_name: 'Dee Moss-Hart' });
  await client.as('ana').read('payments');
  await client.as('ben').say('Still there?', { in: 'payments' });
}

async function seen({ client }: Fake) {
  return await Promise.all(people.map(async (person) => await client.as(person).state()));
}
