import type { Health } from '../../okrs/core/health.ts';
import { initiativesOf, intentsOf, type Line, type Strategy } from './strategy.ts';
import type { Version } from './version.ts';

/** An objective of a cycle that goes on, as far as it concerns the strategy. */
export type Objective = {
  id: number;
  title: string;
  /** The objective that it supports. */
  supportsId: number | null;
  /** The line that it serves, itself or through others. */
  lineId: number | null;
  /** Whether whoever asks may see it: what hangs from one that they may not see hangs where that does. */
  isSeen: boolean;
  /** Of its key results. */
  health: readonly Health[];
};
export type Rock = { id: number; name: string; lineId: number };

/** An objective below what it hangs from; `depth` 0 hangs from the line itself. */
export type Hung = Objective & { depth: number };

export type Branch = { line: Line; objectives: Hung[]; rocks: Rock[] };
export type Tree = {
  vision: string | null;
  intents: (Branch & { initiatives: Branch[] })[];
  /** Objectives that serve no line, with what supports them. */
  loose: Hung[];
  /** Initiatives, and intents with nothing below them, from which nothing hangs. */
  bare: Line[];
};

/** What `/strategy` shows; `version` null: nothing is published yet. */
export type StrategyTree = {
  version: Version | null;
  tree: Tree;
  /** Rocks that serve no line: the first few, and how many there are. */
  looseRocks: { names: string[]; total: number };
};

/** Hangs work from the lines of a strategy. Objectives come in the order of their siblings. */
export function treeOf(strategy: Strategy, objectives: readonly Objective[], rocks: readonly Rock[]): Tree {
  const byId = new Map(objectives.map((it) => [it.id, it]));
  const below = Map.groupBy(objectives, (it) => seenAbove(it, byId)?.id ?? null);
  const isTop = (it: Objective) => it.isSeen && seenAbove(it, byId) === null;
  const tops = Map.groupBy(objectives.filter(isTop), ({ lineId }) => lineId);
  const hung = (from: readonly Objective[], depth: number): Hung[] =>
    from.flatMap((it) => [
      { ...it, depth },
      ...hung(
        (below.get(it.id) ?? []).filter(({ isSeen }) => isSeen),
        depth + 1,
      ),
    ]);
  const ofRocks = Map.groupBy(rocks, ({ lineId }) => lineId);
  const branch = (line: Line): Branch => ({
    line,
    objectives: hung(tops.get(line.id) ?? [], 0),
    rocks: ofRocks.get(line.id) ?? [],
  });
  const served = new Set([...objectives.map(({ lineId }) => lineId), ...ofRocks.keys()]);
  const intents = intentsOf(strategy).map((intent) => ({
    ...branch(intent),
    initiatives: initiativesOf(strategy, intent.id).map(branch),
  }));
  const ends = intents.flatMap(({ line, initiatives }) =>
    initiatives.length === 0 ? [line] : initiatives.map((it) => it.line),
  );
  return {
    vision: strategy.vision,
    intents,
    loose: hung(tops.get(null) ?? [], 0),
    bare: ends.filter(({ id }) => !served.has(id)),
  };
}

/** The nearest objective above it that may be seen; null: none, or they go round in a circle. */
function seenAbove(from: Objective, byId: ReadonlyMap<number, Objective>): Objective | null {
  const passed = new Set([from.id]);
  let here = from.supportsId === null ? undefined : byId.get(from.supportsId);
  let found: Objective | null = null;
  while (here !== undefined) {
    if (passed.has(here.id)) return null;
    passed.add(here.id);
    if (here.isSeen) found ??= here;
    here = here.supportsId === null ? undefined : byId.get(here.supportsId);
  }
  return found;
}
