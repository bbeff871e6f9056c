import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, figuresOf, figureWords } from '../../../src/cadence/core/figures.ts';

const asked = (given: Partial<Asked> = {}): Asked => ({
  ...{ occurrenceId: 1, personId: 1, isAnswered: true, nudges: 0, seconds: null, waited: null },
  ...given,
});

describe('the figures of a ritual', () => {
  it('count occurrences, people, answers and nudges', () => {
    const rows = [asked(), asked({ personId: 2, isAnswered: false, nudges: 2 }), asked({ occurrenceId: 2 })];
    expect(figuresOf(rows)).toEqual({
      ...{ occurrences: 2, people: 2, asked: 3, answered: 2, nudges: 2, minutes: null, medianWait: null },
    });
  });

  it('take answers of which the time is not known to have cost as much as the others', () => {
    const rows = [asked({ seconds: 120 }), asked({ personId: 2, seconds: 60 }), asked({ personId: 3 })];
    expect(figuresOf(rows).minutes).toBe(5);
  });

  it('call nothing less than a minute', () => {
    expect(figuresOf([asked({ seconds: 5 })]).minutes).toBe(1);
  });

  it('say within what time half of the answers came', () => {
    const waits = (...waited: (number | null)[]) =>
      figuresOf(waited.map((each, personId) => asked({ personId, waited: each }))).medianWait;
    expect(waits(60, 600, 120)).toBe(2);
    expect(waits(60, null, 120)).toBe(1.5);
    expect(waits(null)).toBeNull();
    expect(figuresOf([asked({ isAnswered: false, waited: 60 })]).medianWait).toBeNull();
  });

  it('never answer more than they ask', () => {
    const row = fc.record({
      occurrenceId: fc.nat(5),
      personId: fc.nat(5),
      isAnswered: fc.boolean(),
      nudges: fc.nat(3),
      seconds: fc.option(fc.integer({ min: 1, max: 1800 })),
      waited: fc.option(fc.nat(1_000_000)),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const figures = figuresOf(rows);
        expect(figures.answered).toBeLessThanOrEqual(figures.asked);
        expect(figures.people).toBeLessThanOrEqual(figures.asked);
        expect(figures.minutes === null || figures.minutes >= 1).toBe(true);
      }),
    );
  });

  it.each([
    [
      { occurrences: 12, people: 4, asked: 48, answered: 42, nudges: 9, minutes: 95 },
      'held 12 times, 88 % answered, about 95 minutes in all, 9 nudges',
    ],
    [
      { occurrences: 1, people: 2, asked: 2, answered: 0, nudges: 1, minutes: null },
      'held once, 0 % answered, one nudge',
    ],
    [
      { occurrences: 2, people: 0, asked: 0, answered: 0, nudges: 0, minutes: 1 },
      'held 2 times, nobody asked, about one minute in all, no nudges',
    ],
  ])('%j in words', (figures, words) => {
    expect(figureWords(figures)).toBe(words);
  });
});
