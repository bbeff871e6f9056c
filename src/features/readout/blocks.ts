import { Temporal } from 'temporal-polyfill';
import { dateWords, shortDateWords } from '../../platform/core/time-words.ts';
import { type Content, context, header, section, sections } from '../../platform/slack/elements.ts';
import { inline, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import {
  type Coming,
  fittedParts,
  type Item,
  isEmpty,
  type Later,
  type Outcome,
  type Part,
  type Readout,
  type Shipped,
} from './core/readout.ts';

/** Slack refuses a message whose texts are longer than about 10,000 characters together. */
export const mostText = 8_800;
const longestLine = 320;

const outcomes: Record<Exclude<Outcome, null>, string> = {
  moved: 'it moved its number',
  'too-early': 'too early to say what it did',
  'not-moved': 'it has not moved its number',
};
const backWords = {
  next: 'comes after that, without a date',
  later: 'comes later, without a date',
  stopped: 'will not come',
};

/** What has shipped, what comes, what comes later and what is new, for people who sell and tell of it. */
export function readoutBlocks(
  readout: Readout,
  { late = null, most = mostText }: { late?: string | null; most?: number } = {},
): Content {
  const title = `Readout, ${dateWords(readout.today)}`;
  const notes = late === null ? [] : [late];
  if (isEmpty(readout)) {
    const lines = [
      `A calm month: nothing has shipped or moved since ${dateWords(readout.since)}.`,
      'As soon as something does, you read of it here.',
    ];
    return {
      text: [title, ...notes, ...lines].join('\n'),
      blocks: [header(title), ...notes.map((note) => context(note)), ...lines.map((line) => section(line))],
    };
  }
  const parts = fittedParts(partsOf(readout), most);
  const leftWords = (left: number) => `…and ${left} more`;
  return {
    text: shortenedMrkdwn(
      [
        title,
        ...notes,
        ...parts.flatMap(({ heading, lines, left }) => [
          heading,
          ...lines,
          ...(left === 0 ? [] : [leftWords(left)]),
        ]),
      ]
        .join('\n')
        .replaceAll('*', ''),
      3_500,
    ),
    blocks: [
      header(title),
      ...notes.map((note) => context(note)),
      ...parts.flatMap(({ heading, lines, left }) => [
        section(`*${heading}*`),
        ...sections(lines),
        ...(left === 0 ? [] : [context(leftWords(left))]),
      ]),
    ],
  };
}

function partsOf({ since, today, shipped, coming, later, fresh }: Readout): Part[] {
  const parts: Part[] = [
    { heading: `Shipped since ${dateWords(since)}`, lines: shipped.map((it) => shippedLine(it, today)) },
    { heading: 'Comes next', lines: coming.map((it) => comingLine(it, today)) },
    { heading: 'Comes later than we said', lines: later.map((it) => laterLine(it, today)) },
    { heading: 'New in what comes after that', lines: fresh.map((it) => lineOf(it, [])) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function shippedLine(item: Shipped, today: Temporal.PlainDate): string {
  const outcome = item.outcome === null ? [] : [outcomes[item.outcome]];
  return lineOf(item, [shortDateWords(item.on, today), ...outcome]);
}

function comingLine(item: Coming, today: Temporal.PlainDate): string {
  const { dueOn } = item;
  if (dueOn === null) return lineOf(item, ['no date yet']);
  const isOver = Temporal.PlainDate.compare(dueOn, today) < 0;
  return lineOf(item, [`${isOver ? 'was planned for ' : ''}${shortDateWords(dueOn, today)}`]);
}

function laterLine(item: Later, today: Temporal.PlainDate): string {
  const { from, to } = item;
  const was = from === null ? '' : `, was ${shortDateWords(from, today)}`;
  return lineOf(item, [`${'on' in to ? shortDateWords(to.on, today) : backWords[to.horizon]}${was}`]);
}

function lineOf({ title, summary, team, owner }: Item, facts: readonly string[]): string {
  const about = [
    `*${inline(shortened(title, 90))}*`,
    ...facts,
    ...(team === null ? [] : [inline(shortened(team, 40))]),
    ...(owner === null ? [] : [inline(shortened(owner, 40))]),
  ].join(' · ');
  const more = summary === null ? '' : `\n   ${inline(shortened(summary, 140))}`;
  return shortenedMrkdwn(`• ${about}${more}`, longestLine);
}
