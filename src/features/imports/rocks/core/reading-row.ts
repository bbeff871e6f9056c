import type { SheetRow } from '../../../../platform/core/sheet.ts';
import { placeOf } from '../../../ownership/core/places.ts';
import {
  type Discipline,
  type Importance,
  isFindable,
  isWebAddress,
  longest,
  most,
  type RockType,
} from '../../../ownership/core/rock-fields.ts';
import type { Mapping } from '../../core/import.ts';
import { type Read, readDiscipline, readImportance, readType, readWeight, short } from './values.ts';

/** A row as it says, before anything is compared. `notes` say what of it was left out. */
export type RowAsRead = {
  line: number;
  name: string;
  key: string;
  owner: string;
  backup: string;
  team: string;
  channel: string;
  type: RockType | null;
  discipline: Discipline | null;
  importance: Importance | null;
  weight: number | null;
  summary: string | null;
  aliases: string[];
  links: { label: string; url: string }[];
  notes: string[];
};

/** Reads a row; in words what keeps it out. */
export function readRow(
  { line, cells }: SheetRow,
  mapping: Mapping,
): RowAsRead | { line: number; name: string; why: string } {
  const cell = (key: string): string => {
    const column = mapping[key];
    return column === undefined ? '' : (cells[column] ?? '').trim();
  };
  const name = cell('name').replace(/\s+/g, ' ');
  const no = (why: string) => ({ line, name: name.slice(0, longest.name), why });
  if (name === '') return no('no name');
  if (name.length > longest.name)
    return no(`the name has ${name.length} characters; ${longest.name} are the most`);
  if (!isFindable(name)) return no('the name has no letter or digit to be found by');
  const type = readType(cell('type'));
  const discipline = readDiscipline(cell('discipline'));
  const importance = readImportance(cell('importance'));
  const weight = readWeight(cell('weight'));
  const wrong = [type, discipline, importance, weight].find((read: Read<unknown>) => !read.ok);
  if (wrong !== undefined && !wrong.ok) return no(wrong.words);
  const told = <T>(read: Read<T>): T | null => (read.ok ? read.value : null);

  const notes: string[] = [];
  const summary = cell('summary').trim();
  if (summary.length > longest.summary) notes.push(`the summary is cut to ${longest.summary} characters`);
  return {
    ...{ line, name, key: cell('key'), owner: cell('owner'), backup: cell('backup') },
    ...{ team: cell('team'), channel: cell('channel') },
    type: told(type),
    discipline: told(discipline),
    importance: told(importance),
    weight: told(weight),
    summary: summary === '' ? null : summary.slice(0, longest.summary).trim(),
    aliases: aliasesIn(cell('aliases'), notes),
    links: linksIn(cell('link'), notes),
    notes,
  };
}

function aliasesIn(cell: string, notes: string[]): string[] {
  const typed = cell
    .split(/[,;|\n]/)
    .map((alias) => alias.replace(/\s+/g, ' ').trim())
    .filter(isFindable);
  const fitting = typed.filter((alias) => alias.length <= longest.alias);
  const [long] = typed.filter((alias) => alias.length > longest.alias);
  if (long !== undefined) notes.push(`“${short(long)}” is too long for another name`);
  if (fitting.length > most.aliases) notes.push(`only the first ${most.aliases} other names are taken`);
  return fitting.slice(0, most.aliases);
}

function linksIn(cell: string, notes: string[]): { label: string; url: string }[] {
  const urls = (cell.match(/https?:\/\/[^\s<>"|]+/gi) ?? []).map((url) => url.replace(/[),.;]+$/, ''));
  const right = urls.filter((url) => isWebAddress(url) && url.length <= longest.linkUrl);
  if (cell !== '' && right.length === 0) notes.push(`“${short(cell)}” is no web address`);
  const byPlace = new Map(
    right.map((url) => [placeOf(url), { label: new URL(url).host.slice(0, longest.linkLabel), url }]),
  );
  return [...byPlace.values()].slice(0, most.links);
}
