import type { KnownBlock, ModalView } from '@slack/types';
import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../platform/core/time-words.ts';
import { actions, button, section, sections } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { channelMention, inline, link, personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { disciplineWords } from '../ownership/card-words.ts';
import { named, plainText } from './blocks.ts';
import type { BriefFacts, Handoff } from './core/handoff.ts';
import { lastDay } from './note-words.ts';

export const briefModalId = 'handoff:brief';
export const declineModalId = 'handoff:decline-reason';
export const suggestModalId = 'handoff:suggestion';

/** The brief: the sender's own words and the facts. Only who has to say yes gets `Accept`, and only while they may. */
export function briefModal(handoff: Handoff, mayAccept: boolean, undone: Handoff | null = null): ModalView {
  const blocks: KnownBlock[] = [
    section(introOf(handoff)),
    ...sections(termsOf(handoff)),
    ...sections(wordsOf(handoff)),
    ...(undone === null ? [] : undoneBlocks(undone)),
    ...sections(factLines(handoff.facts, handoff.from)),
    ...(mayAccept && handoff.kind !== 'back'
      ? [actions(button('Suggest changes', 'handoff:suggest', String(handoff.id)))]
      : []),
  ];
  const view: ModalView = {
    type: 'modal',
    callback_id: briefModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    title: plainText(handoff.kind === 'back' ? 'The request' : 'The brief'),
    close: plainText(mayAccept ? 'Later' : 'Close'),
    blocks,
  };
  return mayAccept ? { ...view, submit: plainText('Accept') } : view;
}

function introOf(handoff: Handoff): string {
  const what = named(handoff);
  const to = personMention(handoff.to);
  const from = handoff.from === null ? null : personMention(handoff.from);
  if (handoff.kind === 'back')
    return `${to} would like to have ${what} back${from === null ? '' : ` from ${from}`}.`;
  if (handoff.kind === 'assign') {
    return `${what}, to ${to}, as ${personMention(handoff.sender)} wishes. ${from === null ? 'Nobody carries it now.' : `${from} carries it now.`}`;
  }
  return `${what}, from ${from ?? personMention(handoff.sender)} to ${to}`;
}

function termsOf(handoff: Handoff): string[] {
  const { kind, dueOn, reason } = handoff;
  return [
    ...(kind === 'lend' ? [`On loan until ${lastDay(handoff)}. It goes back by itself then.`] : []),
    ...(dueOn === null ? [] : [`By ${dateWords(dueOn)}`]),
    ...(reason === null
      ? []
      : [kind === 'back' ? '*Why it should come back*' : '*Why it moves*', ...quoted(reason).split('\n')]),
  ];
}

function wordsOf({ words }: Handoff): string[] {
  const parts: [string, string | null][] = [
    ['Why it matters', words.whyItMatters],
    ['Where it stands', words.whereItStands],
    ['What I would do next', words.nextStep],
    ['What could hurt', words.whatCouldHurt],
  ];
  return parts.flatMap(([title, said]) => (said === null ? [] : [`*${title}*`, ...quoted(said).split('\n')]));
}

/** The handoff that a wish to have a rock back would undo, with the brief of that time. */
function undoneBlocks(undone: Handoff): KnownBlock[] {
  const from = undone.from === null ? '' : `${personMention(undone.from)} handed it over to `;
  const on = undone.acceptedAt?.toZonedDateTimeISO(undone.to.timezone).toPlainDate();
  const words = `*What it would undo*\n${from}${personMention(undone.to)}${on === undefined ? '' : ` on ${dateWords(on)}`}. The brief of that time:`;
  return [section(words), ...sections(wordsOf(undone))];
}

function factLines(facts: BriefFacts, from: Handoff['from']): string[] {
  const { summary, team, channel, backups, links, carriedSince } = facts;
  const {
    contributors = [],
    keyResults = [],
    actions: open = [],
    past = [],
    decisions = [],
    roadmap = [],
  } = facts;
  const day = (iso: string): string => dateWords(Temporal.PlainDate.from(iso));
  const placed = [
    ...(team === null ? [] : [`*Team* ${inline(team)}`]),
    ...(channel === null ? [] : [`*Channel* ${channelMention(channel)}`]),
    ...(backups.length === 0 ? [] : [`*Backup* ${backups.map(personMention).join(', ')}`]),
    ...contributors.map((one) => `*${disciplineWords(one.discipline)}* ${personMention(one)}`),
  ];
  const lines = [
    from === null || carriedSince === null
      ? null
      : `Carried by ${personMention(from)} since ${day(carriedSince)}`,
    summary === null ? null : inline(summary),
    ...together(placed),
    ...together(links.map(({ url, label }) => link(url, label))),
    ...titled(
      'Key results',
      keyResults.map(({ title, objective }) => `${inline(title)} (${inline(objective)})`),
    ),
    ...titled(
      'Open actions',
      open.map(({ title, owner, dueOn }) => {
        const due = dueOn === null ? '' : `, by ${day(dueOn)}`;
        return `${inline(title)}: ${personMention(owner)}${due}`;
      }),
    ),
    ...titled(
      'Decisions',
      decisions.map(({ title, on }) => `${inline(title)}, ${day(on)}`),
    ),
    ...titled(
      'Roadmap',
      roadmap.map(({ title, horizon }) => `${inline(title)}, ${inline(horizon)}`),
    ),
    ...titled(
      'Handed over before',
      past.map(({ from: giver, to, on }) => {
        const who = giver === null ? '' : `${personMention(giver)} to `;
        return `${day(on)}: ${who}${personMention(to)}`;
      }),
    ),
  ].filter((line) => line !== null);
  return lines.length === 0 ? [] : ['*The facts*', ...lines];
}

/** On one line where they are short; else a line each, of which nothing is cut off. */
function together(parts: readonly string[]): readonly string[] {
  const line = parts.join('   ');
  return parts.length > 0 && line.length <= 500 ? [line] : parts;
}

function titled(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`*${title}*`, ...lines.map((line) => `• ${line}`)];
}

export function declineModal(handoff: Handoff): ModalView {
  const isAsked = handoff.state === 'asked';
  const stays = isAsked
    ? 'stays with you'
    : handoff.from === null
      ? 'stays where it is'
      : `stays with ${personMention(handoff.from)}`;
  return {
    type: 'modal',
    callback_id: declineModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    title: plainText('Decline'),
    submit: plainText('Decline'),
    close: plainText('Back'),
    blocks: [
      section(`${named(handoff)} ${stays}. Your reason is seen by the two of you alone.`),
      textField({ blockId: 'reason', label: 'Why not now?', limit: 1_000, isLong: true, isOptional: true }),
    ],
  };
}

/** What the receiver would change, in words to the sender. */
export function suggestModal(handoff: Handoff): ModalView {
  return {
    type: 'modal',
    callback_id: suggestModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    title: plainText('Suggest changes'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    blocks: [
      section(
        `What should the brief of ${named(handoff)} say or leave out? ${personMention(handoff.sender)} reads it, changes the brief and offers it again.`,
      ),
      textField({ blockId: 'words', label: 'What would you change?', limit: 2_000, isLong: true }),
    ],
  };
}
