import type { Temporal } from 'temporal-polyfill';
import { type Content, header, section, sections } from '../../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import type { ShownObjective } from './core/shown.ts';
import { treeOf } from './core/tree.ts';
import { keyResultLine, objectiveLine } from './line-blocks.ts';
import { pager, readingActions } from './list-blocks.ts';

const linesOnPage = 28;
const longestLine = 250;
/** Deeper ones stand no further to the right, where phones have no room. */
const deepest = 4;

/** One page of the tree of objectives. */
export function treeBlocks(
  {
    objectives,
    cycle,
    today,
  }: { objectives: readonly ShownObjective[]; cycle: string | null; today: Temporal.PlainDate },
  page: number,
  again: (page: number) => string,
): Content {
  const lines = treeOf(objectives).flatMap((row): string[] => {
    if ('heading' in row) return [`*${inline(row.heading)}*`];
    const indent = '        '.repeat(Math.min(row.depth, deepest));
    const { line: _line, ...objective } = row.objective;
    return [
      `${indent}${shortenedMrkdwn(objectiveLine({ ...objective, line: null }), longestLine)}`,
      ...objective.keyResults.map(
        (keyResult) => `${indent}    ${shortenedMrkdwn(keyResultLine(keyResult, today), longestLine)}`,
      ),
    ];
  });
  const title = cycle === null ? 'The OKR tree now' : `The OKR tree of ${cycle}`;
  if (lines.length === 0) {
    const text = 'There is no objective yet that you can see. `/okr add` writes one.';
    return { text, blocks: [section(text)] };
  }
  const pages = Math.ceil(lines.length / linesOnPage);
  const shown = Math.min(Math.max(page, 1), pages);
  const own = lines.slice((shown - 1) * linesOnPage, shown * linesOnPage);
  return {
    text: [title, ...own].join('\n').replaceAll('*', '').slice(0, 3_500),
    blocks: [header(title), ...sections(own), ...pager(shown, pages, again, readingActions.tree)],
  };
}
