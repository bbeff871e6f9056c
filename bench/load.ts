import { createHmac } from 'node:crypto';
import autocannon from 'autocannon';

export type Load = { perSecond: number; p50: number; p99: number; failed: number };

const connections = 10;

/** Signed slash commands, one for each text, in turns, from ten connections that each wait for their answer. */
export async function load(
  url: string,
  signingSecret: string,
  texts: string[],
  seconds: number,
): Promise<Load> {
  const times: number[] = [];
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: texts.map((text) => signedCommand(signingSecret, text)),
    // autocannon's own percentiles are whole milliseconds.
    setupClient: (client) => {
      client.on('response', (_status, _bytes, responseTime) => times.push(responseTime));
    },
  });
  times.sort((a, b) => a - b);
  return {
    perSecond: result.requests.total / result.duration,
    p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

export function signedCommand(signingSecret: string, text: string) {
  const body = new URLSearchParams({
    token: 'x',
    team_id: 'T0BENCH',
    team_domain: 'bench',
    channel_id: 'C0BENCH',
    channel_name: 'bench',
    user_id: 'U0ASKER',
    user_name: 'asker',
    command: '/owner',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/unused',
    trigger_id: '1.2.x',
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    method: 'POST' as const,
    path: '/slack/events',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
    },
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
