import { describe, expect, test } from 'vitest';
import {
  readAbout,
  readOptions,
  readOutcome,
  readQuestion,
  readWhy,
} from '../../../../src/features/decisions/core/form.ts';

const words = (typed: { ok: boolean; words?: string }) => (typed.ok ? 'taken' : typed.words);

describe('what is typed of a decision', () => {
  test('a question is one line, and is there', () => {
    expect(readQuestion('  Do we keep\n the old checkout? ')).toEqual({
      ok: true,
      value: 'Do we keep the old checkout?',
    });
    expect(words(readQuestion('  '))).toBe('What is to be decided? One sentence is enough.');
    expect(words(readQuestion('x'.repeat(301)))).toBe(
      'A question has 300 characters at most; this one has 301.',
    );
  });
  test('options are lines, each once, ten at most', () => {
    expect(readOptions('Keep it\n\n Drop  it \nKeep it')).toEqual({
      ok: true,
      value: ['Keep it', 'Drop it'],
    });
    expect(readOptions(null)).toEqual({ ok: true, value: [] });
    expect(words(readOptions(Array.from({ length: 11 }, (_, index) => `Option ${index}`).join('\n')))).toBe(
      '10 options at most; these are 11.',
    );
    expect(words(readOptions('x'.repeat(201)))).toBe(
      'An option has 200 characters at most; one of these has 201.',
    );
  });
  test('what was decided is said in words, or by the option that was picked', () => {
    expect(readOutcome('', 'Keep it')).toEqual({ ok: true, value: 'Keep it' });
    expect(readOutcome('Keep it until March', 'Drop it')).toEqual({ ok: true, value: 'Keep it until March' });
    expect(words(readOutcome(' ', undefined))).toBe('What was decided? One sentence is enough.');
  });
  test('why is always said', () => {
    expect(words(readWhy(' '))).toBe('Why? Whoever reads this in half a year will ask.');
    expect(words(readWhy('x'.repeat(2_001)))).toBe('This has 2000 characters at most; it has 2001.');
  });
  test('what it is about is one of what the menu offers', () => {
    expect(readAbout('rock-12')).toEqual({ kind: 'rock', id: 12 });
    for (const wrong of [null, undefined, 'rock', 'person-1', 'rock-1x', 'rock-9999999999999999'])
      expect(readAbout(wrong)).toBeNull();
  });
});
