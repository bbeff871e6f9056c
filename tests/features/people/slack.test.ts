import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../../support/cairn.ts';

describe('a channel that Slack tells of', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    cairn = await startCairn();
  });
  afterAll(async () => cairn.close());

  const payments = () =>
    cairn.db
      .selectFrom('channels')
      .select(['name', (eb) => eb('archived_at', 'is not', null).as('isArchived')])
      .where('slack_id', '=', 'C0PAYMENTS')
      .executeTakeFirst();

  it('is renamed, archived and brought back', async () => {
    await cairn.slack.changeChannel('payments', { name: 'money' });
    await expect.poll(payments).toEqual({ name: 'money', isArchived: false });
    await cairn.slack.changeChannel('money', { is_archived: true });
    await expect.poll(payments).toEqual({ name: 'money', isArchived: true });
    await cairn.slack.changeChannel('money', { is_archived: false });
    await expect.poll(payments).toEqual({ name: 'money', isArchived: false });
  });
});

describe('a channel that Cairn comes into and leaves', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    cairn = await startCairn();
  });
  afterAll(async () => cairn.close());

  const hasCairn = async (slackId: string) =>
    (
      await cairn.db
        .selectFrom('channels')
        .select('has_cairn')
        .where('slack_id', '=', slackId)
        .executeTakeFirst()
    )?.has_cairn;

  it('is known at once, a private one as well, which Slack did not show before', async () => {
    expect(await hasCairn('C0RANDOM')).toBe(false);
    expect(await hasCairn('G0SECRET')).toBeUndefined();
    await cairn.as('ana').command('/invite @Cairn', { in: 'random' });
    await cairn.as('chi').command('/invite @Cairn', { in: 'secret' });
    await expect.poll(() => hasCairn('C0RANDOM')).toBe(true);
    await expect.poll(() => hasCairn('G0SECRET')).toBe(true);
  });

  it('is left, whoever else comes and goes', async () => {
    await cairn.slack.changeChannel('random', { leave: ['ben'] });
    await cairn.slack.changeChannel('random', { join: ['ben'] });
    expect(await hasCairn('C0RANDOM')).toBe(true);
    await cairn.slack.changeChannel('random', { leave: ['cairn'] });
    await cairn.slack.changeChannel('secret', { leave: ['cairn'] });
    await expect.poll(() => hasCairn('C0RANDOM')).toBe(false);
    await expect.poll(() => hasCairn('G0SECRET')).toBe(false);
  });
});

describe('a directory that Slack does not give out', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    const hidden = new Set(['users:read', 'users:read.email', 'channels:read', 'groups:read']);
    cairn = await startCairn({
      fake: {
        manifest: (it) => {
          const bot = it.oauth_config.scopes.bot.filter((scope) => !hidden.has(scope));
          return { ...it, oauth_config: { ...it.oauth_config, scopes: { ...it.oauth_config.scopes, bot } } };
        },
      },
    });
  });
  afterAll(async () => cairn.close());

  it('keeps no ritual from its channel, and nobody in the file from being told later', async () => {
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    expect(await cairn.slack.messages('payments')).toHaveLength(1);
    const states = await cairn.db
      .selectFrom('deliveries as d')
      .innerJoin('messages as m', 'm.id', 'd.message_id')
      .select((eb) => ['d.state', eb('m.to_person_id', 'is not', null).as('isDirect')])
      .execute();
    expect(states).toContainEqual({ state: 'sent', isDirect: false });
    expect(states.filter(({ state }) => state === 'dead')).toEqual([]);
    const channel = await cairn.db.selectFrom('channels').select('slack_id').executeTakeFirst();
    expect(channel?.slack_id).toBe('C0PAYMENTS');
  });
});
