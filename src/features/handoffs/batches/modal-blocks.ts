import type { KnownBlock, ModalView } from '@slack/types';
import { context, section, sections } from '../../../platform/slack/elements.ts';
import { menuBeside, peopleField, personField, textField } from '../../../platform/slack/fields.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import { isOver, type Load } from '../../ownership/load/core/load.ts';
import { plainText } from '../blocks.ts';
import type { Choice, Movable, Receiver, Shift } from './core/spread.ts';

export const receiversModalId = 'batch:receivers';
export const rocksModalId = 'batch:rocks';
export const offerModalId = 'batch:offer';
export const againModalId = 'batch:again';
/** A menu beside a rock: what is picked is read when the modal is sent off. */
export const pickAction = 'batch:pick';
export const stays = 'stays';

/** As many people as rocks are spread over at once: more are no help to whoever chooses. */
export const mostReceivers = 10;
/** As many rocks as stand in one modal. */
export const rocksOnPage = 40;
const longestWords = 2_000;

/** A person with the load that whoever reads it may see; null: they may not. */
export type Shown = PersonRef & { load: number | null; limit: number };

/** First step: who takes over. */
export function receiversModal(given: {
  /** "What Ana carries", in mrkdwn. */
  about: string;
  rocks: readonly Movable[];
  /** The load of the one whose rocks they are, for those who may see it. */
  load: Pick<Load, 'load' | 'limit'> | null;
  /** Rocks of theirs that whoever moves them may not move. */
  others: number;
  suggested: readonly PersonRef[];
  metadata: string;
}): ModalView {
  const { rocks, load } = given;
  const free = rocks.filter(({ offeredTo }) => offeredTo === null);
  const away = rocks.filter(({ offeredTo }) => offeredTo !== null);
  const weight = free.reduce((sum, rock) => sum + rock.weight, 0);
  const count = free.length === 1 ? 'one rock' : `${free.length} rocks`;
  const loads = load === null ? '' : ` ${loadWords(load)}`;
  return {
    type: 'modal',
    callback_id: receiversModalId,
    private_metadata: given.metadata,
    title: plainText('Hand off several'),
    submit: plainText('Next'),
    close: plainText('Cancel'),
    blocks: [
      section(`${given.about}: *${count}* of weight ${weight} together.${loads}`),
      peopleField({
        blockId: 'receivers',
        label: 'Who takes over',
        hint: `Up to ${mostReceivers} people. In the next step each rock gets one of them, or stays where it is.`,
        initial: given.suggested.flatMap(({ slackId }) => (slackId === null ? [] : [slackId])),
        most: mostReceivers,
      }),
      ...away.slice(0, 1).map(() => context(awayWords(away))),
      ...(given.others === 0
        ? []
        : [
            context(
              `${given.others} more ${given.others === 1 ? 'is' : 'are'} of teams that you do not lead.`,
            ),
          ]),
    ],
  };
}

function awayWords(away: readonly Movable[]): string {
  const named = away.slice(0, 10).map(({ name, offeredTo }) => {
    return `*${inline(name)}*${offeredTo === null ? '' : ` to ${personMention(offeredTo)}`}`;
  });
  const more = away.length > named.length ? `, and ${away.length - named.length} more` : '';
  return `On its way already: ${named.join(', ')}${more}.`;
}

/** Second step: who takes what. Each rock has its proposal, and the people with it. */
export function rocksModal(given: {
  rocks: readonly Movable[];
  receivers: readonly Shown[];
  choice: Choice;
  page: { number: number; count: number };
  submit: string;
  /** Who reads it. */
  readerId: number;
  metadata: string;
}): ModalView {
  const { rocks, receivers, choice, page } = given;
  const isLast = page.number === page.count;
  return {
    type: 'modal',
    callback_id: rocksModalId,
    private_metadata: given.metadata,
    title: plainText('Who takes what'),
    submit: plainText(isLast ? given.submit : 'Next rocks'),
    close: plainText('Back'),
    blocks: [
      ...loadsBlock(receivers),
      ...rocks.map((rock) => rockBlock(rock, given, choice.get(rock.id))),
      ...(page.count === 1 ? [] : [context(`Page ${page.number} of ${page.count}`)]),
    ],
  };
}

/** What each of them carries now, as far as whoever reads it may see it. */
function loadsBlock(receivers: readonly Shown[]): KnownBlock[] {
  const known = receivers.flatMap((person) =>
    person.load === null ? [] : [`${personMention(person)} carries ${person.load} of ${person.limit}`],
  );
  return known.length === 0 ? [] : [context(known.join('  ·  '))];
}

