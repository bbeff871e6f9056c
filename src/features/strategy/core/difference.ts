import { initiativesOf, inOrder, intentsOf, type Line, type Named, type Strategy } from './strategy.ts';

type Text = { before: string | null; after: string | null };
/** One thing that a line says otherwise. */
export type FieldChange =
  | ({ field: 'title' | 'measure' | 'horizon' | 'problem' | 'metric' } & Text)
  | { field: 'owner'; before: Named | null; after: Named | null }
  | { field: 'notDoing'; before: string[]; after: string[] };

/** One thing that is different between two versions, about a line as the later one has it. */
export type Change =
  | ({ kind: 'vision' } & Text)
  /** `under`: the intent of an initiative. */
  | { kind: 'added'; line: Line; under: Line | null }
  | { kind: 'dropped'; line: Line }
  | ({ kind: 'changed'; line: Line } & FieldChange)
  | { kind: 'moved'; line: Line; from: Line; to: Line }
  /** Places count from 1 among its siblings. */
  | { kind: 'ranked'; line: Line; from: number; to: number };

/**
 * What is different, in the order in which the later version is read; what was dropped comes last. Only lines that moved
 * themselves are ranked otherwise, not those that made room for them.
 */
export function differenceOf(before: Strategy, after: Strategy): Change[] {
  const was = new Map(before.lines.map((line) => [line.id, line]));
  const is = new Map(after.lines.map((line) => [line.id, line]));
  const changes: Change[] = [];
  if (before.vision !== after.vision)
    changes.push({ kind: 'vision', before: before.vision, after: after.vision });
  const ranked = rankedIn(before, after);
  for (const line of inOrder(after)) {
    const old = was.get(line.id);
    const under = line.parentId === null ? null : (is.get(line.parentId) ?? null);
    if (old === undefined) {
      changes.push({ kind: 'added', line, under });
      continue;
    }
    for (const field of fieldChanges(old, line)) changes.push({ kind: 'changed', line, ...field });
    const from = old.parentId === null ? undefined : was.get(old.parentId);
    if (from !== undefined && under !== null && from.id !== under.id)
      changes.push({ kind: 'moved', line, from, to: under });
    const places = ranked.get(line.id);
    if (places !== undefined) changes.push({ kind: 'ranked', line, ...places });
  }
  for (const line of inOrder(before)) if (!is.has(line.id)) changes.push({ kind: 'dropped', line });
  return changes;
}

function fieldChanges(old: Line, line: Line): FieldChange[] {
  const texts = ['title', 'measure', 'horizon', 'problem', 'metric'] as const;
  const changes: FieldChange[] = texts.flatMap((field) =>
    old[field] === line[field] ? [] : [{ field, before: old[field], after: line[field] }],
  );
  if (old.owner?.id !== line.owner?.id)
    changes.push({ field: 'owner', before: old.owner, after: line.owner });
  if (JSON.stringify(old.notDoing) !== JSON.stringify(line.notDoing))
    changes.push({ field: 'notDoing', before: old.notDoing, after: line.notDoing });
  return changes;
}

/** Which lines stand elsewhere among the siblings that they have in both, each with its places in the two versions. */
function rankedIn(before: Strategy, after: Strategy): Map<number, { from: number; to: number }> {
  const ranked = new Map<number, { from: number; to: number }>();
  const groups = [
    [intentsOf(before), intentsOf(after)],
    ...intentsOf(after).map(({ id }) => [initiativesOf(before, id), initiativesOf(after, id)]),
  ];
  for (const [old = [], now = []] of groups) {
    const place = new Map(old.map(({ id }, index) => [id, index]));
    const common = now.flatMap((line, to) => {
      const from = place.get(line.id);
      return from === undefined ? [] : [{ id: line.id, from, to }];
    });
    const still = longestRising(common.map(({ from }) => from));
    common.forEach(({ id, from, to }, index) => {
      if (!still.has(index)) ranked.set(id, { from: from + 1, to: to + 1 });
    });
  }
  return ranked;
}

/** The places of the longest run of numbers that rise from left to right: whoever is in it has not moved. */
function longestRising(numbers: readonly number[]): Set<number> {
  const runs: number[][] = [];
  numbers.forEach((number, index) => {
    const before = runs
      .filter((run) => (numbers[run.at(-1) ?? 0] ?? 0) < number)
      .reduce<number[]>((best, run) => (run.length > best.length ? run : best), []);
    runs.push([...before, index]);
  });
  return new Set(runs.reduce<number[]>((best, run) => (run.length > best.length ? run : best), []));
}
