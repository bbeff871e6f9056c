import type { Line, LineKind, Strategy } from './strategy.ts';

/** A line as files, events and the database have it in common. `parent` is a key: a file may name what it adds. */
export type LineState = {
  kind: LineKind;
  title: string;
  parent: string | null;
  rank: number;
  owner_id: number | null;
  measure: string | null;
  horizon: string | null;
  not_doing: string[];
  problem: string | null;
  metric: string | null;
};

/** Every line's state by its key. */
export function statesOf({ lines }: Strategy): Map<string, LineState> {
  const keys = new Map(lines.map(({ id, key }) => [id, key]));
  return new Map(
    lines.map((line) => [
      line.key,
      {
        kind: line.kind,
        title: line.title,
        parent: line.parentId === null ? null : (keys.get(line.parentId) ?? null),
        rank: line.rank,
        owner_id: line.owner?.id ?? null,
        measure: line.measure,
        horizon: line.horizon,
        not_doing: line.notDoing,
        problem: line.problem,
        metric: line.metric,
      },
    ]),
  );
}

type Words = Omit<Line, 'id' | 'key' | 'kind'>;

const wordOf: Record<Exclude<keyof LineState, 'kind'>, keyof Words> = {
  title: 'title',
  parent: 'parentId',
  rank: 'rank',
  owner_id: 'owner',
  measure: 'measure',
  horizon: 'horizon',
  not_doing: 'notDoing',
  problem: 'problem',
  metric: 'metric',
};

/** What changes of a strategy: lines with all that they say, and lines of which some fields do. */
export type Patch = {
  added: readonly { key: string; wanted: LineState }[];
  changed: readonly { key: string; wanted: LineState; after: Partial<LineState> }[];
};

/**
 * The strategy with what a patch adds and changes of it; `ids` are those of lines by key. Of a changed line that is not in
 * it nothing comes, and an initiative without its intent goes.
 */
export function patched(
  strategy: Strategy,
  { added, changed }: Patch,
  ids: ReadonlyMap<string, number>,
): Strategy {
  const lines = new Map(strategy.lines.map((line) => [line.key, line]));
  for (const { key, wanted } of added) {
    const id = ids.get(key);
    if (id !== undefined) lines.set(key, { id, key, kind: wanted.kind, ...wordsOf(wanted, ids) });
  }
  for (const { key, wanted, after } of changed) {
    const line = lines.get(key);
    if (line === undefined) continue;
    const words = wordsOf(wanted, ids);
    const names = Object.keys(after).flatMap((field) =>
      Object.hasOwn(wordOf, field) ? [wordOf[field as keyof typeof wordOf]] : [],
    );
    lines.set(key, { ...line, ...Object.fromEntries(names.map((name) => [name, words[name]])) });
  }
  const held = new Set([...lines.values()].map(({ id }) => id));
  return {
    ...strategy,
    lines: [...lines.values()].filter(({ parentId }) => parentId === null || held.has(parentId)),
  };
}

function wordsOf(state: LineState, ids: ReadonlyMap<string, number>): Words {
  const { title, rank, measure, horizon, problem, metric, owner_id: owner } = state;
  return {
    ...{ title, rank, measure, horizon, problem, metric },
    notDoing: state.not_doing,
    parentId: state.parent === null ? null : (ids.get(state.parent) ?? null),
    // Only the id is kept; whoever reads it again gets the name.
    owner: owner === null ? null : { id: owner, slackId: null, name: '' },
  };
}
