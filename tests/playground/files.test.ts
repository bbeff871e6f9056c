import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppManifest } from '../../src/playground/fake-slack/manifest.ts';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';

const withFiles = (manifest: AppManifest): AppManifest => ({
  ...manifest,
  features: { ...manifest.features, app_home: { ...manifest.features.app_home, home_tab_enabled: true } },
  oauth_config: { scopes: { bot: [...manifest.oauth_config.scopes.bot, 'files:write', 'files:read'] } },
});

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ manifest: withFiles });
});
afterEach(() => scene.slack.reset());
afterAll(() => scene.close());

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const channel = 'C0PAYMENTS';

const ask = (length: number, more: object = {}) =>
  scene.web.files.getUploadURLExternal({ filename: 'chart.png', length, ...more });
const send = (url: string | undefined, body: Uint8Array<ArrayBuffer>) =>
  fetch(url ?? '', { method: 'POST', body });
const complete = (id: string | undefined, more: object = {}) =>
  scene.web.apiCall('files.completeUploadExternal', { files: [{ id, title: 'A chart' }], ...more });

/** Uploads these bytes and completes them; gives the file's id. */
async function upload(bytes: Buffer): Promise<string> {
  const { upload_url, file_id = '' } = await ask(bytes.length);
  await send(upload_url, new Uint8Array(bytes));
  await complete(file_id);
  return file_id;
}

describe('an upload', () => {
  test('as the SDK does it: asked for, sent, completed, private', async () => {
    const sent = await scene.web.files.uploadV2({
      file: png,
      filename: 'chart.png',
      alt_text: 'Health',
    });
    const file = {
      id: expect.stringMatching(/^F[A-Z0-9]{8,}$/),
      name: 'chart.png',
      mimetype: 'image/png',
      filetype: 'png',
      size: png.length,
      alt_txt: 'Health',
      is_public: false,
      channels: [],
    };
    expect(sent).toMatchObject({ files: [{ files: [file] }] });
    const id = /F0[A-Z0-9]+/.exec(JSON.stringify(sent))?.[0] ?? '';
    expect(await scene.web.files.info({ file: id })).toMatchObject({ file });
    expect(await scene.client.refused()).toEqual([]);
  });

  test('raw bytes are as good as a form', async () => {
    const { upload_url, file_id } = await ask(png.length);
    const sent = await send(upload_url, new Uint8Array(png));
    expect([sent.status, await sent.text()]).toEqual([200, `OK - ${png.length}`]);
    expect(await complete(file_id)).toMatchObject({ files: [{ id: file_id, title: 'A chart' }] });
  });

  test('has the size that was announced, and comes once', async () => {
    const { upload_url } = await ask(png.length + 1);
    const short = await send(upload_url, new Uint8Array(png));
    expect([short.status, await short.text()]).toEqual([400, 'the file has 16 bytes, but 17 were announced']);
    const padded = new Uint8Array([...png, 0]);
    expect((await send(upload_url, padded)).status).toBe(200);
    const again = await send(upload_url, padded);
    expect([again.status, await again.text()]).toEqual([400, 'no file is awaited here']);
    expect(await scene.client.refused()).toMatchObject([{ method: 'upload' }, { method: 'upload' }]);
  });

  test('can fail on the way, and is tried again at the same address', async () => {
    const { upload_url } = await ask(png.length);
    await scene.client.faults.add({ kind: 'server-error', method: 'upload', times: 1 });
    expect((await send(upload_url, new Uint8Array(png))).status).toBe(503);
    expect((await send(upload_url, new Uint8Array(png))).status).toBe(200);
    expect((await scene.client.log()).map(({ name, status, fault }) => [name, status, fault])).toEqual([
      ['files.getUploadURLExternal', 200, null],
      ['upload', 503, 'server-error'],
      ['upload', 200, null],
    ]);
  });

  test('is refused for what Slack would not take', async () => {
    expect(await errorOf(ask(0))).toBe('missing_argument');
    expect(await errorOf(ask(10, { snippet_type: 'klingon' }))).toBe('unknown_snippet_type');
    expect(await errorOf(scene.web.apiCall('files.getUploadURLExternal', { length: 10 }))).toBe(
      'invalid_arguments',
    );
  });

  test('is complete only when its bytes are there, and once', async () => {
    const { upload_url, file_id = '' } = await ask(png.length);
    expect(await errorOf(complete(file_id))).toBe('file_not_found');
    expect(await errorOf(scene.web.files.info({ file: file_id }))).toBe('file_not_found');
    await send(upload_url, new Uint8Array(png));
    expect(await errorOf(complete(file_id))).toBe('ok');
    expect(await errorOf(complete(file_id))).toBe('file_not_found');
    expect(await errorOf(complete('F0NOTHERE0'))).toBe('file_not_found');
  });

  test('is a message of its own where a channel is named, with its words', async () => {
    const share = async (more: object) => {
      const { upload_url, file_id } = await ask(png.length);
      await send(upload_url, new Uint8Array(png));
      return [file_id, await errorOf(complete(file_id, more))];
    };
    const [id, answer] = await share({ channel_id: channel, initial_comment: 'All rocks' });
    expect(answer).toBe('ok');
    const [shown] = await scene.client.messages('payments');
    expect(shown).toMatchObject({ user: 'U0CAIRN', text: 'All rocks', blocks: [] });
    expect(shown?.files).toEqual([
      { id, name: 'chart.png', title: 'A chart', size: png.length, pretty_type: 'PNG' },
    ]);
    const { messages } = await scene.web.conversations.history({ channel });
    expect(messages).toMatchObject([{ text: 'All rocks', files: [{ id, channels: [channel] }] }]);

    expect(await share({ channel_id: 'C0RANDOM' })).toMatchObject({ 1: 'not_in_channel' });
    expect(await share({ channel_id: 'U0ANA' })).toMatchObject({ 1: 'channel_not_found' });
    expect(await share({ channel_id: channel, thread_ts: '1.000000' })).toMatchObject({
      1: 'thread_not_found',
    });
    expect(await share({ channels: channel })).toMatchObject({ 1: 'invalid_arguments' });
  });

  test('needs its scopes', async () => {
    const poor = await startScene();
    const call = poor.web.files.getUploadURLExternal({ filename: 'x', length: 1 });
    expect(await errorOf(call)).toBe('missing_scope');
    expect(await errorOf(poor.web.files.info({ file: 'F000000001' }))).toBe('missing_scope');
    await poor.close();
  });
});

