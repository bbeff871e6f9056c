import { editDistance } from '../../../platform/core/edit-distance.ts';
import type { SheetRow } from '../../../platform/core/sheet.ts';
import type { ImportField, Mapping } from './import.ts';
import { splitPeople } from './people-in-cell.ts';
import { plainWords } from './person-index.ts';
import { type KnownPerson, matchPerson } from './who.ts';

/** So many rows tell what is in a column. */
const rowsRead = 50;

/**
 * Guesses which column holds which field: by its heading, and where headings say nothing, by what is in it. A column
 * holds one field at most, and a field is in one column. `people` are whom an owner's cells are compared with.
 */
export function guessMapping(
  columns: readonly string[],
  rows: readonly SheetRow[],
  fields: readonly ImportField[],
  people: readonly KnownPerson[] = [],
): Mapping {
  const mapping: Record<string, number> = {};
  const taken = new Set<number>();
  const give = (key: string, column: number) => {
    mapping[key] = column;
    taken.add(column);
  };
  const guesses = fields
    .flatMap((field, rank) =>
      columns.map((heading, column) => ({
        ...{ key: field.key, rank, column },
        fit: fitOf(headingFit(heading, field), field, () => distinctShare(rows.slice(0, rowsRead), column)),
      })),
    )
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || a.rank - b.rank || a.column - b.column);
  for (const { key, column } of guesses)
    if (mapping[key] === undefined && !taken.has(column)) give(key, column);

  const read = rows.slice(0, rowsRead);
  for (const [key, isOne] of Object.entries(contents(people))) {
    if (mapping[key] !== undefined || fields.every((field) => field.key !== key)) continue;
    const best = columns
      .map((_, column) => ({ column, share: taken.has(column) ? 0 : shareOf(read, column, isOne) }))
      .sort((a, b) => b.share - a.share || a.column - b.column)[0];
    if (best !== undefined && best.share >= 0.5) give(key, best.column);
  }
  // What is needed and has no heading of its own is, nearly always, the first column of words that is left.
  for (const { key } of fields.filter((field) => field.isNeeded && mapping[field.key] === undefined)) {
    const column = columns.findIndex(
      (_, index) => !taken.has(index) && shareOf(read, index, (cell) => /\p{L}{2}/u.test(cell)) >= 0.5,
    );
    if (column >= 0) give(key, column);
  }
  return mapping;
}

/** A name that stands in row after row is what groups them: any other column that fits comes before it. */
function fitOf(fit: number, { isDistinct }: ImportField, distinct: () => number): number {
  return isDistinct && fit > 0 && distinct() < mostlyDistinct ? leastFit : fit;
}

const leastFit = 0.5;
const mostlyDistinct = 0.6;

function distinctShare(rows: readonly SheetRow[], column: number): number {
  const filled = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  return filled.length === 0 ? 0 : new Set(filled).size / filled.length;
}

/** 4: the same words; 3: but for a slip; 2: it begins or ends so; 1: it is among them; 0: not at all. */
function headingFit(heading: string, { headings }: ImportField): number {
  const typed = plainWords(heading);
  if (typed.length === 0) return 0;
  const text = typed.join(' ');
  const fits = headings.map((known) => {
    const words = plainWords(known).join(' ');
    if (words.replaceAll(' ', '') === text.replaceAll(' ', '')) return 4;
    if (words.length >= 5 && editDistance(words, text, 1) <= 1) return 3;
    if (text.startsWith(`${words} `) || text.endsWith(` ${words}`)) return 2;
    return ` ${text} `.includes(` ${words} `) ? 1 : 0;
  });
  return Math.max(0, ...fits);
}

/** By the field's key, what its cells look like, where that can be told. */
function contents(people: readonly KnownPerson[]): Record<string, (cell: string) => boolean> {
  return {
    channel: (cell) => /^<?#/.test(cell),
    link: (cell) => /^https?:\/\//i.test(cell),
    owner: (cell) => isSomebody(cell, people),
    backup: (cell) => isSomebody(cell, people),
  };
}

function isSomebody(cell: string, people: readonly KnownPerson[]): boolean {
  if (/^<?@|^[^\s@]+@[^\s@]+$/.test(cell)) return true;
  const [first] = splitPeople(cell, people);
  return first !== undefined && matchPerson(first, people).kind !== 'nobody';
}

function shareOf(rows: readonly SheetRow[], column: number, isOne: (cell: string) => boolean): number {
  const filled = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  return filled.length === 0 ? 0 : filled.filter(isOne).length / filled.length;
}
