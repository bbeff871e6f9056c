import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerFeatures } from '../../src/app.ts';
import { pickAction } from '../../src/features/handoffs/batches/modal-blocks.ts';
import { openReader } from '../../src/features/numbers/reader.ts';
import { accepted } from '../../src/platform/core/result.ts';
import type { Registry } from '../../src/platform/slack/calls.ts';
import { fakeDirectory } from '../features/people/fake-directory.ts';
import { insertPerson, keptLog } from '../support/builders.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';

/** Everything that people can type, press and send off: who may not use Cairn is refused at each, and nothing changes. */
const nouns: string[] = [];
const presses: string[] = [];
const submissions: string[] = [];
const shortcuts: string[] = [];
const searches: string[] = [];
const registry: Registry = {
  command: ({ noun }) => void nouns.push(noun),
  press: (id) => void presses.push(id),
  submission: (id) => void submissions.push(id),
  shortcut: (id) => void shortcuts.push(id),
  options: (id) => void searches.push(id),
  homeOpened: () => undefined,
  mentioned: () => undefined,
  saidDirectly: () => undefined,
};

let cairn: TestCairn;
/** What Cairn said to a response_url, by its path. */
const said = new Map<string, string>();
const listener = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    said.set(req.url ?? '', Buffer.concat(chunks).toString());
    res.end('ok');
  });
});
let responseUrl = '';

beforeAll(async () => {
  cairn = await startCairn();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const { db, workspaceId } = cairn;
  await insertPerson(db, workspaceId, { slackId: 'U0BOT', name: 'Robot', kind: 'bot' });
  await insertPerson(db, workspaceId, { slackId: 'U0OUT', name: 'Olga', kind: 'outsider' });
  await insertPerson(db, workspaceId, { slackId: 'U0LEFT', name: 'Left', isDeactivated: true });
  registerFeatures(registry, {
    db,
    directory: fakeDirectory(),
    publish: async () => undefined,
    sendFile: async () => accepted(null),
    scopes: () => null,
    kinds: {},
    download: async () => ({ ok: false, code: 'no-file', words: '' }) as const,
    lookAtScopes: async () => undefined,
    rituals: new Map(),
    reader: openReader({ sqlSources: {}, allowsPrivate: false }),
    permalink: async () => null,
    tickAge: () => 0,
    steps: [],
    wake: () => undefined,
    onRockMoved: [],
    onKeyResultMoved: [],
    onKeyResultEnded: [],
    pictures: { db, log: keptLog().log, upload: async () => 'F1' },
  });
});
afterAll(async () => {
  await cairn.close();
  await new Promise((resolve) => listener.close(resolve));
});

const member =
  'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.';
const strangers: [string, string, string][] = [
  ['a guest', 'U0GUEST', member],
  ['a bot', 'U0BOT', member],
  ['somebody of another company', 'U0OUT', member],
  ['whoever was deactivated', 'U0LEFT', 'Your Slack account is deactivated, so I cannot do this for you.'],
];

/** A digest of every table but the sender's own measure of time, to tell that nothing has changed. */
async function digests(): Promise<Record<string, string | null>> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'budgets' order by 1`.execute(
    cairn.db,
  );
  const found: Record<string, string | null> = {};
  for (const { name } of rows) {
    const { rows: all } = await sql<{ digest: string | null }>`
      select md5(string_agg(t::text, '' order by t::text)) as digest from ${sql.table(name)} t`.execute(
      cairn.db,
    );
    found[name] = all[0]?.digest ?? null;
  }
  return found;
}

const post = async (fields: Record<string, unknown>): Promise<string> => {
  const response = await cairn.post(`payload=${encodeURIComponent(JSON.stringify(fields))}`);
  expect(response.status).toBe(200);
  return await response.text();
};
const common = (user: string) => ({
  team: { id: 'T0CAIRN', domain: 'test' },
  user: { id: user, name: 'x', team_id: 'T0CAIRN' },
  api_app_id: 'A0CAIRN',
  token: 'x',
  trigger_id: cairn.fake.slack.world().triggers.issue(user),
});

/** The answer to a slash command, a press or a modal, as text, whichever way it came. */
async function typed(user: string, noun: string, text: string): Promise<string> {
  const fields = {
    ...{
      token: 'x',
      team_id: 'T0CAIRN',
      team_domain: 'test',
      channel_id: 'C0GENERAL',
      channel_name: 'general',
    },
    ...{ user_id: user, user_name: 'x', command: `/${noun}`, text, api_app_id: 'A0CAIRN' },
    ...{ response_url: `${responseUrl}/command`, trigger_id: cairn.fake.slack.world().triggers.issue(user) },
  };
  return await (await cairn.post(new URLSearchParams(fields).toString())).text();
}

async function answeredAt(path: string): Promise<string> {
  await expect.poll(() => said.get(path), { interval: 5, message: path }).toBeDefined();
  return said.get(path) ?? '';
}

async function pressed(user: string, actionId: string): Promise<string> {
  const path = `/${user}/press/${encodeURIComponent(actionId)}`;
  await post({
    ...common(user),
    type: 'block_actions',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0GENERAL' },
    channel: { id: 'C0GENERAL', name: 'general' },
    message: { ts: '1.1', type: 'message' },
    response_url: `${responseUrl}${path}`,
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value: '1', action_ts: '1.1' }],
  });
  return await answeredAt(path);
}

async function sentOff(user: string, callbackId: string): Promise<string> {
  const view = {
    id: 'V1',
    type: 'modal',
    callback_id: callbackId,
    private_metadata: '1',
    state: { values: {} },
  };
  return await post({ ...common(user), type: 'view_submission', view });
}

describe.each(strangers)('%s', (_, user, words) => {
  it('is refused at every command, and changes nothing', async () => {
    const before = await digests();
    expect(nouns.length).toBeGreaterThan(7);
    // Some commands want a verb or a name after them, and say so to anybody.
    for (const noun of nouns) {
      const answers = [await typed(user, noun, ''), await typed(user, noun, 'payments')];
      expect.soft(answers.join('\n'), noun).toContain(words);
    }
    expect(await digests()).toEqual(before);
  });

  it('is refused at every button, and changes nothing', async () => {
    const before = await digests();
    expect(presses.length).toBeGreaterThan(20);
    // A menu in a modal is read when the modal is sent off: picking in it does nothing yet.
    for (const id of presses.filter((one) => one !== pickAction))
      expect.soft(await pressed(user, id), id).toContain(words);
    expect(await digests()).toEqual(before);
  });

  it('is refused in every modal, and changes nothing', async () => {
    const before = await digests();
    expect(submissions.length).toBeGreaterThan(8);
    for (const id of submissions) expect.soft(await sentOff(user, id), id).toContain(words);
    expect(await digests()).toEqual(before);
  });
});
