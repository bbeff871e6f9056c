import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';

const bot = 'xoxb-1-a-bot-token';
const signing = 'a-signing-secret';
const app = 'xapp-1-an-app-token';
const http = { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: signing };
const socket = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app };

describe('with nothing set', () => {
  it('runs the playground on loopback and a database of its own', () => {
    expect(read({})).toEqual({
      database: { kind: 'embedded', dataDir: '.cairn' },
      http: { host: '127.0.0.1', port: 3000 },
      slack: { mode: 'playground' },
      timezone: null,
      limits: { slackTimeoutMs: 10_000, postsPerSecond: 4 },
      logLevel: 'info',
      sqlSources: {},
      allowsPrivateNumbers: false,
      secrets: [],
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['DATABASE_URL', 'CAIRN_DATA_DIR', 'HOST', 'PORT', 'SLACK_BOT_TOKEN', 'SLACK_API_URL'];
    const more = ['SLACK_CLIENT_ID', 'CAIRN_TIMEZONE', 'LOG_LEVEL', 'CAIRN_SQL_BI'];
    expect(read(Object.fromEntries([...names, ...more].map((name) => [name, ''])))).toEqual(read({}));
  });
});

describe('Slack', () => {
  it('is reached over HTTP with a bot token and a signing secret, and listens to every address', () => {
    const { slack, http: listens } = read(http);
    expect(slack).toEqual({ mode: 'http', botToken: bot, signingSecret: signing, apiUrl: undefined });
    expect(listens).toEqual({ host: '0.0.0.0', port: 3000 });
  });

  it('is reached over a socket with an app token, whether a signing secret is set or not', () => {
    const expected = { mode: 'socket', botToken: bot, appToken: app, apiUrl: undefined };
    expect(read(socket).slack).toEqual(expected);
    expect(read({ ...socket, SLACK_SIGNING_SECRET: signing }).slack).toEqual(expected);
    expect(read(socket).http.host).toBe('0.0.0.0');
  });

  it('is looked for at SLACK_API_URL', () => {
    const apiUrl = 'http://127.0.0.1:4000/api/';
    expect(read({ ...http, SLACK_API_URL: apiUrl }).slack).toMatchObject({ apiUrl });
    expect(read({ ...socket, SLACK_API_URL: apiUrl }).slack).toMatchObject({ apiUrl });
  });
});

it.each([
  ['CAIRN_SLACK_TIMEOUT', '0', 30],
  ['CAIRN_SLACK_TIMEOUT', '31', 30],
  ['CAIRN_SLACK_TIMEOUT', '2.5', 30],
  ['CAIRN_MESSAGES_PER_SECOND', '0', 50],
  ['CAIRN_MESSAGES_PER_SECOND', '51', 50],
  ['CAIRN_MESSAGES_PER_SECOND', 'many', 50],
])('refuses %s=%s', (name, text, most) => {
  expect(readConfig({ [name]: text })).toEqual({
    ok: false,
    problems: [`${name} must be a whole number from 1 to ${most}`],
  });
});

it('takes every other variable as given', () => {
  expect(
    read({
      DATABASE_URL: 'postgresql://cairn@db.example/cairn',
      CAIRN_DATA_DIR: '/var/lib/cairn',
      HOST: '::1',
      PORT: '0',
      CAIRN_TIMEZONE: 'Australia/Lord_Howe',
      CAIRN_SLACK_TIMEOUT: '30',
      CAIRN_MESSAGES_PER_SECOND: '1',
      LOG_LEVEL: 'trace',
      CAIRN_SQL_BI: 'postgres://reader@bi.example/bi',
      UNRELATED: 'left alone',
    }),
  ).toEqual({
    database: { kind: 'url', url: 'postgresql://cairn@db.example/cairn' },
    http: { host: '::1', port: 0 },
    slack: { mode: 'playground' },
    timezone: 'Australia/Lord_Howe',
    limits: { slackTimeoutMs: 30_000, postsPerSecond: 1 },
    logLevel: 'trace',
    sqlSources: { BI: 'postgres://reader@bi.example/bi' },
    allowsPrivateNumbers: false,
    secrets: [],
  });
  expect(read({ CAIRN_DATA_DIR: '/var/lib/cairn' }).database).toEqual({
    kind: 'embedded',
    dataDir: '/var/lib/cairn',
  });
});

describe('a half-set group', () => {
  const bothWays =
    'SLACK_BOT_TOKEN is set, so SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) must be set too';
  it.each([
    ['a bot token alone', { SLACK_BOT_TOKEN: bot }, [bothWays]],
    ['a bot token beside an empty secret', { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: '' }, [bothWays]],
    [
      'a signing secret alone',
      { SLACK_SIGNING_SECRET: signing },
      ['SLACK_SIGNING_SECRET is set, so SLACK_BOT_TOKEN must be set too'],
    ],
    [
      'an app token and an address without a bot token',
      { SLACK_APP_TOKEN: app, SLACK_API_URL: 'http://localhost/api/' },
      [
        'SLACK_APP_TOKEN is set, so SLACK_BOT_TOKEN must be set too',
        'SLACK_API_URL is set, so SLACK_BOT_TOKEN must be set too',
      ],
    ],
  ])('is refused: %s', (_, env, lines) => {
    expect(problems(env)).toEqual(lines);
  });
});

describe('a value that cannot be', () => {
  it.each([
    ['DATABASE_URL', 'mysql://db', 'DATABASE_URL must start with postgres:// or postgresql://'],
    [
      'DATABASE_URL',
      'postgres://cairn:50%off@db/cairn',
      'DATABASE_URL has a % that encodes nothing: write a percent sign as %25',
    ],
    ['PORT', '65536', 'PORT must be a number from 0 to 65535'],
    ['PORT', '-1', 'PORT must be a number from 0 to 65535'],
    ['PORT', '3000x', 'PORT must be a number from 0 to 65535'],
    ['PORT', '3e3', 'PORT must be a number from 0 to 65535'],
    ['CAIRN_TIMEZONE', 'Berlin', 'CAIRN_TIMEZONE must be an IANA time zone, such as Europe/Berlin'],
    ['CAIRN_TIMEZONE', '+02:00', 'CAIRN_TIMEZONE must be an IANA time zone, such as Europe/Berlin'],
    ['LOG_LEVEL', 'verbose', 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent'],
  ])('%s=%s is refused with one line', (name, value, line) => {
    expect(problems({ [name]: value })).toEqual([line]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-a-person', 'SLACK_BOT_TOKEN must start with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-swapped', 'SLACK_APP_TOKEN must start with xapp-'],
    ['SLACK_API_URL', 'not an address', 'SLACK_API_URL must be an http or https address'],
    ['SLACK_API_URL', 'ftp://slack.example/api/', 'SLACK_API_URL must be an http or https address'],
    ['SLACK_API_URL', 'https://slack.example/', 'SLACK_API_URL must end in /api/'],
    ['SLACK_API_URL', 'https://slack.example/api', 'SLACK_API_URL must end in /api/'],
  ])('%s=%s is refused beside a whole group', (name, value, line) => {
    expect(problems({ ...http, [name]: value })).toContain(line);
  });

  it('is never shown, since it may be a secret in the wrong place', () => {
    const lines = problems({
      SLACK_BOT_TOKEN: 'hunter2-token',
      DATABASE_URL: 'hunter2-url',
      PORT: 'hunter2',
    });
    expect(lines.length).toBeGreaterThanOrEqual(4);
    expect(lines.join('\n')).not.toContain('hunter2');
  });
});

it.each(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'CAIRN_ENCRYPTION_KEY'])(
  'refuses %s, alone and beside a whole group, until a later version can use it',
  (name) => {
    const line = `${name} is for installing in many workspaces, which this version cannot do yet: unset it`;
    expect(problems({ [name]: 'value' })).toEqual([line]);
    expect(problems({ ...http, [name]: 'value' })).toEqual([line]);
  },
);

it('names every problem at once, a line each', () => {
  const lines = problems({
    DATABASE_URL: 'db.example',
    PORT: 'http',
    SLACK_BOT_TOKEN: 'token',
    SLACK_CLIENT_ID: '12.34',
    CAIRN_TIMEZONE: 'Mars/Olympus',
    LOG_LEVEL: 'loud',
  });
  expect(lines).toHaveLength(7);
  for (const line of lines) expect(line).not.toContain('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'DATABASE_URL',
    'PORT',
    'SLACK_BOT_TOKEN',
    'CAIRN_TIMEZONE',
    'LOG_LEVEL',
    'SLACK_CLIENT_ID',
    'SLACK_BOT_TOKEN',
  ]);
});

describe('the list of secrets', () => {
  it('has every token and signing secret', () => {
    expect(read({ ...socket, SLACK_SIGNING_SECRET: signing }).secrets).toEqual(
      expect.arrayContaining([bot, app, signing]),
    );
  });

  it("has the databases' passwords, as they are written and as they are meant", () => {
    const { secrets } = read({
      DATABASE_URL: 'postgres://cairn:p%40ss%2Fword@db/cairn',
      CAIRN_SQL_BI: 'postgres://bi.example/bi?user=reader&password=qu%C3%A9ry',
      CAIRN_SQL_DWH: 'postgres://reader:50%off@dwh/x',
    });
    expect(secrets).toEqual(
      expect.arrayContaining(['p%40ss%2Fword', 'p@ss/word', 'quéry', 'qu%C3%A9ry', '50%off']),
    );
  });

  it('has a whole connection string that is no address', () => {
    expect(read({ CAIRN_SQL_BI: 'host=bi password=hunter2' }).secrets).toContain('host=bi password=hunter2');
  });

  it('has nothing that would hide ordinary words', () => {
    const { secrets } = read({ DATABASE_URL: 'postgres://cairn@db/cairn', CAIRN_SQL_BI: 'postgres://db/bi' });
    expect(secrets).toEqual([]);
  });
});

function read(env: Record<string, string>): Config {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problems(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
}

describe('private networks', () => {
  it('are read for numbers only where CAIRN_ALLOW_PRIVATE_NUMBERS says yes', () => {
    expect(read({ CAIRN_ALLOW_PRIVATE_NUMBERS: 'yes' }).allowsPrivateNumbers).toBe(true);
    expect(read({ CAIRN_ALLOW_PRIVATE_NUMBERS: 'no' }).allowsPrivateNumbers).toBe(false);
    expect(readConfig({ CAIRN_ALLOW_PRIVATE_NUMBERS: '1' })).toEqual({
      ok: false,
      problems: ['CAIRN_ALLOW_PRIVATE_NUMBERS must be yes or no'],
    });
  });
});
