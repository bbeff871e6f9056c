import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { CompanyFile } from '../export.ts';

/** Entries that people read from top to bottom; all other maps stand on one line where they have room on it. */
const tall = new Set([
  'rocks',
  'strategy',
  'intents',
  'objectives',
  'key_results',
  'roadmap',
  'playbook',
  'cadences',
]);
const roomOnALine = 110;

/**
 * What other readers of YAML would take for something else than text: yes and no, numbers with a leading zero,
 * times of the day in base sixty, dates. Ours would not, but a file is read by more than us.
 */
const traps =
  /^(?:y|n|yes|no|on|off|true|false|null|~|[-+]?[\d_]+(?::[0-5]?\d)+(?:\.[\d_]*)?|[-+]?0[\w]*|[-+]?[\d_.,]+(?:e[-+]?\d+)?|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?|=|<<)$/i;
/** Where a date is what is meant. */
const dates = new Set([
  'starts',
  'due',
  'first_due',
  'ends',
  'from',
  'until',
  'on',
  'look_again',
  'owned_since',
  'confirmed',
  'date',
]);

/** The text of a cairn.yaml. What `readYaml` makes of it is `company` again. */
export function writeYaml(company: CompanyFile): string {
  const contents = new Entries();
  contents.add(pairOf('version', 1));
  for (const [section, value] of Object.entries(company)) {
    const isEmpty = value === null || (Array.isArray(value) ? value.length : sizeOf(value)) === 0;
    if (isEmpty) continue;
    const pair = pairOf(section, value);
    pair.key.spaceBefore = true;
    contents.add(pair);
  }
  const document = new Document(null, { version: '1.2' });
  document.contents = contents;
  return document.toString({ lineWidth: 0, minContentWidth: 0 });
}

/** One value on one line, as a file would have it. */
export function writeInline(field: string, value: unknown): string {
  const document = new Document(null, { version: '1.2' });
  const node = nodeOf(value, field);
  if (node instanceof YAMLMap || node instanceof YAMLSeq) node.flow = true;
  else if (node.type === 'BLOCK_LITERAL') node.type = 'QUOTE_DOUBLE';
  document.contents = node;
  return document.toString({ lineWidth: 0, minContentWidth: 0 }).trimEnd();
}

function sizeOf(value: object): number {
  return value instanceof Map ? value.size : Object.keys(value).length;
}

function pairOf(name: string, value: unknown): Pair<Scalar, YAMLMap | YAMLSeq | Scalar> {
  return new Pair(new Scalar(name), nodeOf(value, name));
}

/** `field` is the key under which the value stands, or of the list that it is in. */
function nodeOf(value: unknown, field: string): YAMLMap | YAMLSeq | Scalar {
  if (Array.isArray(value)) return listOf(value, field);
  if (value instanceof Map) return namedMap(value);
  if (typeof value === 'object' && value !== null) {
    return mapOf(Object.entries(value), !tall.has(field) && fits(value));
  }
  return scalarOf(value, field);
}

/** On one line `[a, b]` and `{ a: b }`: lists without space inside their brackets, maps with. */
class List extends YAMLSeq {
  override toString(...[context, ...rest]: Parameters<YAMLSeq['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: '' }, ...rest);
  }
}
class Entries extends YAMLMap {
  override toString(...[context, ...rest]: Parameters<YAMLMap['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: ' ' }, ...rest);
  }
}

function listOf(items: readonly unknown[], field: string): YAMLSeq {
  const list = new List();
  list.flow = items.every((item) => typeof item !== 'object') && fits(items);
  items.forEach((item, index) => {
    const node = nodeOf(item, field);
    if (tall.has(field) && field !== 'key_results' && index > 0) node.spaceBefore = true;
    list.add(node);
  });
  return list;
}

function mapOf(entries: readonly (readonly [string, unknown])[], isFlow: boolean): YAMLMap {
  const map = new Entries();
  map.flow = isFlow;
  for (const [name, value] of entries) map.add(pairOf(name, value));
  return map;
}

/** A map by names that people chose, which may be traps; the names of fields are ours. */
function namedMap(entries: ReadonlyMap<string, unknown>): YAMLMap {
  const map = new Entries();
  for (const [name, value] of entries) map.add(new Pair(scalarOf(name, ''), nodeOf(value, name)));
  return map;
}

function fits(value: object): boolean {
  const text = JSON.stringify(value);
  return text.length <= roomOnALine && !text.includes('\\n');
}

function scalarOf(value: unknown, field: string): Scalar {
  const scalar = new Scalar(value);
  if (typeof value !== 'string') return scalar;
  if (value.includes('\n')) scalar.type = 'BLOCK_LITERAL';
  else if (traps.test(value) && !dates.has(field)) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}
