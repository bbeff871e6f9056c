import type { ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { momentWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, context, section, sections } from '../../platform/slack/elements.ts';
import { dateField } from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Prompt } from './core/check-in.ts';
import { countOf } from './item-words.ts';

export const awayModalId = 'check-in:away';

/** Until when somebody is away; whoever stands in answers meanwhile. */
export function awayModal(): ModalView {
  return {
    type: 'modal',
    callback_id: awayModalId,
    title: { type: 'plain_text', text: "I'm away", emoji: false },
    submit: { type: 'plain_text', text: 'Be away', emoji: false },
    close: { type: 'plain_text', text: 'Not now', emoji: false },
    blocks: [
      dateField({ blockId: 'until', label: 'Your last day away' }),
      context('From today on your backups are asked, and you count as away. `/ooo back` ends it early.'),
    ],
  };
}

/** How numbers were read that could be read otherwise, such as "12,5 as 12.5"; everything is kept already. */
export function readingsModal(readings: readonly string[]): ModalView {
  const lines = readings.map((reading) => `• ${inline(reading)}`);
  return notice('You are in', {
    text: 'I read the numbers like this.',
    blocks: [
      section(['Thank you, you are in. I read:', ...lines].join('\n')),
      context('`/checkin` changes it, if that is not what you meant.'),
    ],
  });
}

/** How long a question can be put off. */
export const snoozes = [
  { actionId: 'check-in:snooze-2h', how: '2h', words: 'In 2 hours' },
  { actionId: 'check-in:snooze-tomorrow', how: 'tomorrow', words: 'Tomorrow' },
] as const;

export function snoozeBlocks(occurrenceId: number): Content {
  const text = 'When shall I ask again?';
  const buttons = snoozes.map(({ actionId, words }) => button(words, actionId, String(occurrenceId)));
  return { text, blocks: [section(text), actions(...buttons)] };
}

export function snoozedWords(
  { until, now }: { until: Temporal.Instant; now: Temporal.Instant },
  zone: string,
): string {
  return `I ask you again ${momentWords(until, now, zone)}.`;
}

/** Why somebody is asked: what they own or stand in for, in whose check-in, and who set it up. */
export type Why = {
  prompt: Prompt;
  cadence: string;
  teams: string[];
  setUpBy: { slackId: string | null; name: string } | null;
};

/** Why somebody is asked, and how it stops. */
export function whyBlocks({ prompt, cadence, teams, setUpBy }: Why): Content {
  const owned = prompt.items.filter((item) => item.why.as === 'owner').length;
  const standIns = prompt.items.length - owned;
  const reasons = [
    ...(owned > 0 ? [`you own ${countOf(owned)}`] : []),
    ...(standIns > 0 ? [`you stand in for ${countOf(standIns)} whose owner cannot answer`] : []),
  ].join(', and ');
  const of = teams.length === 0 ? '' : ` of ${teams.map(inline).join(', ')}`;
  const by = setUpBy === null ? '' : `, which ${personMention(setUpBy)} set up`;
  const lines = [
    `You are asked because ${reasons || 'you were asked before'}${of}. It comes with the check-in \`${cadence}\`${by}.`,
    "To stop it: `Not mine` finds another owner, `I'm away` lets your backup answer, and the menu beside it leaves the ritual.",
  ];
  return { text: lines.join(' '), blocks: sections(lines) };
}
