import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

const csv = 'Rock;Owner\nPayments;Ana\n';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    manifest: (it) => ({
      ...it,
      oauth_config: { scopes: { bot: [...it.oauth_config.scopes.bot, 'files:read'] } },
    }),
  });
});
afterEach(async () => {
  scene.bot.answer(() => undefined);
  await scene.client.faults.clear();
  scene.slack.reset();
});
afterAll(() => scene.close());

const plain = (text: string) => ({ type: 'plain_text', text });
const form = (element: object = {}) => ({
  type: 'modal',
  title: plain('Import'),
  submit: plain('Read it'),
  blocks: [
    {
      type: 'input',
      block_id: 'sheet',
      label: plain('Spreadsheet'),
      element: { type: 'file_input', action_id: 'file', ...element },
    },
  ],
});

/** Ana's command opens this view; what views.open said. */
async function open(view: object): Promise<string> {
  let said = '';
  scene.bot.answer(async ({ form: { trigger_id } }) => {
    said = await errorOf(scene.web.apiCall('views.open', { trigger_id, view }));
    return undefined;
  });
  await scene.client.as('ana').command('/checkin');
  scene.bot.answer(() => undefined);
  return said;
}

/** What the last view_submission said of the field. */
const sent = () => scene.bot.received.at(-1)?.payload.view.state.values['sheet']?.['file'];

const fetched = async (url: unknown, token?: string) => {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(String(url), { headers });
  return { response, text: await response.text() };
};

/** Ana attaches the file and sends the form off; the file as Cairn is told of it. */
async function submitted(name = 'Rocks & more.CSV'): Promise<Record<string, unknown>> {
  await open(form());
  const ana = scene.client.as('ana');
  expect(await ana.submit({ Spreadsheet: await ana.attach(name, csv) })).toEqual({
    ok: true,
    modal: 'closed',
  });
  const files = sent()?.['files'];
  const [file] = Array.isArray(files) ? files : [];
  return { ...file };
}

describe('a file_input', () => {
  test('gives what a person attached, as a file', async () => {
    const file = await submitted();
    expect(sent()).toMatchObject({ type: 'file_input' });
    expect(file).toMatchObject({
      name: 'Rocks & more.CSV',
      title: 'Rocks & more.CSV',
      mimetype: 'text/csv',
      filetype: 'csv',
      pretty_type: 'CSV',
      user: 'U0ANA',
      size: csv.length,
      mode: 'hosted',
      is_external: false,
      channels: [],
    });
    expect(await scene.web.files.info({ file: String(file['id']) })).toMatchObject({ file });
  });

  test('has to be filled, unless it is optional', async () => {
    await open(form());
    const ana = scene.client.as('ana');
    expect(await ana.submit({})).toMatchObject({
      by: 'client',
      errors: { sheet: 'Please complete this required field.' },
    });
    const { blocks, ...rest } = form();
    await open({ ...rest, blocks: blocks.map((block) => ({ ...block, optional: true })) });
    await ana.submit({});
    expect(sent()).toEqual({ type: 'file_input', files: [] });
  });

  test('takes as many as it says, of the types that it says, and only what oneself attached', async () => {
    await open(form({ filetypes: ['csv', 'xlsx'], max_files: 1 }));
    const [ana, ben] = [scene.client.as('ana'), scene.client.as('ben')];
    const [one, two] = [await ana.attach('a.csv', csv), await ana.attach('b.XLSX', 'x')];
    await expect(ana.submit({ sheet: [one, two] })).rejects.toThrow('no more than 1 files');
    const picture = await ana.attach('a.png', 'x');
    await expect(ana.submit({ sheet: picture })).rejects.toThrow(
      'a.png cannot be attached here: csv, xlsx can',
    );
    const hers = await ben.attach('a.csv', csv);
    await expect(ana.submit({ sheet: hers })).rejects.toThrow('ana has attached no file');
    expect(await ana.submit({ sheet: two })).toMatchObject({ ok: true });
  });

  test('needs files:read', async () => {
    await scene.client.scopes('files:read', false);
    expect(await open(form())).toBe('missing_scope');
    expect(await scene.client.as('ana').modal()).toBeUndefined();
  });

  test('stands in the input block of a modal and nowhere else', async () => {
    const element = { type: 'file_input', action_id: 'file' };
    const actions = [{ type: 'actions', elements: [element] }];
    expect(await open({ ...form(), blocks: actions })).toBe('invalid_arguments');
    const home = { type: 'home', blocks: form().blocks };
    const publish = scene.web.apiCall('views.publish', { user_id: 'U0ANA', view: home });
    expect(await errorOf(publish)).toBe('invalid_arguments');
    const message = { channel: 'C0PAYMENTS', text: 'x', blocks: form().blocks };
    expect(await errorOf(scene.web.apiCall('chat.postMessage', message))).toBe('invalid_blocks');
    expect((await scene.client.refused()).at(-1)?.messages).toEqual([
      '[ERROR] unsupported type: file_input in a message [json-pointer:/blocks/0/element/type]',
    ]);
  });
});

