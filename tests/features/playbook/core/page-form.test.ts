import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  longestField,
  readAgenda,
  readLines,
  readName,
  readPurpose,
  readQuestions,
  readTiming,
  shownLines,
} from '../../../../src/features/playbook/core/page-form.ts';

describe('what is typed of a page', () => {
  test('a name is needed, in one line', () => {
    expect(readName('  Pricing\n review ')).toEqual({ ok: true, value: 'Pricing review' });
    expect(readName(' ')).toEqual({ ok: false, words: 'Give it a name, such as “Pricing review”.' });
    expect(readName('x'.repeat(61))).toEqual({
      ok: false,
      words: 'A name has 60 characters at most; this one has 61.',
    });
  });

  test('a purpose is needed, a timing is not', () => {
    expect(readPurpose(null)).toEqual({ ok: false, words: 'Say in a sentence or two what it is for.' });
    expect(readPurpose('x'.repeat(501))).toEqual({
      ok: false,
      words: 'A purpose has 500 characters at most; this one has 501.',
    });
    expect(readTiming('')).toEqual({ ok: true, value: null });
    expect(readTiming('x'.repeat(201))).toEqual({
      ok: false,
      words: 'The timing has 200 characters at most; this one has 201.',
    });
  });

  test('an agenda has a point at least', () => {
    expect(readAgenda('\n  \n', [])).toEqual({
      ok: false,
      words: 'A ritual needs an agenda: write one point at least, one a line.',
    });
    expect(readAgenda('What moved\r\n\n What moved \nWhat we decide', [])).toEqual({
      ok: true,
      value: ['What moved', 'What we decide'],
    });
  });

  test('lists end somewhere, and so do their lines', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`).join('\n');
    expect(readLines(lines(20)).ok).toBe(true);
    expect(readLines(lines(21))).toEqual({ ok: false, words: '20 lines at most; these are 21.' });
    expect(readQuestions(lines(11), [])).toEqual({ ok: false, words: '10 lines at most; these are 11.' });
    expect(readLines(`short\n${'🧗'.repeat(201)}`)).toEqual({
      ok: false,
      words: `A line has 200 characters at most; “${'🧗'.repeat(30)}…” has 201.`,
    });
  });
});

describe('lines for which the form has no room', () => {
  test('stay at the end of the list, whatever it has', () => {
    const line = fc
      .string({ minLength: 1, maxLength: 200 })
      .map((text) => text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(fc.uniqueArray(line, { maxLength: 20 }), (lines) => {
        const { shown, kept } = shownLines(lines);
        expect(shown.length).toBeLessThanOrEqual(longestField);
        expect(readLines(shown, { kept })).toEqual({ ok: true, value: lines });
      }),
    );
  });

  test('are those from the first one on that does not fit', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(200, 'x'));
    const { shown, kept } = shownLines(lines);
    expect(shown.split('\n')).toEqual(lines.slice(0, 14));
    expect(kept).toEqual(lines.slice(14));
  });
});
