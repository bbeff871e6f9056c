import type { KnownBlock, TableBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { inline, personMention, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import { said } from '../blocks.ts';
import type { Batch, Move } from './core/batch.ts';
import type { Shift } from './core/spread.ts';
import { shiftWords } from './modal-blocks.ts';

/** What is pressed in the message of a draft and in the list of drafts. */
export const press = {
  begin: 'reorg:begin',
  show: 'reorg:show',
  add: 'reorg:add',
  takeOut: 'reorg:take-out',
  release: 'reorg:release',
  drop: 'reorg:drop',
  page: 'reorg:page',
};

/** As many moves as stand in one table: it is read in one look, and its text stays within Slack's limit. */
export const movesOnPage = 25;
const longestCell = 80;

/** A reorganisation that is being prepared: every move in one table, and how the loads change. For its author alone. */
export function draftBlocks(
  batch: Batch,
  moves: readonly Move[],
  shifts: readonly (Shift & { person: PersonRef })[],
  page = 1,
): Content {
  const title = `*${inline(batch.title ?? 'Reorganisation')}*`;
  const id = String(batch.id);
  const intro = `${title}\nA draft that only you see. Nobody is told before you release it, and then everything at once.`;
  const add = button('Add moves', press.add, id, moves.length === 0 ? 'primary' : undefined);
  if (moves.length === 0) {
    const next = 'No rock moves yet.';
    return {
      text: [intro, next].join('\n').replaceAll('*', ''),
      blocks: [section(intro), section(next), actions(add, dropButton(id))],
    };
  }
  const pages = Math.ceil(moves.length / movesOnPage);
  const number = Math.min(Math.max(1, page), pages);
  const first = (number - 1) * movesOnPage;
  const shown = moves.slice(first, first + movesOnPage);
  const people = new Set(moves.flatMap(({ from, to }) => (from === null ? [to.id] : [from.id, to.id]))).size;
  const sum = `${moves.length === 1 ? 'One rock moves' : `${moves.length} rocks move`}, ${people === 1 ? 'one person is' : `${people} people are`} concerned.`;
  const loads = fitted(
    shifts.map((shift) => `• ${personMention(shift.person)}:${shiftWords(shift)}`),
    shifts.length,
  );
  const lines = shown.map(
    ({ rock, from, to }) =>
      `${inline(rock.name)}: ${from === null ? 'nobody' : personMention(from)} → ${personMention(to)}`,
  );
  return {
    text: [intro, sum, ...lines, ...loads].join('\n').replaceAll('*', ''),
    blocks: [
      section(intro),
      section(sum),
      table(shown),
      ...pager(id, number, pages, first, shown.length, moves.length),
      ...sections(loads),
      actions(
        add,
        button('Take some out', press.takeOut, id),
        button('Release …', press.release, id, 'primary'),
        dropButton(id),
      ),
    ],
  };
}

function table(moves: readonly Move[]): TableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text: shortened(text, longestCell) });
  return {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }, { is_wrapped: true }, { is_wrapped: true }],
    rows: [
      ['Rock', 'Weight', 'From', 'To'].map(cell),
      ...moves.map(({ rock, from, to }) =>
        [rock.name, String(rock.weight), from?.name ?? 'nobody', to.name].map(cell),
      ),
    ],
  };
}

function pager(
  id: string,
  page: number,
  pages: number,
  first: number,
  shown: number,
  total: number,
): KnownBlock[] {
  if (pages === 1) return [];
  const to = (label: string, side: string, number: number) =>
    button(label, `${press.page}/${side}`, `${id}:${number}`);
  return [
    context(`${first + 1} to ${first + shown} of ${total}`),
    actions(
      ...(page > 1 ? [to('Back', 'back', page - 1)] : []),
      ...(page < pages ? [to('More', 'more', page + 1)] : []),
    ),
  ];
}

function dropButton(id: string) {
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    ...button('Drop it', press.drop, id),
    confirm: {
      title: words('Drop this draft?'),
      text: words('Everything in it is forgotten. Nobody was told of it, and nobody will be.'),
      confirm: words('Drop it'),
      deny: words('Keep it'),
    },
  };
}

export function droppedBlocks(batch: Pick<Batch, 'title'>): Content {
  return said(`You dropped *${inline(batch.title ?? 'the reorganisation')}*. Nobody was told of it.`);
}

export function supersededBlocks(batch: Pick<Batch, 'title'>): Content {
  return said(`*${inline(batch.title ?? 'The reorganisation')}* goes on in a newer message below.`);
}

/** `/handoff reorg` where there are drafts already. */
export function draftsBlocks(drafts: readonly (Batch & { moves: number })[]): Content {
  const lines = drafts.map(
    ({ title, moves }) =>
      `*${inline(title ?? 'Reorganisation')}*: ${moves === 1 ? 'one move' : `${moves} moves`}`,
  );
  const intro =
    drafts.length === 1 ? 'You prepare one reorganisation.' : `You prepare ${drafts.length} reorganisations.`;
  return {
    text: [intro, ...lines].join('\n').replaceAll('*', ''),
    blocks: [
      section(intro),
      ...drafts.map(({ id }, index) =>
        section(lines[index] ?? '', button('Show it', press.show, String(id))),
      ),
      actions(button('Prepare another', press.begin, 'new')),
    ],
  };
}
