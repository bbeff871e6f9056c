import { z } from 'zod';
import { findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import { date, key, list, person, reference, team, text } from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import { wayBack } from '../../platform/file/loops.ts';
import type { Known } from '../../platform/file/names.ts';
import { type KeyResultEntry, readKeyResults } from './file-key-results.ts';

const cycleForm = form({
  key: key({ capitals: true }).refine((value) => value !== 'current', {
    error: '"current" means the cycle of the day; choose another key',
  }),
  starts: date(),
  ends: date(),
});
export type CycleEntry = z.output<typeof cycleForm.whole>;

/** Reads `cycles`. */
export function readCycles(raw: unknown, findings: Finding[]): CycleEntry[] {
  const entries = readEntries(cycleForm, raw, ['cycles'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  for (const { path, loose } of entries) {
    if (loose.starts === undefined || loose.ends === undefined || loose.ends >= loose.starts) continue;
    const words = `${loose.ends} is before the cycle starts (${loose.starts}); mend one of them`;
    findings.push({ path: [...path, 'ends'], words });
  }
  return wholes(entries);
}

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
    key_results: z.unknown().optional(),
  });
type ObjectiveFields = z.output<ReturnType<typeof objectiveForm>['whole']>;
export type ObjectiveEntry = Omit<ObjectiveFields, 'key_results'> & { keyResults: KeyResultEntry[] };

/** Reads `objectives`. `supports` is, by key, what the workspace's objectives support today. */
export function readObjectives(
  raw: unknown,
  known: Known,
  supports: ReadonlyMap<string, string>,
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
    entries.map(({ path, loose }) => ({ path, key: loose.key, supports: loose.supports })),
    supports,
    findings,
  );
  return entries.flatMap(({ whole }, index) => {
    if (whole === null) return [];
    const { key_results: _read, ...fields } = whole;
    const read = keyResults[index] ?? [];
    return [{ ...fields, keyResults: read.map((entry) => entry.whole).filter((entry) => entry !== null) }];
  });
}

type Supporting = { path: Path; key: string | undefined; supports: string | undefined };

/** Whoever follows `supports` must come to an end; each loop is told once, at its first objective in the file. */
function findLoops(entries: Supporting[], present: ReadonlyMap<string, string>, findings: Finding[]): void {
  const next = new Map(present);
  for (const { key: from, supports } of entries) {
    if (from === undefined) continue;
    if (supports === undefined) next.delete(from);
    else next.set(from, supports);
  }
  const told = new Set<string>();
  for (const { path, key: from } of entries) {
    if (from === undefined || told.has(from)) continue;
    const way = wayBack(from, next);
    if (way === null) continue;
    for (const stop of way) told.add(stop);
    const through = way.length === 1 ? '' : ` through ${way.slice(1).map(shown).join(', ')}`;
    const words = `${shown(from)} would support itself${through}; take one \`supports\` out`;
    findings.push({ path: [...path, 'supports'], words });
  }
}
