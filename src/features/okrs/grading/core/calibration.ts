/** One key result that is over: how sure its owner was (0 to 10) in the middle and at the end, and whether it was hit. */
export type Sureness = { middle: number | null; last: number; isHit: boolean };

export const bins = [
  { from: 0, to: 4, name: '0 to 4' },
  { from: 5, to: 7, name: '5 to 7' },
  { from: 8, to: 10, name: '8 to 10' },
] as const;

/** Of the key results with a confidence in this bin: how many there were, and how many were hit. */
export type Bin = { name: string; count: number; hits: number };
export type Calibration = {
  count: number;
  middle: { bins: Bin[]; distance: number } | null;
  last: { bins: Bin[]; distance: number };
  /** How sure people were on average in the end, less how often they were right: above 0, too sure. */
  lean: number;
};

/** Confidence against what came of it; null where nothing is over that anybody answered for. */
export function calibrationOf(sure: readonly Sureness[]): Calibration | null {
  if (sure.length === 0) return null;
  const middle = sure.flatMap(({ middle: at, isHit }) => (at === null ? [] : [{ confidence: at, isHit }]));
  const last = sure.map(({ last: confidence, isHit }) => ({ confidence, isHit }));
  return {
    count: sure.length,
    middle: middle.length === 0 ? null : gathered(middle),
    last: gathered(last),
    lean: mean(last.map(({ confidence, isHit }) => confidence / 10 - (isHit ? 1 : 0))),
  };
}

type Said = { confidence: number; isHit: boolean };

function gathered(said: readonly Said[]) {
  return {
    bins: bins.map(({ from, to, name }) => {
      const own = said.filter(({ confidence }) => confidence >= from && confidence <= to);
      return { name, count: own.length, hits: own.filter(({ isHit }) => isHit).length };
    }),
    distance: mean(said.map(({ confidence, isHit }) => (confidence / 10 - (isHit ? 1 : 0)) ** 2)),
  };
}

/**
 * The mean squared distance of confidence from what happened (Brier's score: 0 is perfect, 0.25 is what always saying 5
 * would get), in words.
 */
export function distanceWords(distance: number): string {
  if (distance <= 0.1) return 'very close to what happened';
  if (distance <= 0.2) return 'close to what happened';
  if (distance <= 0.3) return 'about as near as always saying 5';
  return 'further off than always saying 5';
}

/** Which way somebody leans, by more than a point of ten. */
export function leanWords(lean: number): string {
  if (lean > 0.1) return 'more sure than things turned out';
  return lean < -0.1 ? 'more careful than needed' : 'neither too sure nor too careful';
}

/** A team is told from this many people on, so that nobody's own answers can be read out of it. */
export const fewest = 5;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
