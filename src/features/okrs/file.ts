import { z } from 'zod';
import { findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import {
  date,
  key,
  list,
  oneOf,
  person,
  reference,
  team,
  text,
  visibility,
} from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import { wayBack } from '../../platform/file/loops.ts';
import type { Known } from '../../platform/file/names.ts';
import { loopWords } from './editing/core/loop.ts';
import { becomes, type KeyResultEntry, readKeyResults } from './file-key-results.ts';

const cycleForm = (known: Known) =>
  form({
    key: key({ capitals: true }).refine((value) => value !== 'current', {
      error: '"current" means the cycle of the day; choose another key',
    }),
    starts: date(),
    ends: date(),
    state: oneOf(['draft', 'active', 'grading', 'closed']).optional(),
    parent: reference(
      known.cycles,
      (name) => `there is no cycle ${shown(name)}`,
      'add it under cycles',
    ).optional(),
  });
export type CycleEntry = z.output<ReturnType<typeof cycleForm>['whole']>;

/** Reads `cycles`. */
export function readCycles(raw: unknown, known: Known, findings: Finding[]): CycleEntry[] {
  const entries = readEntries(cycleForm(known), raw, ['cycles'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  for (const { path, loose } of entries) {
    if (loose.starts === undefined || loose.ends === undefined || loose.ends >= loose.starts) continue;
    const words = `${loose.ends} is before the cycle starts (${loose.starts}); mend one of them`;
    findings.push({ path: [...path, 'ends'], words });
  }
  findCycleLoops(entries, findings);
  return wholes(entries);
}

/** A quarter lies in a year, and a year in nothing that lies in it. */
function findCycleLoops(
  entries: readonly { path: Path; loose: { key?: string | undefined; parent?: string | undefined } }[],
  findings: Finding[],
): void {
  const parents = new Map(
    entries.flatMap(({ loose: { key, parent } }) =>
      key === undefined || parent === undefined ? [] : [[key, parent] as const],
    ),
  );
  for (const { path, loose } of entries) {
    if (loose.key === undefined || wayBack(loose.key, parents) === null) continue;
    const words = `${shown(loose.key)} would lie in itself; name the longer cycle that it lies in, or leave \`parent\` out`;
    findings.push({ path: [...path, 'parent'], words });
  }
}

/** As many people as an objective of few may name. */
const mostViewers = 100;

const objectiveForm = (known: Known) =>
  form({
    key: key(),
    title: text(200),
    owner: person(known).optional(),
    team: team(known).optional(),
    cycle: reference(known.cycles, (name) => `there is no cycle ${shown(name)}`, 'add it under cycles'),
    reviewer: person(known).optional(),
    supports: reference(
      known.supports,
      (name) => `there is no objective, initiative or intent ${shown(name)}`,
      'add it under objectives or strategy',
    ).optional(),
    needs: list(team(known)),
    visibility: visibility(known, mostViewers).optional(),
    state: oneOf(becomes).optional(),
    key_results: z.unknown().optional(),
  });
type ObjectiveFields = z.output<ReturnType<typeof objectiveForm>['whole']>;
/** An objective that is there, with the key of what it supports. */
export type PresentObjective = { title: string; supports: string | null };
export type ObjectiveEntry = Omit<ObjectiveFields, 'key_results'> & { keyResults: KeyResultEntry[] };

/** Reads `objectives`. `present` are the workspace's own, by key. */
export function readObjectives(
  raw: unknown,
  known: Known,
  present: ReadonlyMap<string, PresentObjective>,
  findings: Finding[],
): ObjectiveEntry[] {
  const entries = readEntries(objectiveForm(known), raw, ['objectives'], findings);
  const keyResults = entries.map(({ path, loose }) =>
    readKeyResults(loose.key_results, [...path, 'key_results'], known, findings),
  );
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  findRepeats(
    keyResults.flat().map(({ path, key }) => ({ path, key })),
    findings,
  );
  findLoops(
    entries.map(({ path, loose }) => ({ path, key: loose.key, ...loose })),
    present,
    findings,
  );
  findTeamless(entries, findings);
  return entries.flatMap(({ whole }, index) => {
    if (whole === null) return [];
    const { key_results: _read, ...fields } = whole;
    const read = keyResults[index] ?? [];
    return [{ ...fields, keyResults: read.map((entry) => entry.whole).filter((entry) => entry !== null) }];
  });
}

type Supporting = {
  path: Path;
  key: string | undefined;
  title?: string | undefined;
  supports?: string | undefined;
};

/** Whoever follows `supports` must come to an end; each loop is told once, at its first objective in the file. */
function findLoops(
  entries: readonly Supporting[],
  present: ReadonlyMap<string, PresentObjective>,
  findings: Finding[],
): void {
  const next = new Map<string, string>();
  const titles = new Map<string, string>();
  for (const [key, { title, supports }] of present) {
    titles.set(key, title);
    if (supports !== null) next.set(key, supports);
  }
  for (const { key: from, title, supports } of entries) {
    if (from === undefined) continue;
    if (title !== undefined) titles.set(from, title);
    if (supports === undefined) next.delete(from);
    else next.set(from, supports);
  }
  const titleOf = (key: string): string => titles.get(key) ?? key;
  const told = new Set<string>();
  for (const { path, key: from } of entries) {
    if (from === undefined || told.has(from)) continue;
    const way = wayBack(from, next);
    if (way === null) continue;
    for (const stop of way) told.add(stop);
    const words = loopWords(titleOf(from), way.slice(1).map(titleOf));
    findings.push({ path: [...path, 'supports'], words });
  }
}

function findTeamless(
  entries: readonly { path: Path; loose: { visibility?: unknown; team?: string | undefined } }[],
  findings: Finding[],
): void {
  for (const { path, loose } of entries) {
    if (loose.visibility !== 'team' || loose.team !== undefined) continue;
    const words = 'is team, and the objective has none; add "team: …"';
    findings.push({ path: [...path, 'visibility'], words });
  }
}
