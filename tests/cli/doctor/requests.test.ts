import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { checkRequestUrl } from '../../../src/cli/doctor/request-checks.ts';
import { checkClock, checkScopes } from '../../../src/cli/doctor/slack-checks.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
let server: Server | null = null;
afterEach(() => server?.close());

async function listening(answer: RequestListener): Promise<string> {
  const opened = createServer(answer);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const address = opened.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return `http://127.0.0.1:${address.port}`;
}
/** Where nobody listens any more. */
async function deserted(): Promise<string> {
  const origin = await listening((_req, res) => res.end());
  await new Promise<void>((resolve) => {
    server?.close(() => resolve());
  });
  return origin;
}
const ask = async (origin: string) => await checkRequestUrl(origin, secret, { isLocal: false });

test.each([
  [
    401,
    'does not accept what SLACK_SIGNING_SECRET signs: the Cairn that answers there has another one, or its clock is wrong.',
  ],
  [
    503,
    'is not ready: Cairn is starting there, or its database does not answer. Look at /readyz and the log.',
  ],
  [302, 'sends on to another address (302), and Slack does not follow. Name the last address.'],
  [404, 'answers 404: something else listens there, or a proxy does not pass /slack/events on to Cairn.'],
  [200, 'answers 200: something else listens there, or a proxy does not pass /slack/events on to Cairn.'],
])('an address that answers %i', async (status, words) => {
  const origin = await listening((_req, res) => res.writeHead(status).end('ok'));
  expect(await ask(origin)).toEqual({
    about: 'Request URL',
    state: 'mend',
    words: `${origin}/slack/events ${words}`,
  });
});

test('an address at which nobody answers, and one without a certificate', async () => {
  const gone = await deserted();
  expect(await ask(gone)).toMatchObject({
    state: 'mend',
    words: `${gone}/slack/events does not answer (ECONNREFUSED). Check the name, the firewall and the proxy.`,
  });
  const origin = (await listening((_req, res) => res.end())).replace('http:', 'https:');
  expect(await ask(origin)).toMatchObject({
    state: 'mend',
    words: expect.stringMatching(
      /has a certificate that is not accepted \(\w+\), and Slack accepts none of its kind\./,
    ),
  });
});

test('a machine on which Cairn does not run is no fault', async () => {
  const here = await deserted();
  expect(await checkRequestUrl(here, secret, { isLocal: true })).toEqual({
    about: 'Cairn here',
    state: 'note',
    words: `nobody answers at ${here}/slack/events, so Cairn does not run here: npm start`,
  });
});

test.each([
  [0.2, 'ok', "within 1 s of Slack's"],
  [-29, 'ok', "within 29 s of Slack's"],
  [90, 'note', "this machine is 90 s behind Slack's; from 300 s on requests of Slack are refused"],
  [
    -400,
    'mend',
    "this machine is 400 s ahead of Slack's, and requests of Slack are refused from 300 s on. Let the system set its clock (timedatectl set-ntp true).",
  ],
])('a clock that is %i s off', (seconds, state, words) => {
  expect(checkClock("Slack's", seconds)).toEqual({ about: 'Clock', state, words });
});

test('scopes of which Slack says nothing are not guessed', () => {
  expect(checkScopes(['users:read'], null)).toEqual([
    { about: 'Scopes', state: 'note', words: 'Slack did not say which it grants' },
  ]);
});
