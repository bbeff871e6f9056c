import type { KnownBlock } from '@slack/types';
import { actions, button, type Content, context, header, section } from '../../platform/slack/elements.ts';
import { inline, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Page } from './core/page.ts';

/** Shows a page below what was pressed; its value is the page's key. */
export const readAction = 'playbook:read';
export const listAction = 'playbook:list';

const onAPage = 12;
const longestPurpose = 200;

/** `/playbook`: every page with what it is for, those of the company after those that come with Cairn. */
export function listBlocks(pages: readonly Page[], pageNumber: number): Content {
  const count = Math.max(1, Math.ceil(pages.length / onAPage));
  const at = Math.min(Math.max(pageNumber, 0), count - 1);
  const shown = pages.slice(at * onAPage, (at + 1) * onAPage);
  const note = `How each ritual works. \`/playbook roadmap-review\` opens one at once.`;
  const where = count === 1 ? note : `${note} Page ${at + 1} of ${count}.`;
  const blocks: KnownBlock[] = [header('Playbook'), context(where)];
  const lines: string[] = [];
  const part = (title: string, own: readonly Page[]): void => {
    if (own.length === 0) return;
    blocks.push(section(`*${title}*`), ...own.map(entry));
    lines.push(title, ...own.map((page) => `• ${lineOf(page).replaceAll('*', '')}`));
  };
  part(
    'From Cairn',
    shown.filter(({ id }) => id === null),
  );
  part(
    'Your own',
    shown.filter(({ id }) => id !== null),
  );
  const buttons = [
    ...(at > 0 ? [button('Back', `${listAction}/back`, String(at - 1))] : []),
    ...(at + 1 < count ? [button('More', `${listAction}/more`, String(at + 1))] : []),
  ];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return { text: ['Playbook', where, ...lines].join('\n').replaceAll('`', ''), blocks };
}

/** Nothing is called so: the nearest pages, each as a button. */
export function unsureBlocks(typed: string, pages: readonly Page[]): Content {
  const words = `No page of the playbook is called “${inline(shortened(typed, 100))}”. Did you mean one of these?`;
  const names = pages.map(({ name }) => `• ${inline(name)}`);
  return {
    text: [words, ...names].join('\n'),
    blocks: [
      section(words),
      actions(...pages.map(({ key, name }) => button(name, `${readAction}/${key}`, key))),
    ],
  };
}

function entry(page: Page): KnownBlock {
  return section(lineOf(page), button('Read', `${readAction}/${page.key}`, page.key));
}

function lineOf({ name, purpose }: Page): string {
  return `*${inline(name)}* · ${shortenedMrkdwn(inline(purpose), longestPurpose)}`;
}
