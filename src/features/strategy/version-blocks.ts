import { dayWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { coverageShown, type TeamCoverage } from './core/coverage.ts';
import type { Change } from './core/difference.ts';
import { intentsOf } from './core/strategy.ts';
import type { Version } from './core/version.ts';
import { changeWords } from './difference-words.ts';
import { counted, detailLines } from './line-words.ts';

export const readAction = 'strategy:read';
export const showAction = 'strategy:show';
export const historyAction = 'strategy:history';

/** What one version of the history has room for, in characters: several stand in one message. The rest is counted. */
const room = { change: 300, changes: 1_000, teams: 500 };

/** What a channel reads of a new version: all of it where it is the first, else what is new; and how many have read it. */
export function postBlocks(version: Version, changes: readonly Change[], readers: number): Content {
  const { strategy, number } = version;
  const isFirst = number === 1;
  const title = isFirst ? 'Our strategy' : `Our strategy, version ${number}`;
  const lines = isFirst
    ? intentsOf(strategy).map((intent, index) =>
        [`*${index + 1}. ${inline(intent.title)}*`, ...detailLines(intent)].join('\n'),
      )
    : changes.map((change) => `• ${changeWords(change)}`);
  const shown = fitted(lines, lines.length);
  const vision = strategy.vision === null || !isFirst ? [] : [quoted(strategy.vision)];
  const count =
    readers === 0 ? 'Nobody has said so yet.' : `Read by ${counted(readers, 'person', 'people')}.`;
  const intro = isFirst || shown.length === 0 ? [] : ['*What is new*'];
  return {
    text: [title, ...vision, ...intro, ...shown, count].join('\n').replaceAll('*', '').slice(0, 3_900),
    blocks: [
      header(title),
      ...sections([...vision, ...intro, ...shown]),
      context(count),
      actions(
        button("I've read it", readAction, String(version.id), 'primary'),
        button('Show the strategy', showAction, '0'),
      ),
    ],
  };
}

/** What somebody reads who has pressed `I've read it`. */
export function readWords(number: number, isNew: boolean): string {
  return isNew
    ? `Thank you. You are counted among those who have read version ${number}; your name is not shown.`
    : `You are counted already among those who have read version ${number}.`;
}

export type Told = {
  version: Version;
  changes: readonly Change[];
  readers: number;
  teams: readonly TeamCoverage[];
};

/** Versions, the latest first, with what each changed and how many have read it. `next`: from which number on there are more. */
export function historyBlocks(told: readonly Told[], next: number | null, timezone: string): Content {
  if (told.length === 0) {
    const words = 'No version is published yet. Editors publish one with `/strategy publish`.';
    return { text: words, blocks: [section(words)] };
  }
  const parts = told.map((it) => versionLines(it, timezone));
  return {
    text: ['Versions of the strategy', ...parts.flat()].join('\n').replaceAll('*', ''),
    blocks: [
      header('Versions of the strategy'),
      ...parts.flatMap((lines) => sections(lines)),
      ...(next === null ? [] : [actions(button('Earlier ones', historyAction, String(next)))]),
    ],
  };
}

function versionLines({ version, changes, readers, teams }: Told, timezone: string): string[] {
  const { number, publishedAt, publishedBy } = version;
  const by = publishedBy === null ? 'from a file' : `by ${personMention(publishedBy)}`;
  const on = publishedAt === null ? '' : `, ${dayWords(publishedAt, timezone)}`;
  const lines = changes.map((change) => `• ${shortenedMrkdwn(changeWords(change), room.change)}`);
  const shown = asManyAs(lines, room.changes);
  const rest = changes.length - shown.length;
  const covered = coverageShown(teams).map((it) => `${inline(it.team)} ${it.readers} of ${it.members}`);
  const named = asManyAs(covered, room.teams);
  const more = covered.length - named.length;
  const byTeam =
    named.length === 0
      ? ''
      : `: ${named.join(', ')}${more > 0 ? ` and ${counted(more, 'more team', 'more teams')}` : ''}`;
  return [
    `*Version ${number}*${on}, ${by}`,
    ...shown,
    ...(rest > 0 ? [`… and ${rest} more.`] : []),
    readers === 0
      ? 'Nobody has said yet that they read it.'
      : `Read by ${counted(readers, 'person', 'people')}${byTeam}.`,
  ];
}

function asManyAs(lines: readonly string[], length: number): string[] {
  let sum = 0;
  const tooMany = lines.findIndex((line) => {
    sum += line.length + 1;
    return sum > length;
  });
  return tooMany < 0 ? [...lines] : lines.slice(0, tooMany);
}
