import { type Counted, type Left, type Line, type Section, sections } from './digest.ts';

/** So many things are named in a digest, whatever the size of the company. */
export const mostNamed = 10;
/**
 * What the next line of the same section still weighs: ten bad key results do not hide that nobody carries something
 * critical, and the ninth of them matters less than the first decision that is overdue.
 */
const fading = 0.9;

/**
 * The lines that matter most, in the order of the sections, the heaviest first in each; and how many of each kind are
 * left out. Each line weighs less by a tenth for every heavier one of its section.
 */
export function weigh(lines: readonly Line[], most = mostNamed): { named: Line[]; left: Left[] } {
  const bySection = Map.groupBy(lines, ({ section }) => section);
  const ranked = sections.flatMap((section) =>
    (bySection.get(section) ?? [])
      .toSorted(heavierFirst)
      .map((line, index) => ({ line, weight: line.weight * fading ** index, rank: index })),
  );
  const chosen = new Set(
    ranked
      .toSorted((a, b) => b.weight - a.weight || a.rank - b.rank)
      .slice(0, most)
      .map(({ line }) => line),
  );
  const inOrder = ranked.map(({ line }) => line);
  return {
    named: inOrder.filter((line) => chosen.has(line)),
    left: countLeft(inOrder.filter((line) => !chosen.has(line))),
  };
}

function heavierFirst(a: Line, b: Line): number {
  return b.weight - a.weight || (a.key < b.key ? -1 : 1);
}

function countLeft(lines: readonly Line[]): Left[] {
  const kinds = Map.groupBy(lines, ({ section, counted }) => `${section} ${counted}`);
  return [...kinds.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ section: first.section, counted: first.counted, count: 1 + others.length }],
  );
}

const words: Record<Counted, [one: string, many: string]> = {
  intent: ['intent', 'intents'],
  handoff: ['rock that moved', 'rocks that moved'],
  'decision-made': ['decision made', 'decisions made'],
  'roadmap-change': ['change of the roadmap', 'changes of the roadmap'],
  strategy: ['version of the strategy', 'versions of the strategy'],
  cycle: ['cycle that moved', 'cycles that moved'],
  target: ['target that changed', 'targets that changed'],
  'at-risk': ['key result at risk', 'key results at risk'],
  'critical-gap': ['critical rock that nobody carries', 'critical rocks that nobody carries'],
  'team-over': ['team with more than it can carry', 'teams with more than they can carry'],
  'decision-overdue': ['decision overdue', 'decisions overdue'],
  'action-overdue': ['action overdue', 'actions overdue'],
};

/** "…and 23 more key results at risk, 2 more decisions made"; null: nothing of the section was left out. */
export function leftWords(left: readonly Left[], section: Section, named: readonly Line[]): string | null {
  const own = left.filter((it) => it.section === section && it.count > 0);
  if (own.length === 0) return null;
  const hasNamed = named.some((line) => line.section === section);
  const counts = own.map(
    ({ counted, count }) => `${count}${hasNamed ? ' more' : ''} ${words[counted][count === 1 ? 0 : 1]}`,
  );
  return hasNamed ? `…and ${counts.join(', ')}` : `Not named here: ${counts.join(', ')}`;
}
