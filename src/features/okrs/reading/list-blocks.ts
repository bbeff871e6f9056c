import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Listed } from './core/page.ts';
import type { ShownObjective } from './core/shown.ts';
import { keyResultLine, objectiveLine } from './line-blocks.ts';

export const readingActions = {
  page: 'okr:page',
  tree: 'okr:tree-page',
  show: 'okr:show',
  edit: 'okr:edit',
} as const;

/** So many lines of objectives and key results are on a page: they stay within one message of Slack's. */
const linesOnPage = 24;

/** One page of a list of objectives, each with its key results. `again` is what a button needs to ask for another page. */
export function listBlocks(listed: Listed, page: number, again: (page: number) => string): Content {
  const { objectives } = listed;
  const title = titleOf(listed);
  if (objectives.length === 0) {
    const text = emptyWords(listed);
    return { text, blocks: [section(text)] };
  }
  const pages = pagesOf(objectives);
  const shown = Math.min(Math.max(page, 1), pages.length);
  const own = pages[shown - 1] ?? [];
  const lines = own.map((objective) => objectiveLines(objective, listed));
  const blocks: KnownBlock[] = [
    header(title),
    ...lines.flatMap((each) => sections(each)),
    ...pager(shown, pages.length, again, readingActions.page),
  ];
  const of = pages.length === 1 ? '' : ` (page ${shown} of ${pages.length})`;
  const text = [`${title}${of}`, ...lines.flat().map((line) => line.replaceAll('*', ''))].join('\n');
  return { text: text.slice(0, 3_500), blocks };
}

function objectiveLines(objective: ShownObjective, { today }: Listed): string[] {
  const results =
    objective.keyResults.length === 0
      ? ['   No key result yet.']
      : objective.keyResults.map((keyResult) => keyResultLine(keyResult, today));
  return [objectiveLine(objective), ...results];
}

/** Objectives on pages of about as many lines; one with very many key results is parted, so that none is left out. */
export function pagesOf(objectives: readonly ShownObjective[]): ShownObjective[][] {
  const pages: ShownObjective[][] = [];
  let room = 0;
  for (const objective of objectives.flatMap(parted)) {
    const lines = objective.keyResults.length + 2;
    if (lines > room) {
      pages.push([]);
      room = linesOnPage;
    }
    pages.at(-1)?.push(objective);
    room -= lines;
  }
  return pages;
}

function parted(objective: ShownObjective): ShownObjective[] {
  const most = linesOnPage - 2;
  const count = Math.max(1, Math.ceil(objective.keyResults.length / most));
  return Array.from({ length: count }, (_, index) => ({
    ...objective,
    keyResults: objective.keyResults.slice(index * most, (index + 1) * most),
  }));
}

export function pager(
  page: number,
  pages: number,
  again: (page: number) => string,
  actionId: string,
): KnownBlock[] {
  if (pages === 1) return [];
  return [
    context(`Page ${page} of ${pages}`),
    actions(
      ...(page > 1 ? [button('Earlier', `${actionId}/earlier`, again(page - 1))] : []),
      ...(page < pages ? [button('More', `${actionId}/more`, again(page + 1))] : []),
    ),
  ];
}

function titleOf({ of, cycle }: Listed): string {
  const when = cycle === null ? 'now' : `in ${cycle}`;
  switch (of.kind) {
    case 'person':
      return of.isAsker ? `Your OKRs ${when}` : `OKRs of ${of.person.name} ${when}`;
    case 'team':
      return `OKRs of ${of.name} ${when}`;
    case 'at-risk':
      return `What needs a look ${when}`;
    case 'all':
      return `All OKRs ${when}`;
  }
}

/** Says that there is nothing, and where to look instead while the cycle of the day is a draft. */
function emptyWords({ draft, ...listed }: Listed): string {
  const nothing = nothingWords(listed);
  return draft === null
    ? nothing
    : `${nothing} ${inline(draft)} is still a draft: \`/okr list ${inline(draft)}\` shows it.`;
}

function nothingWords({ of, cycle }: Pick<Listed, 'of' | 'cycle'>): string {
  const when = cycle === null ? 'in the current cycle' : `in ${inline(cycle)}`;
  switch (of.kind) {
    case 'person':
      return of.isAsker
        ? `You own no objective and no key result ${when}. \`/okr add\` writes one; \`/okr list all\` shows everybody's.`
        : `${personMention(of.person)} owns no objective and no key result ${when}.`;
    case 'team':
      return `${inline(of.name)} has no objective ${when}. \`/okr add\` writes one.`;
    case 'at-risk':
      return `Nothing is at risk, off track or outdated ${when}.`;
    case 'all':
      return `There is no objective ${when} that you can see. \`/okr add\` writes one.`;
  }
}
