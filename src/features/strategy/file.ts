import { z } from 'zod';
import {
  type Entry,
  findRepeats,
  form,
  readEntries,
  readEntry,
  wholes,
} from '../../platform/file/entries.ts';
import { items, key, list, person, text, whole } from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import { type LineKind, longest, most } from './core/strategy.ts';

const strategyForm = (known: Known) =>
  form({
    vision: text(longest.vision, { lines: true }).optional(),
    editors: items(person(known), { most: most.editors }).optional(),
    intents: z.unknown().optional(),
  });

/** A year is written without quotes, and a number to YAML. */
const horizon = () =>
  z.preprocess((value) => (Number.isInteger(value) ? String(value) : value), text(longest.horizon));

const intentForm = (known: Known) =>
  form({
    key: key(),
    title: text(longest.title),
    owner: person(known).optional(),
    rank: whole(1, 999, 'rank').optional(),
    measure: text(longest.measure).optional(),
    horizon: horizon().optional(),
    not_doing: list(text(longest.notDoing), { most: most.notDoing }),
    initiatives: z.unknown().optional(),
  });

const initiativeForm = form({
  key: key(),
  title: text(longest.title),
  problem: text(longest.problem, { lines: true }).optional(),
  metric: text(longest.metric).optional(),
});

/** A line as a file has it; `parent` is the key of an initiative's intent, `rank` its place where the file does not say. */
export type LineEntry = {
  key: string;
  kind: LineKind;
  parent: string | null;
  title: string;
  owner: string | null;
  rank: number;
  measure: string | null;
  horizon: string | null;
  not_doing: string[];
  problem: string | null;
  metric: string | null;
};
/** `editors` are short names; null: as they are. */
export type StrategyEntry = { vision: string | null; editors: string[] | null; lines: LineEntry[] };

/** What the workspace has already: every line's kind by key, and the keys of objectives, of file and workspace. */
export type PresentKeys = { kinds: ReadonlyMap<string, LineKind>; objectives: ReadonlySet<string> };

/** Reads `strategy`; null where the file has none. */
export function readStrategy(
  raw: unknown,
  known: Known,
  present: PresentKeys,
  findings: Finding[],
): StrategyEntry | null {
  if (raw === undefined || raw === null) return null;
  const top = readEntry(strategyForm(known), raw, ['strategy'], findings);
  const intents = readEntries(intentForm(known), top.loose.intents, ['strategy', 'intents'], findings);
  const initiatives = intents.map(({ path, loose }) =>
    readEntries(initiativeForm, loose.initiatives, [...path, 'initiatives'], findings),
  );
  const keys = intents.flatMap((intent, index) => [
    keyOf(intent, 'intent'),
    ...(initiatives[index] ?? []).map((initiative) => keyOf(initiative, 'initiative')),
  ]);
  findRepeats(keys, findings);
  findTaken(keys, present, findings);
  if (keys.length > most.lines)
    findings.push({
      path: ['strategy', 'intents'],
      words: `have ${keys.length} lines; ${most.lines} are allowed`,
    });
  const lines = intents.flatMap(({ whole: intent }, index) => {
    if (intent === null) return [];
    const own = wholes(initiatives[index] ?? []);
    return [intentEntry(intent, index), ...own.map((it, place) => initiativeEntry(it, intent.key, place))];
  });
  return { vision: top.loose.vision ?? null, editors: top.loose.editors ?? null, lines };
}

function intentEntry(intent: z.output<ReturnType<typeof intentForm>['whole']>, place: number): LineEntry {
  return {
    key: intent.key,
    kind: 'intent',
    parent: null,
    title: intent.title,
    owner: intent.owner ?? null,
    rank: intent.rank ?? place + 1,
    measure: intent.measure ?? null,
    horizon: intent.horizon ?? null,
    not_doing: intent.not_doing,
    problem: null,
    metric: null,
  };
}

function initiativeEntry(
  { key, title, problem, metric }: z.output<typeof initiativeForm.whole>,
  parent: string,
  place: number,
): LineEntry {
  return {
    key,
    kind: 'initiative',
    parent,
    title,
    owner: null,
    rank: place + 1,
    measure: null,
    horizon: null,
    not_doing: [],
    problem: problem ?? null,
    metric: metric ?? null,
  };
}

type Keyed = { path: Path; key: string | undefined; kind: LineKind };

function keyOf({ path, loose }: Entry<unknown, { key?: string | undefined }>, kind: LineKind): Keyed {
  return { path, key: loose.key, kind };
}

function findTaken(keys: readonly Keyed[], { kinds, objectives }: PresentKeys, findings: Finding[]): void {
  for (const { path, key: named, kind } of keys) {
    if (named === undefined) continue;
    const other = kinds.get(named);
    if (objectives.has(named)) {
      const words = `${shown(named)} is the key of an objective, and \`supports\` could mean either; choose another`;
      findings.push({ path: [...path, 'key'], words });
    } else if (other !== undefined && other !== kind) {
      const words = `${shown(named)} is the key of an ${other} in this workspace; choose another`;
      findings.push({ path: [...path, 'key'], words });
    }
  }
}
