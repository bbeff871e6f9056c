import type { ShownObjective } from './shown.ts';

/** A row of the tree: a heading of the strategy, or an objective so deep below what it supports. */
export type TreeRow = { heading: string } | { objective: ShownObjective; depth: number };

/**
 * Objectives below what they support: under each line of the strategy those that serve it by themselves, each with those
 * that support it; last those that support nothing.
 */
export function treeOf(objectives: readonly ShownObjective[]): TreeRow[] {
  const ids = new Set(objectives.map(({ id }) => id));
  const children = Map.groupBy(objectives, ({ supportsId }) => supportsId);
  const roots = objectives.filter(({ supportsId }) => supportsId === null || !ids.has(supportsId));
  const byLine = Map.groupBy(roots, ({ line }) => line);
  const lines = [...byLine.keys()].filter((line) => line !== null).sort();
  const below = (objective: ShownObjective, depth: number): TreeRow[] => [
    { objective, depth },
    ...(children.get(objective.id) ?? []).flatMap((child) => below(child, depth + 1)),
  ];
  const rowsOf = (own: readonly ShownObjective[]) => own.flatMap((objective) => below(objective, 0));
  const apart = byLine.get(null) ?? [];
  return [
    ...lines.flatMap((line): TreeRow[] => [{ heading: line }, ...rowsOf(byLine.get(line) ?? [])]),
    ...(apart.length === 0 ? [] : [{ heading: 'Without a line of the strategy' }, ...rowsOf(apart)]),
  ];
}
