import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AppManifest } from '../../src/playground/fake-slack/manifest.ts';
import { parseSeed } from '../../src/playground/fake-slack/seed.ts';
import { quietHours } from '../../src/playground/fake-slack/web-api/dnd.ts';
import { errorOf, type Scene, startScene } from '../support/fake-slack/scene.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

const withScopes =
  (...scopes: string[]) =>
  (manifest: AppManifest): AppManifest => ({
    ...manifest,
    oauth_config: { scopes: { bot: [...manifest.oauth_config.scopes.bot, ...scopes] } },
  });
const seed = {
  ...smallWorkspace,
  users: smallWorkspace.users.map((user) =>
    user.name === 'ana' ? { ...user, quiet_hours: { from: '20:00', to: '08:00' } } : user,
  ),
  usergroups: [
    { id: 'S0CHECKOUT', handle: 'checkout-team', name: 'Team Checkout', members: ['ana', 'ben'] },
    { id: 'S0OLD', handle: 'old-team', name: 'Old team', members: ['chi'], is_disabled: true },
  ],
};

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ seed, manifest: withScopes('usergroups:read', 'dnd:read') });
});
afterEach(() => {
  scene.slack.reset();
  scene.bot.received.length = 0;
});
afterAll(() => scene.close());

describe('user groups', () => {
  test('are listed with what is asked for', async () => {
    const handles = async (options: object) =>
      (await scene.web.usergroups.list(options)).usergroups?.map((group) => group.handle);
    expect(await handles({})).toEqual(['checkout-team']);
    expect(await handles({ include_disabled: true })).toEqual(['checkout-team', 'old-team']);
    const [plain] = (await scene.web.usergroups.list()).usergroups ?? [];
    expect(plain).toMatchObject({
      id: 'S0CHECKOUT',
      name: 'Team Checkout',
      team_id: 'T0CAIRN',
      date_delete: 0,
    });
    expect(plain).not.toHaveProperty('users');
    const [full] =
      (await scene.web.usergroups.list({ include_users: true, include_count: true })).usergroups ?? [];
    expect(full).toMatchObject({ users: ['U0ANA', 'U0BEN'], user_count: 2 });
  });

  test('have members, of whom the deactivated are none', async () => {
    const members = async () => (await scene.web.usergroups.users.list({ usergroup: 'S0CHECKOUT' })).users;
    expect(await members()).toEqual(['U0ANA', 'U0BEN']);
    await scene.client.changeUser('ben', { deleted: true });
    expect(await members()).toEqual(['U0ANA']);
  });

  test('that nobody knows, or that are no longer used, are refused', async () => {
    const ask = (usergroup: string, more: object = {}) =>
      errorOf(scene.web.usergroups.users.list({ usergroup, ...more }));
    expect(await ask('S0NONE')).toBe('no_such_subteam');
    expect(await ask('S0OLD')).toBe('no_such_subteam');
    expect(await ask('S0OLD', { include_disabled: true })).toBe('ok');
  });

  test('need their scope', async () => {
    const poor = await startScene({ seed });
    expect(await errorOf(poor.web.usergroups.list())).toBe('missing_scope');
    expect(await errorOf(poor.web.usergroups.users.list({ usergroup: 'S0CHECKOUT' }))).toBe('missing_scope');
    await poor.close();
  });

  test('are mentioned by their handle: with it in a command, by id alone in a message', async () => {
    await scene.client.as('ana').command('/owner @checkout-team, @ben and @old-team');
    expect(scene.bot.received.at(-1)?.form['text']).toBe(
      '<!subteam^S0CHECKOUT|@checkout-team>, <@U0BEN|ben> and @old-team',
    );
    const said = await scene.client.as('ana').say('Over to @checkout-team.', { in: 'payments' });
    expect(said.text).toBe('Over to <!subteam^S0CHECKOUT>.');
  });

  test('are seen by whoever can mention them', async () => {
    expect((await scene.client.as('ben').state()).usergroups).toEqual([
      { id: 'S0CHECKOUT', handle: 'checkout-team', name: 'Team Checkout' },
    ]);
  });

  test('of slack.yaml name people who exist and handles that are free', () => {
    const yaml = (group: object) => JSON.stringify({ ...smallWorkspace, usergroups: [group] });
    const group = { id: 'S0X', handle: 'x', name: 'X', members: ['ana'] };
    expect(parseSeed(yaml(group)).usergroups).toHaveLength(1);
    expect(() => parseSeed(yaml({ ...group, members: ['zoe'] }))).toThrow('nobody is called zoe');
    expect(() => parseSeed(yaml({ ...group, handle: 'ana' }))).toThrow('@ana is taken');
  });
});

describe('quiet hours', () => {
  const copenhagen = { tz: 'Europe/Copenhagen', quiet_hours: { from: '20:00', to: '08:00' } };
  const seconds = (iso: string) => Date.parse(iso) / 1000;
  const at = (iso: string, user = copenhagen) => quietHours(user, new Date(iso));

  test('by day they are those of the coming night, by night those that go on', () => {
    const coming = {
      dnd_enabled: true,
      next_dnd_start_ts: seconds('2026-10-05T18:00:00Z'),
      next_dnd_end_ts: seconds('2026-10-06T06:00:00Z'),
    };
    expect(at('2026-10-05T06:00:00Z')).toEqual(coming);
    expect(at('2026-10-05T12:00:00Z')).toEqual(coming);
    expect(at('2026-10-05T22:30:00Z')).toEqual(coming);
    expect(at('2026-10-06T05:59:59Z')).toEqual(coming);
  });

  test('within one day they begin and end on it', () => {
    const noon = { tz: 'UTC', quiet_hours: { from: '12:00', to: '13:00' } };
    expect(at('2026-10-05T13:00:00Z', noon).next_dnd_start_ts).toBe(seconds('2026-10-06T12:00:00Z'));
    expect(at('2026-10-05T12:59:00Z', noon).next_dnd_start_ts).toBe(seconds('2026-10-05T12:00:00Z'));
  });

  test('dnd.info tells them of one person, dnd.teamInfo of several', async () => {
    const none = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
    const info = await scene.web.dnd.info({ user: 'U0ANA' });
    expect(info).toMatchObject({ dnd_enabled: true, next_dnd_start_ts: seconds('2026-10-05T18:00:00Z') });
    expect(info).not.toHaveProperty('snooze_enabled');
    expect(await scene.web.dnd.info()).toMatchObject({ ...none, snooze_enabled: false });
    expect(await errorOf(scene.web.dnd.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
    const { users } = await scene.web.dnd.teamInfo({ users: 'U0ANA,U0BEN,U0NOBODY' });
    expect(users).toEqual({ U0ANA: expect.objectContaining({ dnd_enabled: true }), U0BEN: none });
    expect(await errorOf(scene.web.dnd.teamInfo({ users: '' }))).toBe('no_users_provided');
  });

  test('need their scope', async () => {
    const poor = await startScene({ seed });
    expect(await errorOf(poor.web.dnd.info({ user: 'U0ANA' }))).toBe('missing_scope');
    expect(await errorOf(poor.web.dnd.teamInfo({ users: 'U0ANA' }))).toBe('missing_scope');
    await poor.close();
  });
});
