import { describe, expect, it } from 'vitest';
import {
  type Commitment,
  type Health,
  healthOf,
  healthOfConfidence,
  type SaidHealth,
} from '../../../../src/features/okrs/core/health.ts';

describe('the health that follows from confidence', () => {
  const table: Record<Commitment, Record<number, SaidHealth>> = {
    committed: {
      10: 'on-track',
      9: 'on-track',
      8: 'on-track',
      7: 'at-risk',
      6: 'at-risk',
      5: 'at-risk',
      4: 'off-track',
      1: 'off-track',
      0: 'off-track',
    },
    aspirational: {
      10: 'on-track',
      6: 'on-track',
      5: 'on-track',
      4: 'at-risk',
      3: 'at-risk',
      2: 'off-track',
      0: 'off-track',
    },
  };
  for (const commitment of ['committed', 'aspirational'] as const) {
    it.each(Object.entries(table[commitment]))(`of a ${commitment} one at %s is %s`, (confidence, health) => {
      expect(healthOfConfidence(Number(confidence), commitment)).toBe(health);
    });
  }
});

describe('health', () => {
  const answered = {
    commitment: 'committed',
    confidence: 9,
    healthOverruled: null,
    isOutdated: false,
  } as const;
  it.each<[string, Parameters<typeof healthOf>[0], Health]>([
    ['what the confidence says', answered, 'on-track'],
    ['what the person says against their confidence', { ...answered, healthOverruled: 'at-risk' }, 'at-risk'],
    [
      'outdated when nobody answered, whatever was said before',
      { ...answered, isOutdated: true },
      'outdated',
    ],
    [
      'outdated even where it was overruled',
      { ...answered, healthOverruled: 'off-track', isOutdated: true },
      'outdated',
    ],
    ['not answered before the first answer', { ...answered, confidence: null }, 'unanswered'],
    [
      'outdated when the first answer never came',
      { ...answered, confidence: null, isOutdated: true },
      'outdated',
    ],
  ])('is %s', (_, given, health) => {
    expect(healthOf(given)).toBe(health);
  });
});
