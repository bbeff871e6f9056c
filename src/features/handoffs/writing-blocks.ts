import type { KnownBlock, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { section } from '../../platform/slack/elements.ts';
import { dateField, menuField, personField, textField } from '../../platform/slack/fields.ts';
import { inline, personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { plainText } from './blocks.ts';
import { type BriefWords, type Handoff, noWords } from './core/handoff.ts';
import { defaultOverlapDays } from './core/times.ts';

/** Where a new offer is written. */
export const offerModalId = 'handoff:offer';
/** Where the brief of a handoff that exists is written: one that was asked for, or whose brief shall change. */
export const rewriteModalId = 'handoff:rewrite';
/** Words to the owner of a rock that somebody asks for. */
export const askModalId = 'handoff:ask';
/** Why a rock should come back. */
export const backModalId = 'handoff:back';

export const longestWords = 2_000;
export const longestWork = 150;
/** How long the former owner still helps, as people choose it. */
export const overlapChoices = [0, 7, 14, 30] as const;

type Named = { id: number; slackId: string | null; name: string };

/** A new offer: of a rock for good, on loan or by a lead, or of a piece of work. What is not known yet is asked for. */
export type NewOffer =
  | { kind: 'give' | 'assign'; rock: { id: number; name: string }; to: Named | null }
  | { kind: 'lend'; rock: { id: number; name: string }; to: Named | null; untilOn: Temporal.PlainDate | null }
  | { kind: 'work'; work: string; to: Named | null; dueOn: Temporal.PlainDate | null };

/** Where the sender writes the brief of a new offer. Without a receiver the modal asks for one. */
export function offerModal(offer: NewOffer): ModalView {
  const { kind, to } = offer;
  const what = `*${inline(kind === 'work' ? offer.work : offer.rock.name)}*`;
  return {
    ...frame(kind === 'work' || kind === 'lend' ? titles[kind] : titles.give),
    callback_id: offerModalId,
    private_metadata: JSON.stringify({
      kind,
      to: to?.id ?? null,
      ...(kind === 'work' ? { work: offer.work } : { rock: offer.rock.id }),
    }),
    blocks: [
      section(`${introOf(kind, what, to)}\n${hints[kind]}`),
      ...(to === null ? [personField({ blockId: 'to', label: 'To' })] : []),
      ...(kind === 'lend' ? [untilField(offer.untilOn)] : []),
      ...(kind === 'work' ? [dueField(offer.dueOn)] : []),
      ...wordFields(kind, noWords),
      ...(kind === 'give' || kind === 'assign' ? moveFields(null, defaultOverlapDays) : []),
    ],
  };
}

/** The brief of a handoff that was asked for, or that shall be offered again, with what was said until now. */
export function rewriteModal(handoff: Handoff): ModalView {
  const { kind, state, words, reason, suggestion, overlapDays, untilOn } = handoff;
  const what = `*${inline(handoff.title)}*`;
  const isAsked = state === 'asked';
  const to = personMention(handoff.to);
  const intro = isAsked
    ? `${what} goes on to ${to}, who asked for it.\nIt stays yours until they accept. Write what they need to know to carry it well. ${whoReads}`
    : `${what} is offered to ${to} again, with the brief as you write it here.`;
  return {
    ...frame(isAsked ? titles.give : 'The brief'),
    callback_id: rewriteModalId,
    private_metadata: JSON.stringify({ handoff: handoff.id }),
    blocks: [
      section(intro),
      ...(suggestion === null || isAsked ? [] : [section(`*${to} suggests*\n${quoted(suggestion)}`)]),
      ...(kind === 'lend' ? [untilField(untilOn)] : []),
      ...wordFields(kind, words),
      ...(kind === 'lend' || kind === 'work' ? [] : moveFields(isAsked ? null : reason, overlapDays)),
    ],
  };
}

export function askModal(rock: { id: number; name: string }, owner: Named): ModalView {
  return {
    ...frame('Ask for it', 'Ask'),
    callback_id: askModalId,
    private_metadata: JSON.stringify({ rock: rock.id }),
    blocks: [
      section(`${personMention(owner)} carries *${inline(rock.name)}* and decides. Nobody else is told.`),
      textField({
        blockId: 'words',
        label: 'Why you?',
        hint: 'What makes you the one to carry it? A sentence is enough.',
        limit: longestWords,
        isLong: true,
        isOptional: true,
      }),
    ],
  };
}

/** `undoes` is what the wish would undo; `needsReason` while that is not long ago. */
export function backModal(
  rock: { id: number; name: string },
  owner: Named,
  undoes: { words: string; needsReason: boolean },
): ModalView {
  return {
    ...frame('Take back', 'Ask'),
    callback_id: backModalId,
    private_metadata: JSON.stringify({ rock: rock.id }),
    blocks: [
      section(
        `${undoes.words}\n${personMention(owner)} carries *${inline(rock.name)}* now, reads what you write here, and decides.`,
      ),
      textField({
        blockId: 'reason',
        label: 'Why it should come back',
        hint: 'The two of you alone read it.',
        limit: longestWords,
        isLong: true,
        isOptional: !undoes.needsReason,
      }),
    ],
  };
}

const titles = { give: 'Hand over', lend: 'Lend', work: 'A piece of work' };

/** Whoever writes it shall know. */
const whoReads = 'Once they accept, whoever sees the rock can read it.';

const hints: Record<NewOffer['kind'], string> = {
  give: `It stays yours until they accept. Write what they need to know to carry it well. ${whoReads}`,
  assign: `It stays where it is until they accept. Write what they need to know; the facts come by themselves. ${whoReads}`,
  lend: `You stay accountable, and it comes back by itself. Write what they need to know meanwhile. ${whoReads}`,
  work: 'It becomes theirs to do when they accept. Write what they need to know.',
};

function introOf(kind: NewOffer['kind'], what: string, to: Named | null): string {
  if (to === null) return kind === 'lend' ? `To whom is ${what} lent?` : `To whom does ${what} go?`;
  const who = ` ${personMention(to)}.`;
  if (kind === 'lend') return `${what} is lent to${who}`;
  return `${what} goes on to${who}`;
}

function frame(title: string, submit = 'Offer it'): Pick<ModalView, 'type' | 'title' | 'submit' | 'close'> {
  return { type: 'modal', title: plainText(title), submit: plainText(submit), close: plainText('Cancel') };
}

function wordFields(kind: Handoff['kind'], words: BriefWords): KnownBlock[] {
  const field = (blockId: string, label: string, hint: string, said: string | null, isOptional: boolean) =>
    textField({
      blockId,
      label,
      hint,
      limit: longestWords,
      isLong: true,
      isOptional,
      initial: said ?? undefined,
    });
  // Whoever assigns may know no more than the facts.
  const isFree = kind === 'assign';
  return [
    field('why', 'Why it matters', 'What would be lost if nobody carried it?', words.whyItMatters, isFree),
    field(
      'stands',
      'Where it stands',
      'What runs, what is open, who counts on it?',
      words.whereItStands,
      isFree,
    ),
    field('next', 'What I would do next', 'The next step, in your eyes.', words.nextStep, true),
    field('hurt', 'What could hurt', 'Risks, promises made, dates that press.', words.whatCouldHurt, true),
  ];
}

function moveFields(reason: string | null, overlapDays: number): KnownBlock[] {
  return [
    textField({
      blockId: 'reason',
      label: 'Why it moves',
      hint: 'Stands in the history of the rock.',
      limit: 300,
      isOptional: true,
      initial: reason ?? undefined,
    }),
    menuField({
      blockId: 'overlap',
      label: 'Help with what was before',
      isOptional: true,
      choices: overlapChoices.map((days) => ({
        id: String(days),
        name: days === 0 ? 'Not needed' : `For ${days} days`,
      })),
      initial: String(overlapDays),
    }),
  ];
}

function untilField(untilOn: Temporal.PlainDate | null): KnownBlock {
  return dateField({
    blockId: 'until',
    label: 'Until',
    hint: 'The last day of the loan.',
    initial: untilOn?.toString(),
  });
}

function dueField(dueOn: Temporal.PlainDate | null): KnownBlock {
  return dateField({ blockId: 'due', label: 'By', isOptional: true, initial: dueOn?.toString() });
}
