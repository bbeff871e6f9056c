import { dayWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { said } from '../handoffs/blocks.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import { type Departure, isReleasable, type Left, type ReleasedRock } from './core/departure.ts';
import { byPerson, count, list, names, restoredLines, unnamed } from './line-words.ts';

export const releaseAction = 'departure:release';
export const notNowAction = 'departure:not-now';
/** Opens the bulk handoff of what somebody who left carried. */
export const moveAction = 'departure:move';

/** Who reads it: in a channel only what everybody may see is named. */
export type Reader = { isChannel: boolean; timezone: string };

type Leaver = Pick<Departure, 'id' | 'person' | 'noticedAt'>;

/** For admins: somebody has left, what is still theirs, and what can be done. */
export function toldBlocks(departure: Leaver, left: Left, reader: Reader): Content {
  const { person, noticedAt } = departure;
  const who = personMention(person);
  const intro = `${who} has left Slack: I noticed on ${dayWords(noticedAt, reader.timezone)}. Nobody else was told, and nothing has moved.`;
  const lines = leftLines(left, reader);
  const what = isReleasable(left) ? [releaseWords(left)] : [];
  const id = String(departure.id);
  return {
    text: [intro, ...lines, ...what].join('\n').replaceAll('*', ''),
    blocks: [
      section(intro),
      ...sections(lines),
      ...what.map((words) => context(words)),
      ...(isReleasable(left)
        ? [actions(button('Release', releaseAction, id, 'primary'), button('Not now', notNowAction, id))]
        : []),
    ],
  };
}

/** The same after somebody pressed `Not now`: it waits, and can be released at any time. */
export function putOffBlocks(departure: Leaver, left: Left, reader: Reader, by: PersonRef): Content {
  const who = personMention(departure.person);
  const rocks = left.rocks.length;
  const words = `${who} has left Slack, and ${personMention(by)} said: not now. ${rocks === 0 ? 'Nothing moves' : `${count(rocks, 'rock')} stay${rocks === 1 ? 's' : ''} where ${rocks === 1 ? 'it is' : 'they are'}`}, lookups name who stands in, and nobody is told.`;
  const lines = leftLines(left, reader);
  return {
    text: [words, ...lines].join('\n').replaceAll('*', ''),
    blocks: [
      section(words),
      ...sections(lines),
      actions(button('Release', releaseAction, String(departure.id))),
    ],
  };
}

/** The same after the release: who stands in for what, what nobody carries, and the way to move it on. */
export function releasedBlocks(
  departure: Leaver & Pick<Departure, 'released'>,
  rocks: readonly ReleasedRock[],
  reader: Reader,
): Content {
  const { person, released } = departure;
  const by = released?.by ?? null;
  const on = released === null ? '' : ` on ${dayWords(released.at, reader.timezone)}`;
  const intro = `What ${personMention(person)} carried was released${by === null ? '' : ` by ${personMention(by)}`}${on}.`;
  const named = rocks.filter(({ isOpen }) => isOpen || !reader.isChannel);
  const lines = [
    ...byPerson(named, ({ acting }) => acting).map(
      ([acting, own]) => `• ${names(own)}: ${personMention(acting)} is acting owner.`,
    ),
    ...list(
      named.filter(({ acting }) => acting === null),
      (own) => `• ${names(own)}: nobody's now.`,
    ),
    ...unnamed(rocks.length - named.length),
  ];
  const shown = fitted(lines, lines.length);
  const move =
    rocks.length === 0 ? [] : [actions(button('Hand off several', moveAction, String(departure.id)))];
  return {
    text: [intro, ...shown].join('\n').replaceAll('*', ''),
    blocks: [section(intro), ...sections(shown), ...move],
  };
}

/** What becomes of the message when the person is there again. */
export function returnedBlocks(
  departure: Pick<Departure, 'person' | 'released'>,
  rocks: readonly ReleasedRock[],
  reader: Reader,
): Content {
  const who = personMention(departure.person);
  if (departure.released === null) return said(`${who} is back; nothing was moved.`);
  const named = rocks.filter(({ isOpen }) => isOpen || !reader.isChannel);
  return said(
    [`${who} is back.`, ...restoredLines(named, 'carries'), ...unnamed(rocks.length - named.length)].join(
      '\n',
    ),
  );
}

/** Rocks with who stands in, then what else is theirs. */
function leftLines(
  { rocks, loans, handoffs, keyResults, actions: work }: Left,
  { isChannel }: Reader,
): string[] {
  const seen = <T extends { isOpen: boolean }>(all: readonly T[]) =>
    all.filter(({ isOpen }) => isOpen || !isChannel);
  const open = seen(rocks);
  const lent = seen(loans);
  const lines = [
    ...open.map(rockLine),
    ...unnamed(rocks.length - open.length),
    ...lent.map(
      ({ name, owner }) =>
        `• *${inline(name)}*, on loan${owner === null ? '' : ` from ${personMention(owner)}`}`,
    ),
    ...unnamed(loans.length - lent.length),
  ];
  const counts = [
    ...list(Array.from({ length: handoffs }), () => `${count(handoffs, 'handoff')} not decided`),
    ...list(Array.from({ length: keyResults }), () => count(keyResults, 'key result')),
    ...list(Array.from({ length: work }), () => `${count(work, 'piece')} of work`),
  ];
  const title = rocks.length === 0 ? [] : [`*Still in the backpack: ${count(rocks.length, 'rock')}*`];
  const also =
    counts.length === 0
      ? []
      : [`${rocks.length + loans.length === 0 ? 'Still theirs' : 'Also theirs'}: ${counts.join(', ')}.`];
  return [...title, ...fitted(lines, lines.length), ...also];
}

function rockLine({ name, importance, standIn, carrier }: Left['rocks'][number]): string {
  const what = importance === null ? '' : `, ${importance.replaceAll('-', ' ')}`;
  const loan = carrier === null ? '' : ` ${personMention(carrier)} has it on loan.`;
  const backup = standIn === null ? 'Nobody stands in.' : `${personMention(standIn)} stands in.`;
  return `• *${inline(name)}*${what}.${loan} ${backup}`;
}

function releaseWords({ rocks, loans, handoffs }: Left): string {
  const acting = rocks.filter(({ standIn }) => standIn !== null).length;
  const parts = [
    ...(acting === 0 ? [] : [`who stands in becomes acting owner of ${count(acting, 'rock')}`]),
    ...(acting === rocks.length
      ? []
      : [`${count(rocks.length - acting, 'rock')} without a backup will be nobody's`]),
    ...(loans.length === 0 ? [] : ['loans go back']),
    ...(handoffs === 0 ? [] : ['handoffs that are not decided end']),
  ];
  const [first = '', ...others] = parts;
  return `\`Release\`: ${[first, ...others].join(', ')}. ${rocks.length === 0 ? '' : 'Then all can be handed on together. '}Should they come back, what has not moved on is theirs again.`;
}
