import { editDistance } from '../../../platform/core/edit-distance.ts';

/** A name that looks like what was typed; `similarity` is Postgres's, 0 to 1. */
export type Candidate = { rockId: number; normal: string; similarity: number };

/** Sure: one rock is meant. Unsure: the best few, best first. */
export type Ranking = { kind: 'sure'; rockId: number } | { kind: 'unsure'; rockIds: number[] };

const mostChoices = 5;
/** Below this, a name is not even worth offering. */
const leastSimilarity = 0.4;

/**
 * Decides which rock was meant by `typed`, a normal name that is nobody's exact name. Sure when a single
 * rock is within the slips of a finger, or a single one has all the words; else the best few to choose from.
 */
export function rank(typed: string, candidates: readonly Candidate[]): Ranking {
  const best = new Map<number, Scored>();
  for (const candidate of candidates) {
    const scored = score(typed, candidate);
    const known = best.get(candidate.rockId);
    if (known === undefined || compare(scored, known) < 0) best.set(candidate.rockId, scored);
  }
  const ranked = [...best.values()].sort(compare);
  const typos = ranked.filter((scored) => scored.isTypo);
  const holders = ranked.filter((scored) => scored.hasAllWords);
  const sure =
    typos.length === 1 ? typos[0] : typos.length === 0 && holders.length === 1 ? holders[0] : undefined;
  if (sure !== undefined) return { kind: 'sure', rockId: sure.rockId };

  const worthOffering = ranked.filter(
    (scored) => scored.isTypo || scored.hasAllWords || scored.similarity >= leastSimilarity,
  );
  return { kind: 'unsure', rockIds: worthOffering.slice(0, mostChoices).map((scored) => scored.rockId) };
}

type Scored = { rockId: number; isTypo: boolean; distance: number; hasAllWords: boolean; similarity: number };

function score(typed: string, candidate: Candidate): Scored {
  const slips = slipsIn(typed);
  const distance = editDistance(typed, candidate.normal, slips);
  const words = candidate.normal.split(' ');
  return {
    rockId: candidate.rockId,
    distance,
    isTypo: distance <= slips,
    hasAllWords: typed.split(' ').every((word) => words.some((whole) => isWordOrBeginning(word, whole))),
    similarity: candidate.similarity,
  };
}

/** The most that any word may have. */
export const mostSlips = 2;

/** People type the beginning of a word and stop; one or two letters begin too much to mean anything. */
function isWordOrBeginning(typed: string, whole: string): boolean {
  return typed === whole || (typed.length >= 3 && whole.startsWith(typed));
}

/** How many slips a word of this length may have and still be sure: short words are too near to each other. */
function slipsIn(typed: string): number {
  if (typed.length < 4) return 0;
  return typed.length < 8 ? 1 : mostSlips;
}

function compare(a: Scored, b: Scored): number {
  if (a.isTypo !== b.isTypo) return a.isTypo ? -1 : 1;
  if (a.isTypo && a.distance !== b.distance) return a.distance - b.distance;
  if (a.hasAllWords !== b.hasAllWords) return a.hasAllWords ? -1 : 1;
  return b.similarity - a.similarity;
}
