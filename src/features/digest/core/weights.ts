import type { Commitment, Health } from '../../okrs/core/health.ts';

/** What happened to an item of the roadmap. */
export type ItemChange = 'shipped' | 'stopped' | 'slipped' | 'moved' | 'new';

/**
 * How much a change matters. A weight is between 0 and about 130; docs/digest.md has the table. What somebody has to act
 * on outweighs what is good to know, and what was promised outweighs what was hoped for.
 */
export const changeWeights = {
  strategy: 75,
  cycle: 70,
  target: { committed: 55, aspirational: 35 },
  decision: 45,
  item: { shipped: 50, stopped: 48, slipped: 42, moved: 30, new: 20 } satisfies Record<ItemChange, number>,
  handoff: { critical: 40, other: 20 },
};

/** What nobody carries and is critical. */
export const criticalGapWeight = 85;

const ofHealth: Record<Health, number> = {
  'off-track': 60,
  'at-risk': 40,
  outdated: 35,
  unanswered: 0,
  'on-track': 0,
};

/** A key result that needs a look: 30 more where it is committed, 2 for each point that confidence fell, up to 10 for its pace. */
export function riskWeight(of: {
  health: Health;
  commitment: Commitment;
  /** Points of confidence lost since the last digest; never negative. */
  fall: number;
  /** The share of the way by which it is behind, 0 to 1. */
  behind: number;
}): number {
  const committed = of.commitment === 'committed' ? 30 : 0;
  return ofHealth[of.health] + committed + 2 * of.fall + 10 * Math.min(1, Math.max(0, of.behind));
}

/** An intent: 15 while all that serves it is on track, else 45 and up to 40 by the share that is not. */
export function intentWeight(counts: { all: number; troubled: number }): number {
  return counts.troubled === 0 ? 15 : 45 + (40 * counts.troubled) / counts.all;
}

/** What is overdue weighs more by the day, for a month. */
export function overdueWeight(what: 'decision' | 'action', days: number): number {
  const late = Math.min(30, Math.max(0, days));
  return what === 'decision' ? 50 + late : 25 + (late * 2) / 3;
}

/** A team with people over their limit, by the share of them. */
export function loadWeight({ people, over }: { people: number; over: number }): number {
  return 30 + (40 * over) / people;
}
