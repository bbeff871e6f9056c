import type { Button, ModalView } from '@slack/types';
import { actions, button, context, section, sections } from '../../platform/slack/elements.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { notice } from '../../platform/slack/modals.ts';
import { escaped, inline, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { importModals, withinActions } from './actions.ts';
import { countBlocks, problemBlocks, titleOf } from './blocks.ts';
import type { Outcome, PlannedRow, Preview } from './core/import.ts';
import { outcomeOrder, outcomeTitle, promiseOf } from './words.ts';

/** Of all text of a modal, what lines may take: Slack refuses it from about 10,000 on. */
const most = { characters: 6_000, lines: 40, line: 400 };

type Page = { outcome: Outcome; lines: string[] };

/** What would happen, counts first, then row by row, refused ones before all others. */
export function previewModal(preview: Preview, page = 0, problem: string | null = null): ModalView {
  const { kind, importId, counts, questions, answers } = preview;
  const pages = pagesOf(preview);
  const at = Math.min(Math.max(page, 0), Math.max(pages.length - 1, 0));
  const shown = pages[at];
  const open = questions.filter(
    ({ key, suggested }) => answers[key] === undefined && suggested === null,
  ).length;
  const buttons = [...turning(preview, pages, at), ...back(preview)];
  const blocks = [
    ...problemBlocks(problem),
    ...countBlocks(preview),
    ...(open === 0
      ? []
      : [section(open === 1 ? 'One question is still open.' : `${open} questions are still open.`)]),
    ...(shown === undefined
      ? []
      : [section(`*${outcomeTitle(shown.outcome, counts[shown.outcome])}*`), ...sections(shown.lines)]),
    ...(pages.length > 1 ? [context(`Page ${at + 1} of ${pages.length}`)] : []),
    ...(buttons.length === 0 ? [] : [actions(...buttons)]),
    context(promiseOf(kind)),
  ];
  if (counts.added + counts.changed === 0)
    return notice(titleOf(kind), {
      text: 'There is nothing in it to add or to change.',
      blocks: [...blocks, section('There is nothing in it to add or to change.')],
    });
  return formModal({
    title: titleOf(kind),
    submit: 'Bring them in',
    close: 'Not now',
    callbackId: importModals.preview,
    metadata: { importId, kind, stamp: preview.stamp },
    blocks,
  });
}

function turning({ importId }: Preview, pages: readonly Page[], at: number): Button[] {
  const to = (label: string, page: number, id: string) =>
    button(label, `${withinActions.page}/${id}`, `${importId}:${page}`);
  const jumps = outcomeOrder.flatMap((outcome) => {
    const first = pages.findIndex((page) => page.outcome === outcome);
    return first < 0 || pages[at]?.outcome === outcome ? [] : [to(`Show ${names[outcome]}`, first, outcome)];
  });
  return [
    ...(at > 0 ? [to('Page before', at - 1, 'before')] : []),
    ...(at + 1 < pages.length ? [to('Next page', at + 1, 'next')] : []),
    ...jumps,
  ];
}

const names: Record<Outcome, string> = {
  refused: 'refused',
  added: 'what is added',
  changed: 'what changes',
  'left-out': 'what is left out',
  unchanged: 'what stays',
};

function back({ importId, questions, source }: Preview): Button[] {
  const isSheet = source === 'file' || source === 'pasted';
  return [
    ...(isSheet ? [button('Columns', withinActions.columns, String(importId))] : []),
    ...(questions.length > 0
      ? [button(`Questions (${questions.length})`, withinActions.questions, String(importId))]
      : []),
  ];
}

/** Pages of lines, each of one outcome, and each small enough for a modal. */
export function pagesOf({ rows }: Pick<Preview, 'rows'>): Page[] {
  const pages: Page[] = [];
  for (const outcome of outcomeOrder) {
    let page: Page | undefined;
    let length = 0;
    for (const row of rows) {
      if (row.outcome !== outcome) continue;
      const line = lineOf(row);
      if (page === undefined || page.lines.length >= most.lines || length + line.length > most.characters) {
        page = { outcome, lines: [] };
        pages.push(page);
        length = 0;
      }
      page.lines.push(line);
      length += line.length + 1;
    }
  }
  return pages;
}

function lineOf({ line, name, words }: PlannedRow): string {
  const said = words === '' ? '' : `: ${escaped(words)}`;
  return shortenedMrkdwn(
    `Row ${line} *${inline(shortened(name, 100)) || 'without a name'}*${said}`,
    most.line,
  );
}
