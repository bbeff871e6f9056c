import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => cairn.close());

const nowSeconds = () => Math.floor(Date.now() / 1000);

function command(fields: Record<string, string> = {}): string {
  return new URLSearchParams({
    token: 'x',
    team_id: 'T0CAIRN',
    team_domain: 'test',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: 'U0ANA',
    user_name: 'ana',
    command: '/owner',
    text: 'payments',
    api_app_id: 'A0CAIRN',
    response_url: 'http://127.0.0.1:9/never',
    trigger_id: '1.2.x',
    ...fields,
  }).toString();
}

describe('a signed command', () => {
  it('has its answer in the acknowledgement itself', async () => {
    const response = await cairn.post(command());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      response_type: 'ephemeral',
      text: /^Payments: Owner <@U0ANA>/,
    });
  });

  it('asks Slack about somebody it has not met, once', async () => {
    await cairn.slack.addUser({ id: 'U0NEW', name: 'newcomer', real_name: 'New Comer' });
    const row = () =>
      cairn.db.selectFrom('people').select('id').where('slack_id', '=', 'U0NEW').executeTakeFirst();
    // Slack tells of them by an event; forgetting them stands for an event that never came.
    await expect.poll(row).toBeDefined();
    await cairn.db.deleteFrom('people').where('slack_id', '=', 'U0NEW').execute();
    const before = (await cairn.slack.log()).length;
    for (const _ of [1, 2]) {
      const response = await cairn.post(command({ user_id: 'U0NEW' }));
      expect(await response.json()).toMatchObject({ text: /^Payments: / });
    }
    const calls = (await cairn.slack.log())
      .slice(before)
      .filter((it) => JSON.stringify(it).includes('users.info'));
    expect(calls).toHaveLength(1);
  });

  it('is turned away when nobody in Slack has that id', async () => {
    const response = await cairn.post(command({ user_id: 'U0GHOST' }));
    expect(await response.json()).toMatchObject({ text: /^I answer full members of this workspace only\./ });
  });
});

describe('requests that are not Slack’s', () => {
  it.each([
    ['a wrong signature', command(), { secret: 'somebody-else' }, 401],
    ['a timestamp six minutes old', command(), { timestamp: nowSeconds() - 360 }, 401],
    ['a timestamp six minutes ahead', command(), { timestamp: nowSeconds() + 360 }, 401],
    ['a content type that Slack does not send', command(), { contentType: 'text/plain' }, 400],
    ['JSON under another name', '{"type":"hello"}', { contentType: 'text/plain' }, 400],
    ['a body that is no JSON', '{"type":', { contentType: 'application/json' }, 400],
    ['a body of two megabytes', command({ text: 'x'.repeat(2_000_000) }), {}, 413],
  ])('refuses %s', async (_what, body, options, status) => {
    const response = await cairn.post(body, options);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  it('refuses a request without signature headers', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(cairn.url, { method: 'POST', headers, body: command() });
    expect(response.status).toBe(401);
  });

  it('answers nothing to another workspace, however well it signs, and looks nothing up', async () => {
    const response = await cairn.post(command({ team_id: 'T0OTHER', text: 'another workspace asks this' }));
    expect(await response.text()).toBe('');
    const misses = await cairn.db.selectFrom('misses').select('query').execute();
    expect(misses).toEqual([]);
    expect(cairn.logged().join('\n')).toContain('workspace T0OTHER has not installed Cairn');
  });

  it('says so to a command that it does not have', async () => {
    const response = await cairn.post(command({ command: '/ownr', text: '' }));
    expect(await response.json()).toMatchObject({
      text: "I don't know `ownr`. Did you mean `/cairn owner`? `/cairn help` shows what I can do.",
    });
  });
});

describe('a defect', () => {
  it('shows the person a reference, and the log the same reference with the cause', async () => {
    await cairn.db.schema.alterTable('rock_names').renameTo('rock_names_away').execute();
    try {
      const response = await cairn.post(command());
      const { text } = (await response.json()) as { text: string };
      const reference = /reference: \*([A-Z0-9]{6})\*/.exec(text)?.[1];
      expect(text).toMatch(/^Sorry, that went wrong on my side\./);
      expect(text).not.toContain('rock_names');
      const line = cairn.logged().find((entry) => reference !== undefined && entry.includes(reference));
      expect(line).toContain('rock_names');
    } finally {
      await cairn.db.schema.alterTable('rock_names_away').renameTo('rock_names').execute();
    }
  });

  it('never writes a secret to the log', () => {
    const log = cairn.logged().join('\n');
    expect(log.length).toBeGreaterThan(0);
    expect(log).not.toContain(cairn.fake.signingSecret);
    expect(log).not.toContain(cairn.fake.botToken);
  });
});
