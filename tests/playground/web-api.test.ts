import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppManifest } from '../../src/playground/fake-slack/manifest.ts';
import { errorOf, quietClient, type Scene, startScene } from '../support/fake-slack/scene.ts';

/** The manifest without these scopes. */
function without(...scopes: string[]) {
  return (manifest: AppManifest): AppManifest => ({
    ...manifest,
    oauth_config: { scopes: { bot: manifest.oauth_config.scopes.bot.filter((it) => !scopes.includes(it)) } },
  });
}

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(() => scene.slack.reset());
afterAll(() => scene.close());

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${scene.apiUrl}${path}`, { method: 'POST', body, headers });
  return response.json();
}

describe('who may call', () => {
  test('nobody without a token, nobody with another one', async () => {
    expect(await post('auth.test', '')).toEqual({ ok: false, error: 'not_authed' });
    expect(await post('auth.test', '', { authorization: 'Bearer xoxb-other' })).toEqual({
      ok: false,
      error: 'invalid_auth',
    });
  });

  test('who the bot is', async () => {
    expect(await scene.web.auth.test()).toMatchObject({
      team_id: 'T0CAIRN',
      user_id: 'U0CAIRN',
      bot_id: 'B0CAIRN',
    });
  });

  test('a scope that manifest.yml does not ask for is missing_scope, with what is needed and what there is', async () => {
    const poor = await startScene({ manifest: without('team:read', 'channels:history') });
    await expect(poor.web.team.info()).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'team:read' },
    });
    expect(await errorOf(poor.web.conversations.history({ channel: 'C0PAYMENTS' }))).toBe('missing_scope');
    await poor.close();
  });

  test('Socket Mode wants another kind of token', async () => {
    expect(await errorOf(scene.web.apps.connections.open())).toBe('not_allowed_token_type');
  });
});

describe('what is asked', () => {
  test('an unknown method', async () => {
    expect(await errorOf(scene.web.apiCall('chat.shout', {}))).toBe('unknown_method');
  });

  test('an unknown and a missing argument are named', async () => {
    const call = scene.web.apiCall('chat.getPermalink', { channel: 'C0PAYMENTS', colour: 'red' });
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: [
            '[ERROR] missing required field: message_ts [json-pointer:/message_ts]',
            '[ERROR] no such argument: colour [json-pointer:/colour]',
          ],
        },
      },
    });
  });

  test('JSON as well as forms, and nothing else', async () => {
    const auth = { authorization: `Bearer ${scene.botToken}` };
    const json = { ...auth, 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ channel: 'C0PAYMENTS', text: 'x', blocks: [{ type: 'divider' }] });
    expect(await post('chat.postMessage', body, json)).toMatchObject({ ok: true });
    expect(await post('chat.postMessage', '{', json)).toMatchObject({ error: 'invalid_json' });
    expect(await post('chat.postMessage', 'x', { ...auth, 'content-type': 'text/xml' })).toMatchObject({
      error: 'invalid_post_type',
    });
  });

  test('what was refused is kept, without the token', async () => {
    await errorOf(
      quietClient('xoxb-other', scene.apiUrl).chat.delete({
        channel: 'C0X',
        ts: '1.000000',
      }),
    );
    const [refused] = await scene.client.refused();
    expect(refused).toMatchObject({
      method: 'chat.delete',
      error: 'invalid_auth',
      arguments: { channel: 'C0X' },
    });
    expect(JSON.stringify(await scene.client.log())).not.toContain('xoxb');
  });
});

describe('people', () => {
  test('come in pages, with zones and the email that the scope allows', async () => {
    const names: string[] = [];
    for await (const page of scene.web.paginate('users.list', { limit: 2 })) {
      const { members } = page as { members?: { name: string }[] };
      names.push(...(members ?? []).map((it) => it.name));
    }
    expect(names).toEqual(['ana', 'ben', 'chi', 'gus', 'slackbot', 'cairn']);
    expect(await scene.web.users.info({ user: 'U0BEN' })).toMatchObject({
      user: { tz: 'America/New_York', tz_offset: -14400, profile: { email: 'ben@test.example' } },
    });
  });

  test('keep their email from a bot that may not read it', async () => {
    const poor = await startScene({ manifest: without('users:read.email') });
    const { user } = await poor.web.users.info({ user: 'U0BEN' });
    expect(user?.profile).not.toHaveProperty('email');
    expect(await errorOf(poor.web.users.lookupByEmail({ email: 'ben@test.example' }))).toBe('missing_scope');
    await poor.close();
  });

  test('are found by email, unless nobody has it', async () => {
    expect(await scene.web.users.lookupByEmail({ email: 'Ana@test.example' })).toMatchObject({
      user: { id: 'U0ANA' },
    });
    expect(await errorOf(scene.web.users.lookupByEmail({ email: 'x@test.example' }))).toBe('users_not_found');
    expect(await errorOf(scene.web.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  });

  test('who is deactivated says no more where they are', async () => {
    await scene.client.changeUser('ben', { deleted: true });
    const { user } = await scene.web.users.info({ user: 'U0BEN' });
    expect(user).toMatchObject({ deleted: true });
    expect(user).not.toHaveProperty('tz');
    expect(await errorOf(scene.web.conversations.open({ users: 'U0BEN' }))).toBe('user_disabled');
  });

  test('an invented cursor is refused', async () => {
    expect(await errorOf(scene.web.users.list({ cursor: 'abc' }))).toBe('invalid_cursor');
  });
});

describe('conversations', () => {
  test('the bot sees public channels, and private ones it is in', async () => {
    const types = 'public_channel,private_channel';
    const { channels } = await scene.web.conversations.list({ types });
    expect(channels?.map((it) => [it.name, it.is_member])).toEqual([
      ['general', true],
      ['payments', true],
      ['random', false],
    ]);
    expect(await errorOf(scene.web.conversations.info({ channel: 'G0SECRET' }))).toBe('channel_not_found');
    await scene.client.changeChannel('secret', { join: ['cairn'] });
    expect((await scene.web.conversations.list({ types })).channels).toHaveLength(4);
  });

  test('kinds that it has no scope for, or that do not exist, are refused', async () => {
    expect(await errorOf(scene.web.conversations.list({ types: 'im' }))).toBe('missing_scope');
    expect(await errorOf(scene.web.conversations.list({ types: 'channel' }))).toBe('invalid_types');
  });

  test('members', async () => {
    const { members } = await scene.web.conversations.members({ channel: 'C0PAYMENTS' });
    expect(members).toEqual(['U0ANA', 'U0BEN', 'U0GUEST', 'U0CAIRN']);
  });

  test('a direct channel is one for ever', async () => {
    const first = await scene.web.conversations.open({ users: 'U0ANA' });
    const second = await scene.web.conversations.open({ users: 'U0ANA' });
    expect(second).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
  });
});
