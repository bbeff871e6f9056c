import { type Line, longest, most } from './strategy.ts';

/** What is typed and picked of a line; the rest of it is not a form's to say. */
export type LineWords = Pick<
  Line,
  'title' | 'rank' | 'owner' | 'measure' | 'horizon' | 'notDoing' | 'problem' | 'metric'
>;

/** Words beside a field, or what was typed there. */
export type Typed<T> = { ok: true; value: T } | { ok: false; words: string };

const right = <T>(value: T): Typed<T> => ({ ok: true, value });

export function readTitle(text: string | null): Typed<string> {
  const title = oneLine(text);
  if (title === null) return { ok: false, words: 'Say it in one sentence.' };
  return within(title, longest.title, 'A title');
}

/** A text of one line that may be left empty. */
export function readText(text: string | null, most: number): Typed<string | null> {
  const line = oneLine(text);
  return line === null ? right(null) : within(line, most, 'This');
}

/** Text of several lines that may be left empty. */
export function readProse(text: string | null, most: number): Typed<string | null> {
  const prose = text?.trim() || null;
  return prose === null ? right(null) : within(prose, most, 'This');
}

/** What the company will not do, one a line. */
export function readNotDoing(text: string | null): Typed<string[]> {
  const lines = [...new Set((text ?? '').split('\n').flatMap((line) => oneLine(line) ?? []))];
  if (lines.length > most.notDoing)
    return { ok: false, words: `${most.notDoing} lines at most; these are ${lines.length}.` };
  const long = lines.find((line) => line.length > longest.notDoing);
  return long === undefined ? right(lines) : within(lines, longest.notDoing, 'A line', long.length);
}

/** A place among its siblings; empty: the last one. */
export function readRank(text: string | null): Typed<number> {
  if (text === null || text.trim() === '') return right(most.lines);
  const rank = Number(text);
  return Number.isInteger(rank) && rank >= 1 && rank <= most.lines
    ? right(rank)
    : { ok: false, words: `A rank is a whole number from 1 to ${most.lines}.` };
}

function within<T extends string | string[]>(
  value: T,
  limit: number,
  what: string,
  length = value.length,
): Typed<T> {
  return length <= limit
    ? right(value)
    : { ok: false, words: `${what} has ${limit} characters at most; this one has ${length}.` };
}

function oneLine(text: string | null): string | null {
  return text?.replace(/\s+/g, ' ').trim() || null;
}
