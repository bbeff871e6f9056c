import { pathWords } from '../platform/file/finding.ts';
import { type Fields, told } from '../platform/file/writing.ts';
import { writeInline } from './cairn-file/write.ts';
import type { CompanyFile } from './export.ts';

/** What would be told of one row: it comes, it goes, or one of its fields changes. */
type Change =
  | { kind: 'added' | 'gone'; at: string; row: Fields }
  | { kind: 'changed'; at: string; field: string; before: unknown; after: unknown };

const mostLines = 200;
const longestValue = 120;

/**
 * What differs between two states of a company, a line each: `+` a row that comes, `~` a field that changes, `-` what
 * goes. The first 200 lines, and how many there are besides.
 */
export function differenceLines(before: CompanyFile, after: CompanyFile): string[] {
  const changes = sections(after).flatMap(([section, rows]) =>
    changesIn(section, new Map(sections(before)).get(section) ?? new Map(), rows),
  );
  const lines = changes.slice(0, mostLines).map(lineOf);
  const more = changes.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} ${more === 1 ? 'line' : 'lines'} more`] : lines;
}

function lineOf(change: Change): string {
  const at = change.at;
  if (change.kind !== 'changed')
    return `${change.kind === 'added' ? '+' : '-'} ${at}: ${shown('', change.row)}`;
  const { field, before, after } = change;
  return `~ ${at} ${field}: ${shown(field, before)} → ${shown(field, after)}`;
}

function shown(field: string, value: unknown): string {
  if (value === undefined) return 'none';
  const letters = Array.from(writeInline(field, value).replace(/\p{Cc}/gu, ' '));
  return letters.length <= longestValue
    ? letters.join('')
    : `${letters.slice(0, longestValue - 1).join('')}…`;
}

type Rows = ReadonlyMap<string, Fields>;

/** Every section as rows by their keys. Where an objective or a key result stands among its like is a part of it. */
function sections({ people, ...company }: CompanyFile): [string, Rows][] {
  const { settings, teams, rocks, strategy, cycles, roadmap, playbook, cadences, calendar, accounts } =
    company;
  const intents = rowsIn(strategy?.['intents']);
  const initiatives = intents.flatMap(({ key, initiatives }) =>
    placed(rowsIn(initiatives)).map((row) => ({ ...row, intent: key })),
  );
  const objectives = placed(company.objectives);
  const keyResults = objectives.flatMap(({ key, key_results }) =>
    placed(rowsIn(key_results)).map((row) => ({ ...row, objective: key })),
  );
  return [
    ['settings', alone(settings)],
    ['people', people],
    ['teams', byKey(teams)],
    ['rocks', byKey(rocks)],
    ['strategy', alone(strategy && told({ vision: strategy['vision'], editors: strategy['editors'] }))],
    ['intents', byKey(intents.map(({ initiatives: _apart, ...row }) => row))],
    ['initiatives', byKey(initiatives)],
    ['cycles', byKey(cycles)],
    ['objectives', byKey(objectives.map(({ key_results: _apart, ...row }) => row))],
    ['key_results', byKey(keyResults)],
    ['roadmap', byKey(roadmap)],
    ['playbook', byKey(playbook)],
    ['calendar', alone(calendar)],
    ['cadences', byKey(cadences)],
    ['accounts', byKey(accounts)],
  ];
}

function rowsIn(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list : [];
}

function placed(rows: readonly Fields[]): Fields[] {
  return rows.map((row, index) => ({ ...row, place: index + 1 }));
}

function byKey(rows: readonly Fields[]): Rows {
  return new Map(rows.map(({ key, ...fields }) => [String(key), fields]));
}

/** What a workspace has one of changes from nothing; it does not come and go. */
function alone(fields: Fields | null): Rows {
  return new Map([['', fields ?? {}]]);
}

function changesIn(section: string, before: Rows, after: Rows): Change[] {
  const changes: Change[] = [];
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const at = key === '' ? section : pathWords([section, key]);
    const [was, is] = [before.get(key), after.get(key)];
    if (was === undefined) changes.push({ kind: 'added', at, row: is ?? {} });
    else if (is === undefined) changes.push({ kind: 'gone', at, row: was });
    else {
      for (const field of new Set([...Object.keys(is), ...Object.keys(was)])) {
        if (JSON.stringify(was[field]) === JSON.stringify(is[field])) continue;
        changes.push({ kind: 'changed', at, field, before: was[field], after: is[field] });
      }
    }
  }
  return changes;
}
