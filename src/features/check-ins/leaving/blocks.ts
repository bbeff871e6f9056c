import type { Option, PlainTextOption, StaticSelect } from '@slack/types';
import { actions, button, type Content, context, section } from '../../../platform/slack/elements.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import { type LeaveReason, type Leaving, leaveReasons, snoozeReasons } from '../core/leaving.ts';

export const leavingActions = { choose: 'check-in:later', comeBack: 'ritual:come-back' };

type Who = { slackId: string | null; name: string };

/** What stands in the menu below a question: each choice says what it does and why, in one press. */
export function laterMenu(occurrenceId: number, actionId: string = leavingActions.choose): StaticSelect {
  const of = (kind: 'snooze' | 'leave', words: string, reasons: Readonly<Record<string, string>>) =>
    Object.entries(reasons).map(([reason, why]): PlainTextOption & Option => ({
      text: { type: 'plain_text', text: `${words}: ${why}`, emoji: false },
      value: `${occurrenceId} ${kind}:${reason}`,
    }));
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: { type: 'plain_text', text: 'Later, or not any more', emoji: false },
    options: [
      ...of('snooze', 'Snooze until tomorrow', snoozeReasons),
      ...of('leave', 'Leave this ritual', leaveReasons),
    ],
  };
}

/** Who answers so much now. */
export type Passed = { to: Who; count: number };

/** What came of leaving: who answers now, what nobody is asked about, and who is told. */
export type Left = {
  cadenceId: number;
  key: string;
  reason: LeaveReason;
  /** What the ritual asks about. */
  thing: 'key result' | 'rock' | 'question';
  passed: readonly Passed[];
  unasked: number;
  told: { kind: 'leads'; people: readonly Who[] } | { kind: 'admins' } | null;
};

/** "one rock", "3 rocks". */
const counted = (count: number, thing: Left['thing']): string =>
  count === 1 ? `one ${thing}` : `${count} ${thing}s`;

/** Undoes leaving. */
export const comeBackButton = (cadenceId: number) =>
  button('Come back', `${leavingActions.comeBack}/${cadenceId}`, String(cadenceId));

/** The answer to whoever leaves. */
export function leftBlocks(left: Left): Content {
  const { cadenceId, key, reason, thing, passed, unasked, told } = left;
  const countOf = (count: number) => counted(count, thing);
  const lines = [
    `You have left \`${inline(key)}\`: ${leaveReasons[reason]}. It asks you nothing any more.`,
    ...passed.map(({ to, count }) => `${personMention(to)} is asked about ${countOf(count)} instead.`),
    ...(unasked === 0 ? [] : [`Nobody is asked about ${countOf(unasked)} now.`]),
    ...(told === null ? [] : [toldWords(told)]),
  ];
  return {
    text: lines.join(' '),
    blocks: [
      section(lines.join('\n')),
      actions(comeBackButton(cadenceId)),
      context('Your Home and the ritual’s card, `/cadence`, have `Come back` as well.'),
    ],
  };
}

function toldWords(told: NonNullable<Left['told']>): string {
  if (told.kind === 'admins') return 'You lead a team of it, so admins read it in their message of the day.';
  return `${told.people.map(personMention).join(' and ')} read${told.people.length === 1 ? 's' : ''} it in the message of the day.`;
}

/** What the question itself says from then on. */
export function leftPromptBlocks({ cadenceId, key }: Pick<Left, 'cadenceId' | 'key'>): Content {
  const words = `You have left \`${inline(key)}\`, so nothing of it is asked of you.`;
  return { text: words, blocks: [section(words), actions(comeBackButton(cadenceId))] };
}

/** To who leads a team, or, where that is who has left, to admins: once, and without reproach. */
export function toldBlocks(who: Who, { key, reason, thing, unasked }: Left, isLead: boolean): Content {
  const open = unasked === 0 ? '' : ` Nobody is asked about ${counted(unasked, thing)} of theirs now.`;
  const lead = isLead ? ', who leads a team of it,' : '';
  const words = `${personMention(who)}${lead} has left the ritual \`${inline(key)}\`: ${leaveReasons[reason]}.${open}`;
  return {
    text: words,
    blocks: [
      section(words),
      context('A word with them may help more than a reminder. They can come back at any time.'),
    ],
  };
}

/** For whoever may change the ritual, below its card. */
export function leavingLine(left: readonly Leaving[]): string {
  const named = left
    .slice(0, 10)
    .map(({ person, reason }) => `${personMention(person)} (${leaveReasons[reason]})`);
  const more = left.length - named.length;
  return `Left by ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
