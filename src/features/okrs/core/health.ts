/** How sure its owner is, in words that people scan for. `outdated`: asked, reminded and not answered. */
export type Health = 'on-track' | 'at-risk' | 'off-track' | 'outdated' | 'unanswered';
/** What an answer can say. */
export type SaidHealth = 'on-track' | 'at-risk' | 'off-track';
export type Commitment = 'committed' | 'aspirational';

/** From which confidence (0 to 10) on it is on track, and at risk; below it is off track. */
export const healthFrom: Record<Commitment, { onTrack: number; atRisk: number }> = {
  committed: { onTrack: 8, atRisk: 5 },
  aspirational: { onTrack: 5, atRisk: 3 },
};

/** The health that follows from a confidence of 0 to 10. */
export function healthOfConfidence(confidence: number, commitment: Commitment): SaidHealth {
  const { onTrack, atRisk } = healthFrom[commitment];
  if (confidence >= onTrack) return 'on-track';
  return confidence >= atRisk ? 'at-risk' : 'off-track';
}

/** What the last answer says: overruled with words, or what its confidence means; outdated where an answer was owed. */
export function healthOf(keyResult: {
  commitment: Commitment;
  confidence: number | null;
  healthOverruled: SaidHealth | null;
  isOutdated: boolean;
}): Health {
  if (keyResult.isOutdated) return 'outdated';
  if (keyResult.healthOverruled !== null) return keyResult.healthOverruled;
  if (keyResult.confidence === null) return 'unanswered';
  return healthOfConfidence(keyResult.confidence, keyResult.commitment);
}

/** As people read it, with a mark that does not rest on colour alone. */
export const healthWords: Record<Health, { mark: string; words: string }> = {
  'on-track': { mark: ':large_green_circle:', words: 'on track' },
  'at-risk': { mark: ':large_yellow_circle:', words: 'at risk' },
  'off-track': { mark: ':red_circle:', words: 'off track' },
  outdated: { mark: ':hourglass:', words: 'outdated' },
  unanswered: { mark: ':white_circle:', words: 'no answer yet' },
};
