export type LineKind = 'intent' | 'initiative';

/** Somebody as a line names them. */
export type Named = { id: number; slackId: string | null; name: string };

/** What a line of the strategy says: an intent, or an initiative that serves one. */
export type Line = {
  id: number;
  key: string;
  kind: LineKind;
  title: string;
  /** The intent of an initiative; null for an intent. */
  parentId: number | null;
  /** Of an intent among intents, of an initiative in its intent; 1 comes first. */
  rank: number;
  owner: Named | null;
  measure: string | null;
  horizon: string | null;
  notDoing: string[];
  problem: string | null;
  metric: string | null;
};

export type Strategy = { vision: string | null; lines: Line[] };

export const emptyStrategy: Strategy = { vision: null, lines: [] };

/** The most characters of each text. */
export const longest = {
  vision: 500,
  title: 200,
  measure: 300,
  horizon: 40,
  notDoing: 200,
  problem: 500,
  metric: 300,
};
/** The most entries: of what is not done, of lines in all, and of editors. */
export const most = { notDoing: 10, lines: 300, editors: 50 };

/** The intents, what ranks first first. */
export function intentsOf({ lines }: Strategy): Line[] {
  return inRank(lines.filter(({ kind }) => kind === 'intent'));
}

/** The initiatives of an intent, in their order. */
export function initiativesOf({ lines }: Strategy, intentId: number): Line[] {
  return inRank(lines.filter(({ parentId }) => parentId === intentId));
}

/** Every line as people read them from top to bottom: each intent, then its initiatives. */
export function inOrder(strategy: Strategy): Line[] {
  return intentsOf(strategy).flatMap((intent) => [intent, ...initiativesOf(strategy, intent.id)]);
}

/** The lines with one more, or one in place of what it was; it takes its rank, and the others make room. */
export function withLine(strategy: Strategy, line: Line): Strategy {
  const others = strategy.lines.filter(({ id }) => id !== line.id);
  const siblings = inRank(others.filter(({ parentId }) => parentId === line.parentId));
  const at = Math.min(Math.max(line.rank, 1), siblings.length + 1) - 1;
  const ranked = siblings.toSpliced(at, 0, line).map((it, index) => ({ ...it, rank: index + 1 }));
  const rest = others.filter(({ parentId }) => parentId !== line.parentId);
  return { ...strategy, lines: [...rest, ...ranked] };
}

/** The lines without one; the initiatives of an intent go with it. */
export function withoutLine(strategy: Strategy, lineId: number): Strategy {
  return {
    ...strategy,
    lines: strategy.lines.filter(({ id, parentId }) => id !== lineId && parentId !== lineId),
  };
}

function inRank(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
}
