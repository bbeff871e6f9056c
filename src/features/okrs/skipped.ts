import type { Rehearsal } from '../../cadence/ritual.ts';
import { section } from '../../platform/slack/elements.ts';
import { escaped } from '../../platform/slack/mrkdwn.ts';

/** The rehearsal of a run that would be skipped: what is there to read is why. */
export function skippedRehearsal(reason: string): Rehearsal {
  const words = `As things stand it would be skipped, and nobody would hear of it: ${escaped(reason)}.`;
  return { asked: [], shown: [{ where: 'Nobody', content: { text: words, blocks: [section(words)] } }] };
}
