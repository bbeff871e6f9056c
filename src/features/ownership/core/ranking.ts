import { type Likeness, likenessTo } from './likeness.ts';

/** A name of a rock, as it is compared, or that its summary has what was typed. */
export type Candidate = {
  rockId: number;
  kind: 'key' | 'name' | 'alias' | 'summary';
  normal: string;
  isRetired: boolean;
};

/** Sure: one rock is meant. Unsure: the best few, best first. */
export type Ranking = { kind: 'sure'; rockId: number } | { kind: 'unsure'; rockIds: number[] };

const mostChoices = 5;
/** Below this, a name is not even worth offering. */
const leastLikeness = 0.4;
/** Of two that may be meant, so many slips fewer tell which: one alone may be where the finger slipped. */
const clearlyAhead = 2;
/** What the summary says is worth offering, after every name that is alike. */
const summaryLikeness = leastLikeness;

type Scored = Likeness & { rockId: number; isRetired: boolean };

/**
 * Decides which rock was meant by `typed`, a normal name that is nobody's exact name. Sure when it is the whole name of
 * a single rock, but for slips of the finger; where it is nobody's whole name, when a single one has all its words; or
 * when one has so by fewer slips that the others are not in question. Else the best few to choose from. What is retired counts where nothing else does.
 */
export function rank(typed: string, candidates: readonly Candidate[]): Ranking {
  const best = new Map<number, Scored>();
  const compareTo = likenessTo(typed);
  for (const candidate of candidates) {
    const scored = score(candidate, compareTo);
    const known = best.get(candidate.rockId);
    if (known === undefined || compare(scored, known) < 0) best.set(candidate.rockId, scored);
  }
  const ranked = [...best.values()].sort(compare);
  for (const fit of ['whole', 'part'] as const) {
    const fitting = ranked.filter((scored) => scored.fit === fit);
    const living = fitting.filter(({ isRetired }) => !isRetired);
    const [first, ...others] = (living.length > 0 ? living : fitting).sort((a, b) => a.slips - b.slips);
    if (first === undefined) continue;
    const isAhead = others.every(({ slips }) => slips >= first.slips + clearlyAhead);
    if (isAhead) return { kind: 'sure', rockId: first.rockId };
    break;
  }
  const worthOffering = ranked.filter(({ fit, likeness }) => fit !== 'alike' || likeness >= leastLikeness);
  return { kind: 'unsure', rockIds: worthOffering.slice(0, mostChoices).map(({ rockId }) => rockId) };
}

function score(
  { rockId, kind, normal, isRetired }: Candidate,
  compareTo: (normal: string) => Likeness,
): Scored {
  if (kind === 'summary') return { rockId, isRetired, fit: 'alike', likeness: summaryLikeness, slips: 0 };
  return { rockId, isRetired, ...compareTo(normal) };
}

const fits = ['whole', 'part', 'alike'];

function compare(a: Scored, b: Scored): number {
  return (
    fits.indexOf(a.fit) - fits.indexOf(b.fit) ||
    Number(a.isRetired) - Number(b.isRetired) ||
    b.likeness - a.likeness ||
    a.rockId - b.rockId
  );
}