function rockBlock(
  rock: Movable,
  { receivers, readerId }: { receivers: readonly Shown[]; readerId: number },
  chosen: number | undefined,
): KnownBlock {
  const { id, name, importance, weight, backups, owner } = rock;
  const facts = [
    importance?.replaceAll('-', ' '),
    `weight ${weight}`,
    ...backups
      .slice(0, 1)
      .map((backup) => `${personMention(backup)} ${backup.id === owner?.id ? 'stands in' : 'is backup'}`),
  ].filter((fact) => fact !== undefined);
  const menu = menuBeside({
    actionId: pickAction,
    label: `Who takes ${name}`,
    choices: [
      ...receivers.filter((it) => it.id !== owner?.id).map((it) => ({ id: String(it.id), name: it.name })),
      { id: stays, name: staysWords(owner, readerId) },
    ],
    initial: chosen === undefined ? stays : String(chosen),
  });
  return { ...section(`*${inline(name)}*\n${facts.join(' · ')}`, menu), block_id: rockBlockId(id) };
}

function staysWords(owner: PersonRef | null, readerId: number): string {
  if (owner === null) return 'Nobody yet';
  return owner.id === readerId ? 'Stays with you' : `Stays with ${owner.name}`;
}

export function rockBlockId(rockId: number): string {
  return `rock-${rockId}`;
}

/** A receiver in the last step, and what shall go to them. */
export type Portion = { to: PersonRef; rocks: readonly Movable[]; shift: Shift | null };

/** Third step: everything once more, and why. */
export function offerModal(given: {
  portions: readonly Portion[];
  staying: readonly Movable[];
  /** How the load of the one whose rocks they are changes, for those who may see it. */
  from: { person: PersonRef; shift: Shift } | null;
  metadata: string;
}): ModalView {
  const { portions, staying, from } = given;
  const lines = portions.map(
    ({ to, rocks, shift }) =>
      `${personMention(to)} gets ${rocks.map(({ name }) => `*${inline(name)}*`).join(', ')}.${shiftWords(shift)}`,
  );
  const rest = [
    ...(staying.length === 0
      ? []
      : [
          `${staying.length === 1 ? 'Stays where it is' : 'Stay where they are'}: ${staying.map(({ name }) => inline(name)).join(', ')}.`,
        ]),
    ...(from === null ? [] : [`${personMention(from.person)}:${shiftWords(from.shift)}`]),
  ];
  return {
    type: 'modal',
    callback_id: offerModalId,
    private_metadata: given.metadata,
    title: plainText('Look it over'),
    submit: plainText('Offer them'),
    close: plainText('Back'),
    blocks: [
      ...lines.flatMap((line) => sections([line])),
      ...rest.map((line) => context(line)),
      textField({
        blockId: 'why',
        label: 'Why they move',
        hint: 'A sentence for everybody who gets one of them.',
        limit: longestWords,
        isLong: true,
      }),
      textField({
        blockId: 'stands',
        label: 'Where things stand',
        hint: 'What runs, what is open, who counts on it. The facts of each rock are added by themselves.',
        limit: longestWords,
        isLong: true,
        isOptional: true,
      }),
    ],
  };
}

/** While many rocks are offered, which takes longer than a modal may stay unanswered. */
export function workingModal(count: number): ModalView {
  return closing(`${count} rocks are being offered. You can close this: you find them in our messages.`);
}

/** Said in place of all the steps: closing it closes them. */
export function closing(mrkdwn: string): ModalView {
  return {
    type: 'modal',
    clear_on_close: true,
    title: plainText('Hand off several'),
    close: plainText('Close'),
    blocks: [section(mrkdwn)],
  };
}

/** A rock that did not move, for whoever takes it instead: one pick, and it is offered with the same words. */
export function againModal({ handoffId, rock }: { handoffId: number; rock: { name: string } }): ModalView {
  return {
    type: 'modal',
    callback_id: againModalId,
    private_metadata: JSON.stringify({ handoff: handoffId }),
    title: plainText('Offer to another'),
    submit: plainText('Offer it'),
    close: plainText('Cancel'),
    blocks: [
      section(`*${inline(rock.name)}* goes out again with the words that it had.`),
      personField({ blockId: 'to', label: 'Who takes it' }),
    ],
  };
}

/** " *Load* 8 → 14 of 15." */
export function shiftWords(shift: Pick<Shift, 'before' | 'after' | 'limit'> | null): string {
  if (shift === null) return '';
  const { before, after, limit } = shift;
  const over = after > limit ? `, ${after - limit} too many` : '';
  return ` *Load* ${before} → ${after} of ${limit}${over}.`;
}

function loadWords({ load, limit }: Pick<Load, 'load' | 'limit'>): string {
  const over = isOver({ load, limit }) ? `, ${load - limit} too many` : '';
  return `*Load* ${load} of ${limit}${over}.`;
}

export function toShown(receiver: Receiver, isSeen: boolean): Shown {
  return { ...receiver, load: isSeen ? receiver.load : null };
}
