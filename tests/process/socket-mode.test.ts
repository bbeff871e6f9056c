import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeSlackServer, startFakeSlackServer } from '../support/fake-slack/server.ts';
import { startProcess } from '../support/process.ts';
import { type SocketSlack, startSocketSlack } from '../support/socket-slack.ts';

let database: TestDatabase;
let fake: FakeSlackServer;
let slack: SocketSlack;
beforeAll(async () => {
  database = await createTestDatabase();
  fake = await startFakeSlackServer();
  slack = await startSocketSlack(fake);
});
afterAll(async () => {
  await slack.close();
  await fake.close();
  await database.close();
});

it('answers a command over Socket Mode as over HTTP, and has no address for Slack’s requests', async () => {
  const cairn = await startProcess({
    DATABASE_URL: database.url,
    HOST: '127.0.0.1',
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  });
  await cairn.ready();
  const answer = await slack.send('slash_commands', {
    token: 'x',
    team_id: 'T0CAIRN',
    team_domain: 'test',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: 'U0ANA',
    user_name: 'ana',
    command: '/owner',
    text: 'unowned',
    api_app_id: 'A0CAIRN',
    response_url: 'http://127.0.0.1:9/never',
    trigger_id: '1.2.x',
  });
  expect(answer).toMatchObject({ response_type: 'ephemeral', text: 'Every rock has an owner.' });

  const posted = await fetch(`http://127.0.0.1:${cairn.port}/slack/events`, { method: 'POST', body: 'x' });
  expect(posted.status).toBe(404);
  cairn.signal('SIGTERM');
  expect(await cairn.ended()).toBe(0);
  expect(cairn.output()).not.toContain(slack.appToken);
});
