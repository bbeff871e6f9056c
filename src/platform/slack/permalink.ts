import type { WebClient } from '@slack/web-api';
import { within } from '../core/within.ts';

/** A modal waits for it, and Slack's trigger lives for three seconds. */
const patienceMs = 700;

/** The web address of a message; null where Slack does not show it to Cairn, or does not answer in time. */
export async function permalinkOf(client: WebClient, channel: string, ts: string): Promise<string | null> {
  const asked = client.chat.getPermalink({ channel, message_ts: ts }).then(
    ({ permalink }) => permalink ?? null,
    () => null,
  );
  return (await within(patienceMs, asked))?.value ?? null;
}
