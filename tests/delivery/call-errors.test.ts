import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Outcome, outcomeOf } from '../../src/delivery/core/outcome.ts';
import { type Connect, readCallError, slackPost } from '../../src/delivery/slack-post.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

/** Slack's answers as they come over a real socket, to the SDK set up as for deliveries. */
describe('a post that Slack answers', () => {
  it('with its place was sent', async () => {
    const { url, requests } = await server(json({ ok: true, channel: 'C1', ts: '1.2' }));
    expect(await post(url)).toEqual({ kind: 'sent', channel: 'C1', ts: '1.2' });
    expect(requests()).toBe(1);
  });

  it('with 429 and a time to wait was not sent', async () => {
    expect(await answered(status(429, { 'retry-after': '3' }))).toMatchObject({
      kind: 'not-sent',
      pauseMs: 3_000,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['no time to wait', {}],
    ['a time that is no number', { 'retry-after': 'soon' }],
  ])('with 429 and %s was not sent', async (_, headers) => {
    expect(await answered(status(429, headers))).toMatchObject({ kind: 'not-sent', pauseMs: 30_000 });
  });

  it.each(['ratelimited', 'rate_limited'])('with %s in a 200 was not sent', async (error) => {
    expect(await answered(json({ ok: false, error }))).toMatchObject({ kind: 'not-sent', pauseMs: 30_000 });
  });

  it.each([500, 502, 503, 504])('with %i is unknown', async (code) => {
    expect(await answered(status(code))).toMatchObject({ kind: 'unknown' });
  });

  it('with 503 and an error of the method in its body is unknown all the same', async () => {
    const body = json({ ok: false, error: 'invalid_auth' }, 503);
    expect(await answered(body)).toMatchObject({ kind: 'unknown' });
  });

  it.each(['is_archived', 'channel_not_found', 'not_in_channel', 'msg_too_long'])(
    'with %s is dead',
    async (error) => {
      expect(await answered(json({ ok: false, error }))).toEqual({ kind: 'dead', reason: error });
    },
  );

  it.each(['internal_error', 'fatal_error'])('with %s is unknown', async (error) => {
    expect(await answered(json({ ok: false, error }))).toEqual({ kind: 'unknown', reason: error });
  });

  it.each([
    ['no JSON', '<html>Bad gateway</html>'],
    ['half of its JSON', '{"ok":true,"channel":"C1","ts"'],
    ['nothing', ''],
  ])('with 200 and %s is unknown', async (_, body) => {
    expect(await answered((_req, res) => res.writeHead(200).end(body))).toMatchObject({ kind: 'unknown' });
  });

  it('with ok and no ts is unknown', async () => {
    expect(await answered(json({ ok: true, channel: 'C1' }))).toMatchObject({ kind: 'unknown' });
  });
});

describe('a post whose connection', () => {
  it('is cut before Slack read it is unknown', async () => {
    expect(await answered((req) => req.socket.destroy())).toMatchObject({ kind: 'unknown' });
  });

  it('is reset after Slack read it is unknown', async () => {
    const cut: Answer = (req) => void req.resume().on('end', () => req.socket.resetAndDestroy());
    expect(await answered(cut)).toMatchObject({ kind: 'unknown' });
  });

  it('is cut in the middle of the answer is unknown', async () => {
    const cut: Answer = (req, res) => {
      res.writeHead(200, { 'content-length': '100' }).write('{"ok":');
      setImmediate(() => req.socket.destroy());
    };
    expect(await answered(cut)).toMatchObject({ kind: 'unknown' });
  });

  it('hangs beyond the timeout is unknown', async () => {
    expect(await answered(() => {}, { timeout: 50 })).toMatchObject({ kind: 'unknown' });
  });

  it('hangs in the middle of the answer is unknown', async () => {
    const stall: Answer = (_req, res) => void res.writeHead(200).write('{"ok":');
    expect(await answered(stall, { timeout: 50 })).toMatchObject({ kind: 'unknown' });
  });

  it('is refused was not sent', async () => {
    const { url, close } = await server(() => {});
    await close();
    expect(await post(url)).toEqual({ kind: 'not-sent', pauseMs: 5_000, reason: 'ECONNREFUSED' });
  });

  it('leads to a host that nobody knows was not sent', async () => {
    // `.invalid` resolves nowhere; without a resolver the answer is that none could be asked.
    const outcome = await post('http://slack.invalid/api/');
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  });
});

describe('a post whose lease is over when the connection stands', () => {
  it('is not made, and was not sent', async () => {
    const { url, requests } = await server(json({ ok: true, channel: 'C1', ts: '1.2' }));
    let asked = 0;
    const outcome = await post(url, {}, () => {
      asked += 1;
      return false;
    });
    expect(outcome).toEqual({ kind: 'not-sent', pauseMs: 0, reason: 'its turn had not come' });
    expect([asked, requests()]).toEqual([1, 0]);
  });

  it('is not made either by a process that slept while it connected', async () => {
    const { url, requests } = await server(json({ ok: true, channel: 'C1', ts: '1.2' }));
    const startedMs = performance.now();
    const posting = post(url, {}, () => performance.now() - startedMs < 150);
    // The SDK has begun by then, and the connection does not stand yet.
    await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    expect(await posting).toMatchObject({ kind: 'not-sent', reason: 'its turn had not come' });
    expect(requests()).toBe(0);
  });
});

it('is made once, whatever becomes of it', async () => {
  for (const answer of [
    status(500),
    status(429, { 'retry-after': '1' }),
    status(429),
    json({ ok: false, error: 'x' }),
  ]) {
    const { url, requests } = await server(answer);
    await post(url);
    expect(requests()).toBe(1);
  }
  const { url, requests } = await server((req) => req.socket.destroy());
  await post(url);
  expect(requests()).toBe(1);
});

it('reads anything that is thrown', () => {
  for (const thrown of [undefined, null, 'text', 7, {}, new Error('x'), new TypeError('fetch failed')]) {
    expect(outcomeOf(readCallError(thrown)).kind).toBe('unknown');
  }
});

it('does not follow causes in a circle', () => {
  const error = new Error('outer');
  error.cause = error;
  expect(readCallError(error)).toMatchObject({ causeCode: undefined });
});

it('finds the network’s code where several addresses were tried', () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const all = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
  const fetchFailed = new TypeError('fetch failed', { cause: all });
  const error = Object.assign(new Error('A request error occurred'), {
    code: 'slack_webapi_request_error',
    original: fetchFailed,
  });
  expect(readCallError(error).causeCode).toBe('ECONNREFUSED');
});

it('a direct channel is not opened by a process that slept until it was too late', async () => {
  const slack = await server(json({ ok: true, channel: { id: 'D1' } }));
  const { openDirect } = slackPost(connectTo(slack.url));
  const outcome = await openDirect('U1', () => false).catch((error) => outcomeOf(readCallError(error)));
  expect(outcome).toMatchObject({ kind: 'not-sent' });
  expect(slack.requests()).toBe(0);
  expect(await openDirect('U1', () => true)).toBe('D1');
});

async function answered(answer: Answer, options: WebClientOptions = {}): Promise<Outcome> {
  return await post((await server(answer)).url, options);
}

function connectTo(slackApiUrl: string, options: WebClientOptions = {}): Connect {
  return (fetch) =>
    new WebClient('xoxb-test', {
      slackApiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
      logLevel: LogLevel.ERROR,
      ...options,
      ...(fetch === undefined ? {} : { fetch }),
    });
}

async function post(
  slackApiUrl: string,
  options: WebClientOptions = {},
  mayBegin: () => boolean = () => true,
): Promise<Outcome> {
  const message = { channel: 'C1', text: 'hello', blocks: [], threadTs: null, deliveryId: 'd1' };
  try {
    return { kind: 'sent', ...(await slackPost(connectTo(slackApiUrl, options)).post(message, mayBegin)) };
  } catch (error) {
    return outcomeOf(readCallError(error));
  }
}

async function server(answer: Answer) {
  let count = 0;
  const listener = createServer((req, res) => {
    count += 1;
    answer(req, res);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const close = async (): Promise<void> => {
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/api/`, requests: () => count, close };
}

function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_req, res) => res.writeHead(code, headers).end('{"ok":false}');
}

function json(body: unknown, code = 200): Answer {
  return (_req, res) => res.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
