import type { KnownBlock } from '@slack/types';
import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../platform/core/time-words.ts';
import { button, type Content, context, header, section } from '../../platform/slack/elements.ts';
import { inline, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type Edits, editedLines, type Gathered, type Line, type Section, sections } from './core/digest.ts';
import { leftWords } from './core/weigh.ts';
import { lineWords } from './line-words.ts';

export const lookAction = 'digest:look';

/** Slack refuses a message whose texts are longer than about 10,000 characters together. */
export const mostText = 9_400;
/** A line is cut so far, and farther where all together would be too long. */
const lineLengths = [420, 320, 240, 160, 110];
const longestNote = 1_200;
const longestSum = 500;

const headings: Record<Section, string> = {
  strategy: 'Strategy',
  health: 'OKR health',
  changes: 'What has changed',
  risk: 'At risk, and why',
  coverage: 'Ownership',
  load: 'Load',
  overdue: 'Overdue',
};

export type Drawn = {
  /** Pictures by where they stand. */
  pictures?: Partial<Record<Section, KnownBlock>>;
  /** What stands above and below all of it. */
  above?: KnownBlock[];
  below?: KnownBlock[];
  /** Comes late, and why. */
  late?: string | null;
  /** Without buttons, as in a rehearsal. */
  isStill?: boolean;
  most?: number;
};

/**
 * A digest as its readers see it: sections that have something to say, each named line with `Look`, and what is left out.
 * Fits Slack's limits whatever people called their things.
 */
export function digestBlocks(gathered: Gathered, edits: Edits, drawn: Drawn = {}): Content {
  const lengths = [...lineLengths];
  for (;;) {
    const content = drawnAt(gathered, edits, drawn, lengths.shift() ?? 0);
    if (lengths.length === 0 || lengthOf(content.blocks) <= (drawn.most ?? mostText)) return content;
  }
}

function drawnAt(gathered: Gathered, edits: Edits, drawn: Drawn, lineLength: number): Content {
  const title = `Digest for leaders, ${dateWords(Temporal.PlainDate.from(gathered.figures.on))}`;
  const { above = [], below = [], late = null } = drawn;
  const parts = partsOf(gathered, edits, drawn, lineLength);
  const note = edits.note === null ? null : shortenedMrkdwn(quoted(edits.note), longestNote);
  const texts = [
    title,
    ...(late === null ? [] : [late]),
    ...(note === null ? [] : [note]),
    ...parts.flatMap(({ texts }) => texts),
  ];
  return {
    text: shortenedMrkdwn(texts.join('\n').replaceAll('*', ''), 3_500),
    blocks: [
      ...above,
      header(title),
      ...(late === null ? [] : [context(late)]),
      ...(note === null ? [] : [section(note)]),
      ...parts.flatMap(({ blocks }) => blocks),
      ...below,
    ],
  };
}

type Part = { texts: string[]; blocks: KnownBlock[] };

function partsOf(gathered: Gathered, edits: Edits, drawn: Drawn, lineLength: number): Part[] {
  if (gathered.quiet !== null)
    return gathered.quiet.map((words) => ({ texts: [inline(words)], blocks: [section(inline(words))] }));
  const lines = editedLines(gathered, edits);
  return sections.flatMap((of): Part[] => {
    const named = lines.filter((line) => line.section === of);
    const sum = gathered.sums[of];
    const left = leftWords(gathered.left, of, named);
    if (named.length === 0 && sum === undefined && left === null) return [];
    const heading = `*${headings[of]}*${sum === undefined ? '' : `\n${shortenedMrkdwn(inline(sum), longestSum)}`}`;
    const words = named.map((line) => lineWords(line, lineLength));
    const picture = drawn.pictures?.[of];
    return [
      {
        texts: [heading, ...words.map((line) => `• ${line}`), ...(left === null ? [] : [left])],
        blocks: [
          section(heading),
          ...named.map((line, index) =>
            section(words[index] ?? '', drawn.isStill ? undefined : lookButton(line)),
          ),
          ...(left === null ? [] : [context(left)]),
          ...(picture === undefined ? [] : [picture]),
        ],
      },
    ];
  });
}

function lookButton({ key, opens }: Line) {
  return button('Look', `${lookAction}/${key}`, `${opens.kind}:${opens.id}`);
}

/** All that people read in blocks, and the words of pictures that Slack may not take. */
function lengthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, part]) => {
    const isWords = (key === 'text' || key === 'alt_text') && typeof part === 'string';
    return sum + (isWords ? part.length : lengthOf(part));
  }, 0);
}
