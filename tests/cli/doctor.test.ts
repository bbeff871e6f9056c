import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shippedScopes } from '../../src/cli/manifest-command.ts';
import { optionalScopes } from '../../src/features/health/core/optional-scopes.ts';
import { smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { cairn as command, importText } from './cairn.ts';

let cairn: TestCairn;
let database: TestDatabase;
beforeAll(async () => {
  cairn = await startCairn();
  database = await createTestDatabase();
  // The company of the workspace that the fake is, in a database whose address the command is given.
  const { rows } = await cairn.db.executeQuery<{ slackId: string; name: string }>(
    cairn.db.selectFrom('channels').select(['slack_id as slackId', 'name']).compile(),
  );
  await database.db
    .insertInto('workspaces')
    .values({ id: 'T0CAIRN', name: 'Test company', timezone: 'Europe/Berlin' })
    .execute();
  expect((await importText(database.url, smallCompany)).err).toEqual([]);
  for (const { slackId, name } of rows) {
    await database.db.updateTable('channels').set({ slack_id: slackId }).where('name', '=', name).execute();
  }
});
afterEach(async () => {
  for (const scope of await shippedScopes()) await cairn.slack.scopes(scope, true);
});
afterAll(async () => {
  await cairn.close();
  await database.close();
});

const environment = (): Record<string, string> => ({
  DATABASE_URL: database.url,
  SLACK_BOT_TOKEN: cairn.fake.botToken,
  SLACK_SIGNING_SECRET: cairn.fake.signingSecret,
  SLACK_API_URL: cairn.fake.apiUrl,
  PORT: new URL(cairn.url).port,
});
const doctor = async (given: Record<string, string> = {}, args: string[] = []) =>
  await command(['doctor', ...args], { ...environment(), ...given });
const about = (out: string[], what: string) => out.filter((line) => line.slice(6).startsWith(`${what}:`));

describe('cairn doctor', () => {
  test('says of a sound workspace that all is well, a line each, and exits with 0', async () => {
    const { status, out, err } = await doctor();
    expect(err).toEqual([]);
    expect(out.filter((line) => line.startsWith('mend'))).toEqual([]);
    expect(status).toBe(0);
    expect(about(out, 'Configuration')).toEqual([
      'ok    Configuration: Slack calls Cairn (HTTP), the database of DATABASE_URL',
    ]);
    expect(about(out, 'Database')).toEqual([
      expect.stringMatching(/^ok {4}Database: PostgreSQL \d+(\.\d+)?, at the newest migration$/),
    ]);
    expect(about(out, 'Bot token')).toEqual([
      expect.stringMatching(/^ok {4}Bot token: \w+ in .+ \(T0CAIRN\)$/),
    ]);
    expect(about(out, 'Scopes')).toEqual(['ok    Scopes: all that Cairn needs are granted']);
    expect(about(out, 'Cairn here')).toEqual([`ok    Cairn here: ${cairn.url} answers`]);
    expect(about(out, 'Request URL')).toEqual([
      'note  Request URL: not looked at: say --url https://… with the address that Slack calls',
    ]);
    expect(about(out, 'Channels')).toEqual(['ok    Channels: Cairn is in the one that it writes in']);
    expect(about(out, 'Clock')).toEqual([
      "ok    Clock: within 1 s of the database's",
      expect.stringMatching(/^ok {4}Clock: within \d s of Slack's$/),
    ]);
  });

  test.each(optionalScopes.map(({ scope, off }) => [scope, off]))(
    'notes that %s is left out, and what is off, and nothing else',
    async (scope, off) => {
      await cairn.slack.scopes(scope, false);
      const { status, out } = await doctor();
      expect(status).toBe(0);
      expect(about(out, 'Scopes')).toEqual([
        'ok    Scopes: all that Cairn needs are granted',
        `note  Scopes: ${scope} is left out. ${off}`,
      ]);
    },
  );

  test('names scopes that it needs and has not', async () => {
    await cairn.slack.scopes('im:write', false);
    await cairn.slack.scopes('users:read', false);
    const { status, out } = await doctor();
    expect(status).toBe(1);
    expect(about(out, 'Scopes')).toEqual([
      'mend  Scopes: im:write, users:read are missing. Add them at https://api.slack.com/apps under OAuth & Permissions, then install the app again.',
    ]);
  });

  test('names a channel that it is not in', async () => {
    const elsewhere = `${smallCompany}accounts: []\n`.replace(
      'channel: "#payments", schedule',
      'channel: "#secret-plans", schedule',
    );
    expect((await importText(database.url, elsewhere, ['--overwrite'])).err).toEqual([]);
    const { status, out } = await doctor();
    expect(status).toBe(1);
    expect(about(out, 'Channels')).toEqual([
      'mend  Channels: #secret-plans (cadence weekly-okr): Slack has not shown me such a channel. Check the name, and type /invite @Cairn in #secret-plans.',
    ]);
    expect((await importText(database.url, smallCompany, ['--overwrite'])).err).toEqual([]);
  });

  test('a token that Slack does not take, and a secret that is another one’s', async () => {
    const { status, out } = await doctor({ SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_SIGNING_SECRET: 'wrong' });
    expect(status).toBe(1);
    expect(about(out, 'Bot token')).toEqual([
      'mend  Bot token: Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy the Bot User OAuth Token at https://api.slack.com/apps under OAuth & Permissions.',
    ]);
    expect(about(out, 'Signing secret')).toEqual([
      'note  Signing secret: is not 32 hexadecimal digits, as Slack’s are. Copy it at https://api.slack.com/apps under Basic Information, App Credentials.',
    ]);
    expect(about(out, 'Cairn here')).toEqual([
      `mend  Cairn here: ${cairn.url} does not accept what SLACK_SIGNING_SECRET signs: the Cairn that answers there has another one, or its clock is wrong.`,
    ]);
    expect(out.join('\n')).not.toContain('xoxb-wrong');
  });

  test('an app token that opens no socket', async () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = environment();
    const { status, out } = await command(['doctor'], { ...rest, SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(status).toBe(1);
    expect(about(out, 'App token')).toEqual([
      expect.stringMatching(
        /^mend {2}App token: Slack opens no socket with SLACK_APP_TOKEN \(\w+\)\. At https:\/\/api\.slack\.com\/apps switch Socket Mode on, and make an app-level token with the scope connections:write\.$/,
      ),
    ]);
  });

  test('a schema that is older, without touching it', async () => {
    const empty = await createEmptyDatabase();
    const { status, out } = await doctor({ DATABASE_URL: empty.url });
    expect(status).toBe(1);
    expect(about(out, 'Database')).toEqual([
      expect.stringMatching(
        /^mend {2}Database: PostgreSQL [\d.]+, and its schema is older than this Cairn\. Run cairn migrate, or npm start\.$/,
      ),
    ]);
    expect((await doctor({ DATABASE_URL: empty.url })).out).toEqual(out);
    await empty.close();
  });

  test('a database that does not answer, and numbers that come from one', async () => {
    const gone = 'postgres://cairn:hush-hush@127.0.0.1:1/cairn';
    const { status, out } = await doctor({ DATABASE_URL: gone, CAIRN_SQL_WAREHOUSE: gone });
    expect(status).toBe(1);
    expect(about(out, 'Database')).toEqual([
      'mend  Database: The database cannot be reached (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL and that PostgreSQL is running.',
    ]);
    expect(about(out, 'Numbers')).toEqual([
      'mend  Numbers: CAIRN_SQL_WAREHOUSE: the database does not answer: check the address, and that this machine reaches it',
    ]);
    expect(out.join('\n')).not.toContain('hush');
  });

  test('every problem of a configuration, a line each', async () => {
    const run = await command(['doctor'], { SLACK_BOT_TOKEN: 'xoxb-1', PORT: 'high' });
    expect(run).toEqual({
      status: 1,
      err: [],
      out: [
        'mend  Configuration: PORT must be a number from 0 to 65535',
        'mend  Configuration: SLACK_BOT_TOKEN is set, so SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) must be set too',
      ],
    });
  });

  test('a playground that was never started, without making its database', async () => {
    const run = await command(['doctor'], { CAIRN_DATA_DIR: '/nowhere/of/that/name' });
    expect(run).toEqual({
      status: 0,
      err: [],
      out: [
        'ok    Configuration: no Slack tokens, so the playground, a database of its own in /nowhere/of/that/name',
        'note  Database: there is none yet in /nowhere/of/that/name: npm start makes it',
        'note  Slack: no tokens are set. `cairn manifest` prints the app to make at Slack; the README goes on',
      ],
    });
  });

  test.each([
    [
      ['--url', 'http://cairn.acme.com'],
      '--url "http://cairn.acme.com" is no address such as https://cairn.acme.com: https, without a path.',
    ],
    [['--ulr'], 'There is no option "--ulr". Did you mean --url?'],
    [['now'], '"now" is too much here.'],
  ])('%j is wrong usage', async (args, words) => {
    expect(await command(['doctor', ...args])).toEqual({
      status: 2,
      out: [],
      err: [words, 'Usage: cairn doctor [--url https://…]'],
    });
  });
});

test('the optional scopes that have words are those of the manifest', async () => {
  const asked = await shippedScopes();
  expect(asked).toEqual(expect.arrayContaining(optionalScopes.map(({ scope }) => scope)));
});
