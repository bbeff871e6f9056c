import { z } from 'zod';
import { wrongType } from './fields.ts';
import type { Finding, Path } from './finding.ts';
import { Names } from './names.ts';

/** A kind of entry: all of its fields, and the same where any may be missing. */
export type Form<Whole extends z.ZodObject, Loose extends z.ZodObject> = { whole: Whole; loose: Loose };

/**
 * One entry of a file. `loose` has the fields that could be read, for checks between fields that should not
 * wait until the others are mended; `whole` is null unless all could.
 */
export type Entry<Whole, Loose> = { path: Path; whole: Whole | null; loose: Loose };

// The return type is inferred: it is the shape itself, in zod's words.
export function form<Shape extends z.ZodRawShape>(shape: Shape) {
  const whole = z.strictObject(shape);
  return { whole, loose: whole.partial() };
}

/** Reads the list of entries at `path`; nothing there is an empty list. */
export function readEntries<Whole extends z.ZodObject, Loose extends z.ZodObject>(
  kind: Form<Whole, Loose>,
  raw: unknown,
  path: Path,
  findings: Finding[],
): Entry<z.output<Whole>, z.output<Loose>>[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) {
    findings.push({
      path,
      words: wrongType(
        'a list',
        `begin each entry with "- ${Object.keys(kind.whole.shape)[0]}: …"`,
      )({ input: raw }),
    });
    return [];
  }
  return raw.map((item: unknown, index) => readEntry(kind, item, [...path, index], findings));
}

/** Reads one entry, and adds all that is wrong with it to `findings`. A field with nothing after it is absent. */
export function readEntry<Whole extends z.ZodObject, Loose extends z.ZodObject>(
  kind: Form<Whole, Loose>,
  raw: unknown,
  path: Path,
  findings: Finding[],
): Entry<z.output<Whole>, z.output<Loose>> {
  const known = Object.keys(kind.whole.shape);
  if (!isMap(raw)) {
    findings.push({
      path,
      words: wrongType('a map', `write ${known.slice(0, 2).join(' and ')} with their values`)({ input: raw }),
    });
    return { path, whole: null, loose: kind.loose.parse({}) };
  }
  const given = withoutEmpty(raw, new Set(known));
  const parsed = kind.whole.safeParse(given);
  if (parsed.success) return { path, whole: parsed.data, loose: kind.loose.parse(given) };

  const faulty = new Set<PropertyKey>();
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      for (const unknown of issue.keys) {
        faulty.add(unknown);
        findings.push({ path: [...path, unknown], words: unknownKey(unknown, known) });
      }
      continue;
    }
    const inner = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    faulty.add(inner[0] ?? '');
    const isMissing = inner.length > 0 && valueAt(given, inner) === undefined;
    const words = isMissing ? `is missing; add "${String(inner.at(-1))}: …"` : issue.message;
    findings.push({ path: [...path, ...inner], words });
  }
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name)));
  return { path, whole: null, loose: kind.loose.parse(sound) };
}

/** The entries in full, of a file in which nothing was found wrong. */
export function wholes<Whole, Loose>(entries: readonly Entry<Whole, Loose>[]): Whole[] {
  return entries.map((entry) => entry.whole).filter((whole) => whole !== null);
}

/** Two entries of one kind must not have the same key: what comes first has it. */
export function findRepeats(
  entries: readonly { path: Path; key: string | undefined }[],
  findings: Finding[],
): void {
  const first = new Map<string, Path>();
  for (const { path, key } of entries) {
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, path);
    else
      findings.push({
        path: [...path, 'key'],
        words: `"${key}" is a key of this file already; give this entry another`,
      });
  }
}

/** Words for a key that is not read; `meant` has those too that it may be a slip of. */
export function unknownKey(name: string, known: readonly string[], meant = known): string {
  return `is not known; ${new Names(meant).mend(name, `known are ${known.join(', ')}`)}`;
}

export function isMap(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

const channelFields = new Set(['channel', 'product_operations', 'leaders']);

function withoutEmpty(raw: Record<string, unknown>, known: ReadonlySet<string>): Record<string, unknown> {
  // A channel keeps its nothing: `channel: #payments` without quotes is a comment to YAML, and not what was meant.
  const isAbsent = (name: string, value: unknown): boolean =>
    value === null && known.has(name) && !channelFields.has(name);
  return Object.fromEntries(Object.entries(raw).filter(([name, value]) => !isAbsent(name, value)));
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isMap(value)) value = Object.hasOwn(value, part) ? value[part] : undefined;
    else return undefined;
  }
  return value;
}
