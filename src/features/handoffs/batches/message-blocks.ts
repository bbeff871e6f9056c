import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { inline, personMention, quoted, shortened, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import { said } from '../blocks.ts';
import { type Batch, isReofferable, type Move, progressWords, standingOf } from './core/batch.ts';

export const againAction = 'batch:again';

/** As many rocks as one message shows with their buttons: what waits comes first, so the others follow by themselves. */
const mostForReceiver = 20;
const mostForAuthor = 40;
/** As much of why they move as stands in each message; the brief has all of it. */
const longestWhy = 600;
const longestLine = 300;

/**
 * What a batch is to one person besides its author: what comes to them, with its buttons, and what goes from them.
 * Redrawn with each decision, so that it always says how things stand.
 */
export function concernedBlocks(
  batch: Batch,
  moves: readonly Move[],
  person: Pick<PersonRef, 'id'>,
): Content {
  const comes = waitingFirst(latestOfEach(moves.filter(({ to }) => to.id === person.id)));
  const goes = latestOfEach(moves).filter(({ from, to }) => from?.id === person.id && to.id !== person.id);
  const by = personMention(batch.by);
  const why = moves.find((it) => it.why !== null)?.why ?? null;
  const blocks: KnownBlock[] = [];
  const lines: string[] = [];
  const say = (line: string, block: KnownBlock = section(line)) => {
    lines.push(line.replaceAll('*', ''));
    blocks.push(block);
  };
  say(comes.length > 0 ? comingIntro(by, comes) : goingIntro(by, goes.length));
  if (why !== null) say(quoted(shortened(why, longestWhy)));
  for (const move of comes.slice(0, mostForReceiver)) {
    say(comingLine(move));
    if (standingOf(move.state) === 'waiting') blocks.push(receiverActions(move.handoffId));
  }
  if (comes.length > mostForReceiver)
    say(`… and ${comes.length - mostForReceiver} more. They come up here when some of these are decided.`);
  if (goes.length > 0) {
    if (comes.length > 0) say('And on its way from you:');
    const shown = fitted(goes.map(goingLine), goes.length);
    lines.push(...shown.map((line) => line.replaceAll('*', '')));
    blocks.push(...sections(shown));
  }
  return { text: lines.join('\n'), blocks };
}

function comingIntro(by: string, comes: readonly Move[]): string {
  if (!comes.some(({ state }) => standingOf(state) === 'waiting'))
    return `${by} offered you ${many(comes.length)}: ${progressWords(comes)}`;
  const each = comes.length === 1 ? 'Read the brief, then decide' : 'Read the brief of each, then decide';
  return `${by} would like to hand ${many(comes.length)} over to you. ${each}: it is yours once you accept it.`;
}

function goingIntro(by: string, count: number): string {
  const stays = count === 1 ? 'It stays yours until it is accepted' : 'Each stays yours until it is accepted';
  return `${by} would like others to carry on with ${many(count)} of yours. ${stays}. Talk to ${by} if that surprises you.`;
}

function receiverActions(handoffId: number): KnownBlock {
  const id = String(handoffId);
  return actions(
    button('Read the brief', 'handoff:read', id, 'primary'),
    button('Decline', 'handoff:decline', id),
  );
}

function comingLine({ rock, from, state }: Move): string {
  const standing = {
    accepted: 'Yours now.',
    declined: 'You declined it.',
    'taken back': 'Taken back: nothing is asked of you.',
    expired: 'The offer is over.',
    'changes suggested': 'You suggested changes to the brief.',
    waiting: '',
  }[standingOf(state)];
  // That something matters little is for those alone who decide about loads.
  const matters = rock.importance === 'critical' || rock.importance === 'very-important';
  const facts = [...(matters ? [rock.importance?.replaceAll('-', ' ')] : []), `weight ${rock.weight}`];
  const whose = from === null ? 'nobody carries it' : `from ${personMention(from)}`;
  return shortenedMrkdwn(
    `*${inline(rock.name)}* · ${[...facts, whose].join(' · ')}${standing === '' ? '' : `\n${standing}`}`,
    longestLine,
  );
}

function goingLine({ rock, to, state }: Move): string {
  const standing = standingOf(state);
  const said =
    standing === 'accepted'
      ? `${personMention(to)} carries it now`
      : `to ${personMention(to)}${standing === 'waiting' ? '' : `, ${standing}: it stays with you`}`;
  return shortenedMrkdwn(`• *${inline(rock.name)}*: ${said}`, longestLine);
}

/** For whoever offered them: how each stands, with what can be done about it. */
export function authorBlocks(batch: Batch, moves: readonly Move[]): Content {
  const latest = latestOfEach(moves);
  const title = batch.title === null ? '' : `*${inline(batch.title)}*\n`;
  const of = batch.from === null || batch.from.id === batch.by.id ? '' : ` of ${personMention(batch.from)}`;
  const people = new Set(latest.map(({ to }) => to.id)).size;
  const intro = `${title}You offered ${many(latest.length)}${of} to ${people === 1 ? 'one person' : `${people} people`}: ${progressWords(latest)}`;
  const shown = openFirst(latest).slice(0, mostForAuthor);
  const rest = latest.length - shown.length;
  const more = rest === 0 ? [] : [`… and ${rest} more, all decided.`];
  return {
    text: [intro, ...shown.map(authorLine), ...more].join('\n').replaceAll('*', ''),
    blocks: [
      section(intro),
      ...shown.map((move) => section(authorLine(move), authorButton(move))),
      ...more.map((line) => context(line)),
    ],
  };
}

/** A rock of a batch that could not be offered, and why, in mrkdwn. */
export type LeftOut = { name: string; words: string };

/** To whoever offered several: what has moved on meanwhile, so that it was left out. */
export function leftOutBlocks(leftOut: readonly LeftOut[]): Content {
  const lines = leftOut.map(({ name, words }) =>
    words.includes(`*${inline(name)}*`) ? `• ${words}` : `• *${inline(name)}*: ${words}`,
  );
  const all = ['Left out, since things moved on meanwhile:', ...fitted(lines, lines.length)];
  return { text: all.join('\n').replaceAll('*', ''), blocks: sections(all) };
}

function authorLine(move: Move): string {
  const standing = standingOf(move.state);
  const stays = isReofferable(move)
    ? move.from === null
      ? '; nobody carries it'
      : `; it stays with ${personMention(move.from)}`
    : '';
  const said = standing === 'waiting' ? 'waits' : standing;
  return shortenedMrkdwn(
    `*${inline(move.rock.name)}* to ${personMention(move.to)}: ${said}${stays}`,
    longestLine,
  );
}

function authorButton(move: Move) {
  const id = String(move.handoffId);
  if (isReofferable(move)) return button('Offer to another', againAction, id);
  const isOpen = ['waiting', 'changes suggested'].includes(standingOf(move.state));
  return isOpen ? button('Withdraw', 'handoff:withdraw', id) : undefined;
}

/** Of a rock that was offered again only the last offer counts. */
export function latestOfEach(moves: readonly Move[]): Move[] {
  const latest = new Map<number, Move>();
  for (const move of moves) {
    const known = latest.get(move.rock.id);
    if (known === undefined || known.handoffId < move.handoffId) latest.set(move.rock.id, move);
  }
  return [...latest.values()];
}

function waitingFirst(moves: readonly Move[]): Move[] {
  const rank = ({ state }: Move) => (standingOf(state) === 'waiting' ? 0 : 1);
  return moves.toSorted((one, other) => rank(one) - rank(other));
}

/** What its author can do something about comes first. */
function openFirst(moves: readonly Move[]): Move[] {
  const rank = (move: Move) => (isReofferable(move) ? 0 : standingOf(move.state) === 'accepted' ? 2 : 1);
  return moves.toSorted((one, other) => rank(one) - rank(other));
}

function many(count: number): string {
  return count === 1 ? '*one rock*' : `*${count} rocks*`;
}

/** In the thread of what waits. */
export function batchReminderBlocks(waiting: readonly Move[]): Content {
  const [only] = waiting;
  const what =
    waiting.length === 1 && only !== undefined
      ? `*${inline(only.rock.name)}* still waits`
      : `${many(waiting.length)} still wait`;
  return said(`${what} for your answer. A \`Decline\` is fine too: then it goes another way.`);
}

/** To a team's lead, in private: that something waits, and not why. */
export function batchLeadBlocks(
  to: { slackId: string | null; name: string },
  by: { slackId: string | null; name: string },
): Content {
  const receiver = personMention(to);
  return said(
    `What ${personMention(by)} offered to ${receiver}, rocks of your team among it, has waited for ${receiver} for three working days. Perhaps a word from you helps. Only you read this.`,
  );
}

/** In the thread of the author's message. */
export function batchExpiredBlocks(): Content {
  return said(
    'Not everything was answered within ten working days, so these offers are over. The message above says which; each can be offered to somebody else.',
  );
}
