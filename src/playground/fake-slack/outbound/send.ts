import { isObject } from '../http.ts';
import { limits } from '../limits.ts';
import type { World } from '../world.ts';
import { type Outcome, postToCairn } from './post.ts';
import type { Envelope } from './sockets.ts';

/** What goes to Cairn, named as Socket Mode names it. */
export type Sent = Pick<Envelope, 'type' | 'payload'>;

/** Of an event that is tried again: which retry it is, and why. */
export type Retry = { attempt: number; reason: string };

/**
 * Sends to Cairn by the way that manifest.yml says, Socket Mode or HTTP, and waits as long as Slack would for the
 * answer: over both it is the same outcome. Never throws.
 */
export async function sendToCairn(world: World, sent: Sent, retry?: Retry): Promise<Outcome> {
  if (world.manifest.settings.socket_mode_enabled === true) return overSocket(world, sent, retry);
  const { body, contentType } = onPaper(sent);
  const headers: Record<string, string> =
    retry === undefined
      ? {}
      : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
  return postToCairn(world, body, contentType, limits.ack.waitMs, headers);
}

async function overSocket(world: World, { type, payload }: Sent, retry?: Retry): Promise<Outcome> {
  const isEvent = type === 'events_api';
  const tries = isEvent ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {};
  const envelope = { type, payload, accepts_response_payload: !isEvent, ...tries };
  const answer = await world.sockets.send(envelope, world.waiting.deadline(limits.ack.waitMs));
  if (answer.status !== 'acknowledged') return { status: answer.status };
  // The SDK acknowledges with an empty object where it has nothing to say.
  const isNothing =
    answer.payload === undefined || (isObject(answer.payload) && Object.keys(answer.payload).length === 0);
  const text = isNothing ? '' : JSON.stringify(answer.payload);
  return { status: 200, contentType: 'application/json', text, noRetry: false };
}

/** A command is a form, an interaction a form with one field, an event plain JSON. */
function onPaper({ type, payload }: Sent): {
  body: string;
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
} {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields: Record<string, string> =
    type === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return {
    body: new URLSearchParams(fields).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}
