import { describe, expect, it } from 'vitest';
import { createLog, type Log } from '../../src/platform/log.ts';

const botToken = 'xoxb-1234567890-abcdefABCDEF';
const appToken = 'xapp-1-A0123-4567-89abcdef';

describe('a token of Slack’s', () => {
  it.each([
    ['a bot’s', botToken],
    ['an app’s', appToken],
    ['a person’s', 'xoxp-1-2-3-abcdef'],
    ['one that is refreshed', 'xoxe-1-My0xLabcdef'],
    ['one that runs out', 'xoxe.xoxb-1-Mi0yLabcdef'],
  ])('is hidden by its shape, known or not: %s', (_, token) => {
    const said = written((log) => log.info(`a request with ${token} failed`));
    expect(said).not.toContain(token.slice(-6));
    expect(JSON.parse(said).msg).toContain('[hidden] failed');
  });

  it.each<[string, (log: Log) => void]>([
    ['in a message', (log) => log.warn(`token=${botToken}&x=1`)],
    ['in a field', (log) => log.warn({ token: botToken })],
    [
      'deep in a field',
      (log) => log.warn({ request: { headers: [{ authorization: `Bearer ${botToken}` }] } }),
    ],
    ['in the name of a field', (log) => log.warn({ [botToken]: 1 })],
    ["in an error's message and stack", (log) => log.error({ err: new Error(`bad ${botToken}`) })],
    [
      "in an error's fields",
      (log) => log.error({ err: Object.assign(new Error('no'), { config: { headers: { t: botToken } } }) }),
    ],
    [
      "in an error's cause",
      (log) => log.error({ err: new Error('outer', { cause: new Error(`inner ${botToken}`) }) }),
    ],
    ['in an error given alone', (log) => log.error(new Error(botToken))],
    ['in an address', (log) => log.info(`https://slack.example/api/x?token=${botToken}`)],
    ['in a child log and its bindings', (log) => log.child({ token: botToken }).info(`again ${botToken}`)],
    ['among the values of a format', (log) => log.info('%s and %o', botToken, { token: botToken })],
  ])('is hidden %s', (_, write) => {
    const said = written(write);
    expect(said).not.toContain('abcdefABCDEF');
    expect(said).toContain('[hidden]');
  });
});

describe('a secret that Cairn was given', () => {
  it.each([
    ['plain', 'correct-horse'],
    ['with quotes and backslashes', 'pa"ss\\word'],
    ['with a line break and a tab', 'two\nlines\tlong'],
    ['with letters of a pattern', 'a.b*c(d)[e]$&'],
    ['of another alphabet', 'Überraschung'],
  ])('is hidden wherever it stands: %s', (_, secret) => {
    const said = written(
      (log) => {
        log.info(`it was ${secret}.`);
        log.info({ nested: { value: secret } }, 'nested');
        log.error({ err: new Error(`it was ${secret}.`) });
      },
      [secret],
    );
    for (const text of strings(said)) expect(text).not.toContain(secret);
    expect(said.match(/\[hidden\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('is hidden whole when another secret is the beginning of it', () => {
    const said = written((log) => log.info('it was secret-and-more'), ['secret', 'secret-and-more']);
    expect(said).not.toContain('and-more');
  });

  it('is hidden in an address however short it is', () => {
    const said = written(
      (log) => log.error({ err: new Error('cannot reach postgres://cairn:pw@db.example:5432/cairn') }),
      ['pw'],
    );
    expect(said).not.toContain('pw@');
    expect(said).toContain('postgres://cairn:[hidden]@db.example:5432/cairn');
  });

  it('leaves alone what is too short to be one, and addresses without a password', () => {
    const said = written((log) => log.info('a cat at https://x.example:3000/a@b of Ana'), ['cat', '']);
    expect(JSON.parse(said).msg).toBe('a cat at https://x.example:3000/a@b of Ana');
  });
});

describe('what opens the API', () => {
  const token = `cairn_${'aB3-_'.repeat(8)}xyz`;

  it('is hidden by its shape, wherever it stands', () => {
    const said = written((log) => log.warn({ url: `/api/v1/rocks?token=${token}` }, `curl with ${token}`));
    expect(said).not.toContain('xyz');
    expect(JSON.parse(said)).toMatchObject({
      url: '/api/v1/rocks?token=[hidden]',
      msg: 'curl with [hidden]',
    });
  });

  it.each<[string, unknown]>([
    ['a token of somebody else', { authorization: 'Bearer sesame-42' }],
    ['a name and a password', { headers: { Authorization: 'Basic sesame-42==' } }],
    ['one without a scheme', { authorization: ['sesame-42'] }],
    ['one in a text', 'it sent Authorization: Bearer sesame-42, twice'],
    ['one in a text of JSON', JSON.stringify({ authorization: 'Bearer sesame-42' })],
    ['none', { authorization: null, other: 'sesame' }],
  ])('is hidden as an authorization: %s', (_, sent) => {
    const said = written((log) => log.info({ sent }));
    expect(said).not.toContain('sesame-42');
    expect(() => JSON.parse(said)).not.toThrow();
  });
});

it('writes one line of JSON an entry, with the time and the level', () => {
  const said = written((log) => {
    log.info({ count: 1 }, 'first\nstill first');
    log.debug('not at this level');
    log.error('second');
  });
  const lines = said.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['first\nstill first', 'second']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 30,
    count: 1,
    time: expect.stringMatching(/Z$/),
  });
});

function written(write: (log: Log) => void, secrets: string[] = []): string {
  let said = '';
  write(createLog('info', secrets, { write: (line) => (said += line) }));
  return said;
}

/** Every string in every line, as a reader of the log gets it back. */
function strings(said: string): string[] {
  const found: string[] = [];
  for (const line of said.trimEnd().split('\n')) {
    JSON.parse(line, (name, value) => {
      found.push(name, String(value));
      return value;
    });
  }
  return found;
}