describe('a picture in a block', () => {
  const image = (slack_file: object) => ({ type: 'image', alt_text: 'Health', slack_file });
  const post = (...blocks: object[]) =>
    errorOf(scene.web.apiCall('chat.postMessage', { channel, text: 'x', blocks }));
  const plain = (text: string) => ({ type: 'plain_text', text });

  test('is named by its id, or by an address that Slack gave it', async () => {
    const id = await upload(png);
    const { file } = await scene.web.files.info({ file: id });
    expect(await post(image({ id }))).toBe('ok');
    expect(await post(image({ url: file?.url_private }))).toBe('ok');
    expect(await post(image({ url: file?.permalink }))).toBe('ok');
    expect(await post(image({ url: `https://elsewhere.example/${id}/chart.png` }))).toBe('invalid_blocks');
  });

  test('must be uploaded, complete, and a picture by its bytes', async () => {
    const text = await upload(Buffer.from('no picture at all'));
    const { file_id: asked } = await ask(png.length);
    for (const id of ['F0NOTHERE0', text, asked]) expect(await post(image({ id }))).toBe('invalid_blocks');
    const refused = await scene.client.refused();
    expect(refused.map((it) => it.messages)).toEqual(
      Array.from({ length: 3 }, () => ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]']),
    );
  });

  test('is looked for wherever pictures stand: beside a section, in a context, in views', async () => {
    const lost = image({ id: 'F0NOTHERE0' });
    await post({ type: 'section', text: plain('x'), accessory: lost }, { type: 'context', elements: [lost] });
    const home = { type: 'home', blocks: [lost] };
    expect(await errorOf(scene.web.apiCall('views.publish', { user_id: 'U0ANA', view: home }))).toBe(
      'invalid_arguments',
    );
    const modal = { type: 'modal', title: plain('x'), blocks: [lost] };
    expect(await errorOf(scene.web.apiCall('views.open', { trigger_id: 'x', view: modal }))).toBe(
      'invalid_arguments',
    );
    const refused = await scene.client.refused();
    expect(
      refused.map((it) => it.messages.map((words) => words.replace('[ERROR] invalid slack file ', ''))),
    ).toEqual([
      ['[json-pointer:/blocks/0/accessory/slack_file]', '[json-pointer:/blocks/1/elements/0/slack_file]'],
      ['[json-pointer:/view/blocks/0/slack_file]'],
      ['[json-pointer:/view/blocks/0/slack_file]'],
    ]);
  });

  test('is served to the page with its type; what is no picture is to be kept, not shown', async () => {
    const id = await upload(png);
    const served = await fetch(`${scene.url}/_fake/files/${id}`);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png);
    const html = await fetch(`${scene.url}/_fake/files/${await upload(Buffer.from('<script>1</script>'))}`);
    expect(html.headers.get('content-type')).toBe('application/octet-stream');
    expect(html.headers.get('content-disposition')).toMatch(/^attachment/);
    const lost = await fetch(`${scene.url}/_fake/files/F0NOTHERE0`);
    expect([lost.status, await lost.json()]).toEqual([
      400,
      { ok: false, words: 'there is no file called F0NOTHERE0' },
    ]);
  });
});
