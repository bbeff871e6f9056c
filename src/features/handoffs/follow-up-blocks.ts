import type { ModalView } from '@slack/types';
import { button, type Content, section } from '../../platform/slack/elements.ts';
import { peopleField, textField } from '../../platform/slack/fields.ts';
import { personMention, quoted, shortened } from '../../platform/slack/mrkdwn.ts';
import { named, plainText, said } from './blocks.ts';
import type { Handoff } from './core/handoff.ts';

export const askersModalId = 'handoff:askers';
export const missingModalId = 'handoff:missing-words';
/** Nobody is asked by more people than that at once. */
export const mostAskers = 20;

const times = { 7: 'A week', 30: 'A month' } as const;

/** To the former owner, in private. */
export function stillAskedBlocks(handoff: Handoff, followUpId: number, day: 7 | 30): Content {
  const to = personMention(handoff.to);
  const value = String(followUpId);
  const words = `${times[day]} ago ${to} took ${named(handoff)} over from you. Still asked about it?`;
  return said(
    words,
    button(shortened(`Send askers to ${handoff.to.name}`, 75), 'handoff:still-asked', value),
    button('Not any more', 'handoff:let-go', value),
  );
}

/** To the new owner, in private. */
export function missingBlocks(handoff: Handoff, followUpId: number, day: 7 | 30): Content {
  const value = String(followUpId);
  return said(
    `${times[day]} ago you took ${named(handoff)} over. Anything missing from the brief?`,
    button('Nothing missing', 'handoff:complete', value),
    button('Something is missing', 'handoff:missing', value),
  );
}

export function askersModal(handoff: Handoff, followUpId: number): ModalView {
  const to = personMention(handoff.to);
  return {
    type: 'modal',
    callback_id: askersModalId,
    private_metadata: JSON.stringify({ followUp: followUpId }),
    title: plainText('Send askers on'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    blocks: [
      section(
        `Who still asks you about ${named(handoff)}? Each of them reads, in private, that ${to} carries it now and is the one to ask.`,
      ),
      peopleField({ blockId: 'askers', label: 'Who asked', most: mostAskers }),
    ],
  };
}

export function missingModal(handoff: Handoff, followUpId: number): ModalView {
  const from = handoff.from === null ? 'whoever had it before' : personMention(handoff.from);
  return {
    type: 'modal',
    callback_id: missingModalId,
    private_metadata: JSON.stringify({ followUp: followUpId }),
    title: plainText('What is missing'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    blocks: [
      section(`What would you need to know about ${named(handoff)}? Your words go to ${from} alone.`),
      textField({ blockId: 'words', label: 'What is missing?', limit: 2_000, isLong: true }),
    ],
  };
}

/** What the question reads once it is answered. */
export function answeredBlocks(
  handoff: Handoff,
  answer: 'still-asked' | 'let-go' | 'missing' | 'complete',
  askers: number,
): Content {
  const what = named(handoff);
  const to = personMention(handoff.to);
  const people = askers === 1 ? 'one person knows' : `${askers} people know`;
  return said(
    {
      'still-asked': `Thank you: ${people} now that ${to} is the one to ask about ${what}.`,
      'let-go': `Good to hear that ${what} has arrived with ${to}.`,
      missing: `Your question about ${what} is on its way.`,
      complete: `Good to hear that nothing is missing about ${what}.`,
    }[answer],
  );
}

/** To each who still asked the former owner; the words are ours. */
export function askerBlocks(handoff: Handoff, by: { slackId: string | null; name: string }): Content {
  const to = personMention(handoff.to);
  return said(
    `${personMention(by)} no longer carries ${named(handoff)}: ${to} has it now. Please ask ${to} from now on, who is happy to help.`,
  );
}

/** To the former owner: what the new one misses. */
export function missingWordsBlocks(handoff: Handoff, words: string): Content {
  return said(
    `${personMention(handoff.to)} misses something in the brief of ${named(handoff)}. A word from you helps:\n${quoted(words)}`,
  );
}

/** To the team's lead, in private: a rock that does not let go. */
export function hintBlocks(handoff: Handoff): Content {
  const from = handoff.from === null ? 'Its former owner' : personMention(handoff.from);
  const to = personMention(handoff.to);
  return said(
    `${to} carries ${named(handoff)} for a month now, and ${from} is still asked about it. Perhaps say once more who has it. Only you read this.`,
  );
}
