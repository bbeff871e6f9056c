import { longest, most } from './page.ts';

/** What was typed, or words beside its field, without formatting. */
export type Typed<T> = { ok: true; value: T } | { ok: false; words: string };

const right = <T>(value: T): Typed<T> => ({ ok: true, value });
const wrong = <T>(words: string): Typed<T> => ({ ok: false, words });

/** The most characters of a text field in Slack. */
export const longestField = 3_000;

export const noAgenda = 'A ritual needs an agenda: write one point at least, one a line.';

export function readName(text: string | null): Typed<string> {
  const name = oneLine(text);
  if (name === '') return wrong('Give it a name, such as “Pricing review”.');
  return within(name, longest.name, 'A name');
}

export function readPurpose(text: string | null): Typed<string> {
  const purpose = oneLine(text);
  if (purpose === '') return wrong('Say in a sentence or two what it is for.');
  return within(purpose, longest.purpose, 'A purpose');
}

/** When and how long; it may be left empty. */
export function readTiming(text: string | null): Typed<string | null> {
  const timing = oneLine(text);
  return timing === '' ? right(null) : within(timing, longest.timing, 'The timing');
}

/** Lines of a list, each once. `kept` are those for which the form had no room: they stay at its end. */
export function readLines(
  text: string | null,
  { kept = [], atMost = most.lines }: { kept?: readonly string[]; atMost?: number } = {},
): Typed<string[]> {
  const typed = (text ?? '').split('\n').map(oneLine);
  const lines = [...new Set([...typed.filter((line) => line !== ''), ...kept])];
  if (lines.length > atMost) return wrong(`${atMost} lines at most; these are ${lines.length}.`);
  const long = lines.find((line) => lengthOf(line) > longest.line);
  if (long !== undefined)
    return wrong(
      `A line has ${longest.line} characters at most; “${beginningOf(long)}…” has ${lengthOf(long)}.`,
    );
  return right(lines);
}

export function readAgenda(text: string | null, kept: readonly string[]): Typed<string[]> {
  const agenda = readLines(text, { kept });
  return agenda.ok && agenda.value.length === 0 ? wrong(noAgenda) : agenda;
}

export function readQuestions(text: string | null, kept: readonly string[]): Typed<string[]> {
  return readLines(text, { kept, atMost: most.questions });
}

/** Lines as a form shows them. Those for which a field has no room are `kept`. */
export function shownLines(lines: readonly string[]): { shown: string; kept: readonly string[] } {
  let shown = '';
  for (const [index, line] of lines.entries()) {
    const next = index === 0 ? line : `${shown}\n${line}`;
    if (next.length > longestField) return { shown, kept: lines.slice(index) };
    shown = next;
  }
  return { shown, kept: [] };
}

function within<T extends string>(value: T, limit: number, what: string): Typed<T> {
  return lengthOf(value) <= limit
    ? right(value)
    : wrong(`${what} has ${limit} characters at most; this one has ${lengthOf(value)}.`);
}

/** As a file counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function beginningOf(text: string): string {
  return Array.from(text).slice(0, 30).join('');
}

/** What a file can hold as well: one line, without what nobody sees. */
function oneLine(text: string | null): string {
  return (text ?? '').replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
}
