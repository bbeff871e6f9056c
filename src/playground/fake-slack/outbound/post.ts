import { createHmac } from 'node:crypto';
import type { World } from '../world.ts';

export type Outcome =
  | { status: number; contentType: string; text: string; noRetry: boolean }
  | { status: 'timeout' | 'unreachable' };

/** Slack's signature of a request: v0, over the timestamp and the raw body. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Posts a signed request to Cairn and waits as long as Slack would. Never throws. */
export async function postToCairn(
  world: World,
  body: string,
  contentType: 'application/json' | 'application/x-www-form-urlencoded',
  waitMs: number,
  extraHeaders: Record<string, string> = {},
): Promise<Outcome> {
  const timestamp = Math.floor(world.now() / 1000);
  const deadline = world.waiting.deadline(waitMs);
  try {
    const response = await fetch(world.connection.requestUrl, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signatureOf(world.connection.signingSecret, timestamp, body),
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...extraHeaders,
      },
      body,
      redirect: 'manual',
      signal: deadline,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text: await response.text(),
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch {
    return { status: deadline.aborted ? 'timeout' : 'unreachable' };
  }
}

/** Slack's word for what went wrong, or undefined when Cairn answered 200. */
export function failureOf(outcome: Outcome): 'operation_timeout' | 'dispatch_failed' | undefined {
  if (outcome.status === 'timeout') return 'operation_timeout';
  return outcome.status === 200 ? undefined : 'dispatch_failed';
}

/** What Cairn put into its answer: a JSON object, plain text, or nothing. */
export function bodyOf(outcome: Outcome): unknown {
  if (!('text' in outcome) || outcome.text.trim() === '') return undefined;
  if (!outcome.contentType.startsWith('application/json')) return { text: outcome.text };
  try {
    const value: unknown = JSON.parse(outcome.text);
    return value === '' ? undefined : value;
  } catch {
    return outcome.text;
  }
}
