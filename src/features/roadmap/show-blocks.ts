import type { Button, KnownBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Item, ItemChange } from './core/item.ts';
import type { ItemPage, MovedPage } from './core/page.ts';
import { priorityWords } from './core/priority.ts';
import { dayWords, dueWords, horizonWords, outcomeWords } from './core/words.ts';
import { roadmapActions } from './frame-blocks.ts';
import { nameOf, shortWords, slipWords, supportsWords } from './item-words.ts';
import { outcomeButtons } from './outcome-blocks.ts';

const longestText = 3_500;
const longestLine = 450;
/** So many of the latest slips are shown; the count beside the date has them all. */
const mostSlips = 10;
const mostChanges = 20;

/** All of one item, with what can be done with it. */
export function showBlocks(page: ItemPage): Content {
  const { item } = page;
  const lines = factsOf(page);
  const value = String(item.id);
  const buttons: Button[] = [
    button('Edit', roadmapActions.edit, value),
    button('Move', roadmapActions.move, value),
    button('Score', roadmapActions.score, value),
  ];
  const blocks: KnownBlock[] = [
    header(item.title),
    ...sections(lines),
    context(placeWords(page)),
    actions(...buttons),
    ...(page.mayAnswer ? [section('*Did it move the number?*'), actions(...outcomeButtons(item.id))] : []),
  ];
  const text = [inline(item.title), ...lines, placeWords(page)].join('\n').replaceAll('*', '');
  return { text: shortenedMrkdwn(text, longestText), blocks };
}

function factsOf({ item, today, slips }: ItemPage): string[] {
  const due = dueWords(item, today);
  const slipped = slips.slice(-mostSlips);
  return [
    ...(item.summary === null ? [] : quoted(item.summary).split('\n')),
    `Owner ${item.owner === null ? 'nobody' : personMention(item.owner)}${item.team === null ? '' : ` · team ${inline(item.team.name)}`}`,
    ...(due === null ? [] : [`${due.slice(0, 1).toUpperCase()}${due.slice(1)}`]),
    ...slipped.map((slip) => `• ${slipWords(slip, today)}`),
    priorityWords(item) ?? 'Not scored yet: impact × alignment ÷ effort',
    ...(item.supports === null ? [] : [`Supports ${supportsWords(item.supports)}`]),
    ...(item.rock === null ? [] : [rockWords(item.rock)]),
    ...(item.needs.length === 0
      ? []
      : [`Needs something of ${item.needs.map(({ name }) => inline(name)).join(', ')}`]),
    ...(item.whyStopped === null ? [] : [`Stopped: ${shortWords(item.whyStopped)}`]),
    ...(item.outcome === null ? [] : [outcomeLine(item)]),
  ];
}

function rockWords({ name, key, owner }: NonNullable<Item['rock']>): string {
  const who = owner === null ? 'nobody owns it' : `owned by ${personMention(owner)}`;
  return `Rock *${inline(name)}* \`${inline(key)}\`, ${who}`;
}

function outcomeLine({ outcome, outcomeWords: words }: Item): string {
  const said = words === null ? '' : `: ${shortWords(words)}`;
  return outcome === null ? '' : `Did it move the number? ${outcomeWords[outcome]}${said}`;
}

function placeWords({ item, today, timezone }: ItemPage): string {
  const since = dayWords(item.movedAt.toZonedDateTimeISO(timezone).toPlainDate(), today);
  return `\`${inline(item.key)}\` · ${horizonWords[item.horizon]} since ${since}`;
}

/** What changed since a day, an item each. */
export function movedBlocks({ since, today, changes }: MovedPage): Content {
  const day = dayWords(since, today);
  if (changes.length === 0) {
    const text = `Nothing of the roadmap has moved since ${day}.`;
    return { text, blocks: [section(text)] };
  }
  const title = `What moved since ${day}`;
  const lines = changes
    .slice(0, mostChanges)
    .map((change) => shortenedMrkdwn(`• ${changeLine(change, today)}`, longestLine));
  const more = changes.length - lines.length;
  const rest = more > 0 ? [`… and ${more} more.`] : [];
  return {
    text: shortenedMrkdwn([title, ...lines, ...rest].join('\n').replaceAll('*', ''), longestText),
    blocks: [header(title), ...sections([...lines, ...rest])],
  };
}

/** "*Smart retries* `smart-retries` · now, was next · slipped 1 Dec → 8 Dec, @ben: the provider was late". */
export function changeLine({ item, isAdded, horizon, slips }: ItemChange, today: MovedPage['today']): string {
  const why =
    item.horizon === 'stopped' && item.whyStopped !== null ? `: ${shortWords(item.whyStopped)}` : '';
  return [
    nameOf(item),
    ...(isAdded ? [`added, ${item.horizon}${why}`] : []),
    ...(horizon === null ? [] : [`${horizon.to}, was ${horizon.from}${why}`]),
    ...slips.map((slip) => `slipped ${slipWords(slip, today)}`),
  ].join(' · ');
}