describe('the bytes of a file', () => {
  test('come by both addresses, with the bot’s token', async () => {
    const file = await submitted();
    for (const url of [file['url_private'], file['url_private_download']]) {
      const { response, text } = await fetched(url, scene.botToken);
      expect([response.status, response.headers.get('content-type'), text]).toEqual([200, 'text/csv', csv]);
    }
    const log = await scene.client.log();
    expect(log.at(-1)).toMatchObject({ name: 'download', answer: { bytes: csv.length } });
  });

  test('are a page to sign in, with status 200, for whoever may not have them', async () => {
    const file = await submitted();
    const isSignIn = async (token?: string) => {
      const { response, text } = await fetched(file['url_private_download'], token);
      expect(text).not.toContain('Payments');
      return response.status === 200 && response.redirected && text.includes('Sign in');
    };
    expect(await isSignIn()).toBe(true);
    expect(await isSignIn('xoxb-another')).toBe(true);
    await scene.client.scopes('files:read', false);
    expect(await isSignIn(scene.botToken)).toBe(true);
    expect((await scene.client.refused()).map(({ method }) => method)).toEqual(
      Array.from({ length: 3 }, () => 'download'),
    );
  });

  test('are not found where there is no such file', async () => {
    const { response } = await fetched(`${scene.url}/files-pri/T0CAIRN-F0NOTHERE0/a.csv`, scene.botToken);
    expect(response.status).toBe(404);
  });

  test('can fail on the way', async () => {
    const file = await submitted();
    await scene.client.faults.add({ kind: 'server-error', method: 'download', times: 1 });
    expect((await fetched(file['url_private'], scene.botToken)).response.status).toBe(503);
    expect((await fetched(file['url_private'], scene.botToken)).text).toBe(csv);
  });
});

describe('attaching', () => {
  test('takes bytes alone: no form of a foreign page can', async () => {
    const post = (type: string) =>
      fetch(`${scene.url}/_fake/attach?as=ana&name=a.csv`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: csv,
      });
    expect((await post('application/octet-stream')).status).toBe(200);
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) {
      expect((await post(type)).status).toBe(400);
    }
  });

  test('is refused for a file of nothing, or of nobody', async () => {
    await expect(scene.client.as('ana').attach('a.csv', '')).rejects.toThrow('a.csv is empty');
    await expect(scene.client.as('zoe').attach('a.csv', csv)).rejects.toThrow('no person called zoe');
  });
});

test('every answer names the scopes that are granted, and those that its method takes', async () => {
  const headersOf = async (name: string) => {
    const headers = { authorization: `Bearer ${scene.botToken}` };
    const response = await fetch(`${scene.apiUrl}${name}`, { method: 'POST', headers });
    return [response.headers.get('x-oauth-scopes'), response.headers.get('x-accepted-oauth-scopes')];
  };
  const granted = scene.slack.world().scopes.granted;
  expect(granted).toContain('files:read');
  expect(await headersOf('users.list')).toEqual([granted.join(','), 'users:read']);
  expect(await headersOf('conversations.list')).toEqual([
    granted.join(','),
    'channels:read,groups:read,im:read,mpim:read',
  ]);
  expect(await headersOf('auth.test')).toEqual([granted.join(','), null]);
  await scene.client.scopes('files:read', false);
  const left = granted.filter((scope) => scope !== 'files:read');
  expect(await headersOf('files.info')).toEqual([left.join(','), 'files:read']);
});
