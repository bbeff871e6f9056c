import { describe, expect, it } from 'vitest';
import { nextPull } from '../../../../src/features/numbers/core/schedule.ts';
import { failureOf, retryAt, type Source, sourceLine } from '../../../../src/features/numbers/core/source.ts';
import { instant } from '../../../support/builders.ts';

const now = instant('2026-11-26T09:00:00Z');

function source(given: Partial<Source> = {}): Source {
  return {
    kind: 'sql',
    connection: 'WAREHOUSE',
    createdAt: instant('2026-11-01T09:00:00Z'),
    last: { value: 1234.5, at: instant('2026-11-26T05:00:00Z') },
    lastSuccessAt: instant('2026-11-26T05:00:00Z'),
    failure: null,
    measure: { type: 'currency', unit: 'EUR' },
    ...given,
  };
}

describe('the line of a source says', () => {
  it.each<[string, Partial<Source>, string]>([
    ['the last value and its age', {}, 'Number from SQL (WAREHOUSE): 1,234.5 EUR, today.'],
    ['that none has come', { kind: 'json', last: null }, 'Number from a JSON address: none has come yet.'],
    [
      'why none comes any more, and the last one',
      { failure: 'This address does not answer.', kind: 'json' },
      'The number from a JSON address does not come. This address does not answer. The last one: 1,234.5 EUR, today.',
    ],
    [
      'why none ever came',
      { failure: 'This query writes. A source may only read.', last: null },
      'The number from SQL (WAREHOUSE) does not come. This query writes. A source may only read.',
    ],
    [
      'how long a webhook has been silent',
      { kind: 'webhook', lastSuccessAt: instant('2026-11-10T09:00:00Z') },
      'The number from a webhook does not come. Nothing has come for 16 days. The last one: 1,234.5 EUR, today.',
    ],
  ])('%s', (_what, given, line) => {
    expect(sourceLine(source(given), now)).toBe(line);
  });

  it('a webhook that never spoke is failing after eight days, and not before', () => {
    const silent = { kind: 'webhook' as const, last: null, lastSuccessAt: null };
    expect(failureOf(source({ ...silent, createdAt: now.subtract({ hours: 8 * 24 }) }), now)).toBeNull();
    expect(failureOf(source({ ...silent, createdAt: now.subtract({ hours: 9 * 24 }) }), now)).toBe(
      'Nothing has come for 9 days.',
    );
  });
});

describe('a source is read', () => {
  it.each<['hour' | 'day' | 'week', string, string, string]>([
    ['day', 'Europe/Berlin', '2026-11-26T04:59:59Z', '2026-11-26T05:00:00Z'],
    ['day', 'Europe/Berlin', '2026-11-26T05:00:00Z', '2026-11-27T05:00:00Z'],
    ['day', 'Europe/Berlin', '2026-07-26T05:00:00Z', '2026-07-27T04:00:00Z'],
    ['day', 'America/New_York', '2026-11-26T05:00:00Z', '2026-11-26T11:00:00Z'],
    ['hour', 'Asia/Kolkata', '2026-11-26T09:00:00Z', '2026-11-26T09:30:00Z'],
    ['week', 'UTC', '2026-11-26T09:00:00Z', '2026-11-30T06:00:00Z'],
  ])('every %s in %s after %s: at %s', (every, zone, after, at) => {
    expect(nextPull(every, zone, instant(after)).toString()).toBe(at);
  });

  it('again within the hour after a failure, until somebody has been told', () => {
    const usual = instant('2026-11-27T05:00:00Z');
    expect(retryAt(1, now, usual).toString()).toBe('2026-11-26T10:00:00Z');
    expect(retryAt(2, now, usual).toString()).toBe('2026-11-26T10:00:00Z');
    expect(retryAt(3, now, usual)).toBe(usual);
    const sooner = instant('2026-11-26T09:30:00Z');
    expect(retryAt(1, now, sooner)).toBe(sooner);
  });
});
