import type { KnownBlock } from '@slack/types';
import { dayWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, context, header, sections } from '../../platform/slack/elements.ts';
import { inline, quoted, shortened } from '../../platform/slack/mrkdwn.ts';
import { type Health, healthWords } from '../okrs/core/health.ts';
import type { Branch, Hung, Rock, StrategyTree } from './core/tree.ts';
import { counted, detailLines } from './line-words.ts';

export const pageAction = 'strategy:page';

/** What one page holds, so that nothing of it is cut: sections, and characters in all. */
const page = { parts: 30, length: 7_000 };
/** As many are named below one line; the rest are counted. */
const mostBelow = { objectives: 12, rocks: 10, bare: 20 };

/** A part of the tree that stands on one page: lines of text. */
type Part = string[];

/** One page of the strategy with what hangs from it. `pageNumber` counts from 0; one that is not there is the last. */
export function treeBlocks(
  read: StrategyTree,
  {
    pageNumber,
    timezone,
    draftChanges,
  }: { pageNumber: number; timezone: string; draftChanges: number | null },
): Content {
  const pages = paged(partsOf(read));
  const at = Math.min(Math.max(pageNumber, 0), pages.length - 1);
  const parts = pages[at] ?? [];
  const { version } = read;
  const which =
    version?.number == null || version.publishedAt === null
      ? 'Nothing is published yet.'
      : `Version ${version.number}, ${dayWords(version.publishedAt, timezone)}`;
  const notes = [
    which,
    ...(pages.length > 1 ? [`Page ${at + 1} of ${pages.length}`] : []),
    ...(draftChanges === null || draftChanges === 0
      ? []
      : [`The draft has ${counted(draftChanges, 'change')}: \`/strategy edit\`, \`/strategy publish\``]),
  ];
  const blocks: KnownBlock[] = [header('Strategy'), context(notes.join(' · '))];
  for (const part of parts) blocks.push(...sections(part));
  const buttons = [
    ...(at > 0 ? [button('Back', `${pageAction}/back`, String(at - 1))] : []),
    ...(at + 1 < pages.length ? [button('More', `${pageAction}/more`, String(at + 1))] : []),
  ];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  const text = ['Strategy', notes.join(' · '), ...parts.flat()].join('\n').replaceAll('*', '');
  return { text, blocks };
}

function partsOf({ version, tree, looseRocks }: StrategyTree): Part[] {
  const parts: Part[] = [];
  if (tree.vision !== null) parts.push(['*Vision*', quoted(tree.vision)]);
  if (version === null)
    parts.push(['There is no strategy here yet. Its editors write it with `/strategy edit`.']);
  tree.intents.forEach(({ initiatives, ...intent }, index) => {
    parts.push([`*${index + 1}. ${inline(intent.line.title)}*`, ...branchLines(intent)]);
    for (const it of initiatives) parts.push([`› *${inline(it.line.title)}*`, ...branchLines(it)]);
  });
  const loose = [...objectiveLines(tree.loose), ...looseRockLines(looseRocks)];
  if (loose.length > 0) parts.push(['*Work without a line*', ...loose]);
  if (tree.bare.length > 0) {
    const named = tree.bare.slice(0, mostBelow.bare).map(({ title }) => `• ${inline(title)}`);
    parts.push(['*Lines without work*', ...named, ...more(tree.bare.length - named.length)]);
  }
  return parts;
}

function branchLines({ line, objectives, rocks }: Branch): string[] {
  return [...detailLines(line), ...objectiveLines(objectives), ...rockLines(rocks)];
}

function objectiveLines(objectives: readonly Hung[]): string[] {
  const shown = objectives.slice(0, mostBelow.objectives).map(({ title, depth, health }) => {
    const words =
      health.length === 0 ? 'no key result' : `${counted(health.length, 'key result')}: ${tally(health)}`;
    return `${'      '.repeat(Math.min(depth, 4))}${depth === 0 ? '•' : '◦'} ${inline(shortened(title, 120))} · ${words}`;
  });
  return [...shown, ...more(objectives.length - shown.length)];
}

const order: readonly Health[] = ['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered'];

/** "2 on track, 1 at risk", each with its mark. */
function tally(health: readonly Health[]): string {
  return order
    .flatMap((kind) => {
      const count = health.filter((it) => it === kind).length;
      return count === 0 ? [] : [`${healthWords[kind].mark} ${count} ${healthWords[kind].words}`];
    })
    .join(', ');
}

function rockLines(rocks: readonly Rock[]): string[] {
  if (rocks.length === 0) return [];
  return [
    `Rocks: ${namesOf(
      rocks.map(({ name }) => name),
      rocks.length,
    )}`,
  ];
}

function looseRockLines({ names, total }: StrategyTree['looseRocks']): string[] {
  return total === 0 ? [] : [`• ${counted(total, 'rock')}: ${namesOf(names, total)}`];
}

function namesOf(names: readonly string[], total: number): string {
  const shown = names.slice(0, mostBelow.rocks);
  const rest = total - shown.length;
  return `${shown.map(inline).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function more(count: number): string[] {
  return count > 0 ? [`… and ${count} more.`] : [];
}

function paged(parts: readonly Part[]): Part[][] {
  const pages: Part[][] = [[]];
  let length = 0;
  for (const part of parts) {
    const own = part.reduce((sum, line) => sum + line.length + 1, 0);
    const last = pages.at(-1) ?? [];
    if (last.length > 0 && (last.length >= page.parts || length + own > page.length)) {
      pages.push([part]);
      length = own;
    } else {
      last.push(part);
      length += own;
    }
  }
  return pages;
}
