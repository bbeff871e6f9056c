import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type Horizon, horizons, type Item } from './core/item.ts';
import type { Listed, Of } from './core/page.ts';
import { horizonWords } from './core/words.ts';
import { roadmapActions } from './frame-blocks.ts';
import { itemLine } from './item-words.ts';

/** So many items are on a page: with what stands around them they stay within one message of Slack's. */
const itemsOnPage = 15;
const longestText = 3_500;

/** One page of the roadmap by horizon. `again` is what a button needs to ask for another page, from 1 on. */
export function listBlocks(listed: Listed, page: number, again: (page: number) => string): Content {
  const { items, today } = listed;
  const add = actions(button('Add an item', roadmapActions.add, 'add'));
  const over = overWords(listed);
  if (items.length === 0) {
    const text = [emptyWords(listed), ...over].join(' ');
    return { text, blocks: [section(text), add] };
  }
  const pages = Math.ceil(items.length / itemsOnPage);
  const shown = Math.min(Math.max(page, 1), pages);
  const own = items.slice((shown - 1) * itemsOnPage, shown * itemsOnPage);
  const groups = [...Map.groupBy(own, ({ horizon }) => horizon)].map(([horizon, group]) => [
    `*${horizonWords[horizon]}* (${countIn(items, horizon)})`,
    ...group.map((item) => itemLine(item, today)),
  ]);
  const title = titleOf(listed);
  const of = pages === 1 ? [] : [`Page ${shown} of ${pages}`];
  const small = [...of, ...over];
  const text = [[inline(title), ...of].join(' · '), ...groups.flat(), ...over].join('\n').replaceAll('*', '');
  const blocks: KnownBlock[] = [
    header(title),
    ...groups.flatMap((lines) => sections(lines)),
    ...(small.length === 0 ? [] : [context(small.join(' · '))]),
    actions(
      ...(shown > 1 ? [button('Back', `${roadmapActions.page}/back`, again(shown - 1))] : []),
      ...(shown < pages ? [button('More', `${roadmapActions.page}/more`, again(shown + 1))] : []),
      ...add.elements.filter((it) => it.type === 'button'),
    ),
  ];
  return { text: shortenedMrkdwn(text, longestText), blocks };
}

function countIn(items: readonly Item[], horizon: Horizon): number {
  return items.filter((item) => item.horizon === horizon).length;
}

function titleOf({ of, horizon }: Pick<Listed, 'of' | 'horizon'>): string {
  const part = horizon === null || horizon === 'all' ? 'Roadmap' : `Roadmap: ${horizon}`;
  switch (of.kind) {
    case 'all':
      return part;
    case 'line':
    case 'objective':
      return `${part} for ${of.name}`;
    default:
      return `${part} of ${of.name}`;
  }
}

/** "3 shipped, 1 stopped: `/roadmap shipped`, `/roadmap stopped`": what is there and not shown. */
function overWords({ over }: Listed): string[] {
  const parts = horizons.flatMap((horizon) => {
    if (horizon !== 'shipped' && horizon !== 'stopped') return [];
    return over[horizon] === 0 ? [] : [{ horizon, count: over[horizon] }];
  });
  if (parts.length === 0) return [];
  const counts = parts.map(({ horizon, count }) => `${count} ${horizon}`).join(', ');
  return [`${counts}: ${parts.map(({ horizon }) => `\`/roadmap ${horizon}\``).join(', ')}`];
}

function emptyWords({ of, horizon }: Listed): string {
  const what =
    horizon === null || horizon === 'all'
      ? 'Nothing is on the roadmap'
      : horizon === 'shipped' || horizon === 'stopped'
        ? `Nothing was ${horizon}`.replace('was shipped', 'has shipped')
        : `Nothing is in ${horizon}`;
  return `${what}${ofWords(of)} yet. \`/roadmap add\` puts something there.`;
}

function ofWords(of: Of): string {
  if (of.kind === 'all') return '';
  return of.kind === 'person' || of.kind === 'team' ? ` of ${inline(of.name)}` : ` for ${inline(of.name)}`;
}

/** Why nothing is shown, and what may have been meant, as buttons that show it. */
export function nearBlocks(words: string, near: readonly { id: number; title: string }[]): Content {
  if (near.length === 0) return { text: words, blocks: [section(words)] };
  const question = `${words} Did you mean one of these?`;
  const buttons = near.map(({ id, title }, index) =>
    button(title, `${roadmapActions.show}/${index}`, String(id)),
  );
  return {
    text: [question, ...near.map(({ title }) => inline(title))].join('\n'),
    blocks: [section(question), actions(...buttons)],
  };
}
