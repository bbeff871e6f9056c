import { describe, expect, it } from 'vitest';
import type { DecimalMark } from '../../../src/features/check-ins/core/number.ts';
import { readAnswers } from '../../../src/features/check-ins/input.ts';
import { given } from '../../support/check-ins.ts';

const submitted = (
  values: Record<string, string | null>,
  metadata: unknown = { occurrence: 3, items: [7] },
  mark: DecimalMark = ',',
) =>
  readAnswers(
    {
      workspaceId: 'T1',
      slackUserId: 'U1',
      values,
      lists: {},
      files: {},
      metadata: JSON.stringify(metadata),
    },
    mark,
  );
const whole = { 'value/7': '12,5', 'confidence/7': '8', 'words/7': ' Fewer retries. ' };

describe('the answers of a modal', () => {
  it('are read for every key result that was asked about', () => {
    const values = { ...whole, 'value/8': '€ 3', 'confidence/8': '0', 'words/8': null };
    expect(submitted(values, { occurrence: 3, items: [7, 8] })).toEqual({
      occurrenceId: 3,
      answers: [given(7, { value: 12.5, words: 'Fewer retries.' }), given(8, { value: 3, confidence: 0 })],
      isChange: false,
      openedAt: null,
      readings: ['12,5 as 12.5'],
    });
  });

  it('have no words where only spaces were typed', () => {
    expect(submitted({ ...whole, 'words/7': ' \n ' })).toMatchObject({ answers: [{ words: null }] });
  });

  it('leave out what was not asked about', () => {
    expect(submitted({ ...whole, 'value/99': '1', 'confidence/99': '1' })).toMatchObject({
      answers: [{ keyResultId: 7 }],
    });
  });

  it.each(['', 'soon', '12k', null])('are refused at the field for a value of %j', (value) => {
    expect(submitted({ ...whole, 'value/7': value })).toEqual({
      errors: { 'value/7': 'I could not read a number in this. Write it like 12.5.' },
    });
  });

  it.each(['', ' ', '11', '-1', '7.5', 'high', '0x5', '1e1', null])(
    'are refused at the field for a confidence of %j',
    (confidence) => {
      expect(submitted({ ...whole, 'confidence/7': confidence })).toEqual({
        errors: { 'confidence/7': 'Confidence is a whole number from 0 to 10.' },
      });
    },
  );

  it('name every field that is wrong, and keep nothing of the rest', () => {
    const values = { ...whole, 'value/8': '', 'confidence/8': '99' };
    const read = submitted(values, { occurrence: 3, items: [7, 8] });
    expect(Object.keys('errors' in read ? read.errors : {})).toEqual(['value/8', 'confidence/8']);
    expect(read).not.toHaveProperty('answers');
  });

  it('are thrown out when the modal’s own note was tampered with', () => {
    const items = Array.from({ length: 21 }, (_, index) => index + 1);
    for (const metadata of [
      null,
      {},
      { occurrence: 3 },
      { occurrence: 3, items: [] },
      { occurrence: 3, items: ['7'] },
    ])
      expect(() => submitted(whole, metadata)).toThrow();
    expect(() => submitted(whole, { occurrence: 3, items })).toThrow();
    expect(() => submitted(whole, { occurrence: -3, items: [7] })).toThrow();
  });
});
