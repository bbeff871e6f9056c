import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedNumber } from '../../../../../src/features/check-ins/core/number.ts';
import { readMeasure, type TypedMeasure } from '../../../../../src/features/okrs/editing/core/measure.ts';

const typed = (given: Partial<TypedMeasure>): TypedMeasure => ({
  ...{ type: 'number', unit: null, direction: null, start: null, target: null },
  ...given,
});
const read = (given: Partial<TypedMeasure>, mark: '.' | ',' = '.') => readMeasure(typed(given), mark, null);

describe('how a key result is measured', () => {
  it.each([
    [
      'start and target tell that it goes up',
      { start: '1', target: '5' },
      { direction: 'up', start: 1, target: 5 },
    ],
    ['or down', { start: '4.2', target: '2' }, { direction: 'down', start: 4.2, target: 2 }],
    ['below zero, too', { start: '-5', target: '-10' }, { direction: 'down', start: -5, target: -10 }],
    [
      'to be kept where it is',
      { start: '99.9', target: '99.9', direction: 'maintain' },
      { direction: 'maintain' },
    ],
    [
      'a baseline to be found',
      { target: '10', direction: 'up' },
      { start: null, target: 10, direction: 'up' },
    ],
    [
      'a baseline in words',
      { start: 'Baseline', target: '10', direction: 'down' },
      { start: null, direction: 'down' },
    ],
    [
      'a baseline that is to be kept',
      { target: '10', direction: 'maintain' },
      { start: null, direction: 'maintain' },
    ],
    ['a milestone is done or not', { type: 'milestone' }, { start: 0, target: 1, direction: 'up' }],
    [
      'a milestone of five parts',
      { type: 'milestone', target: '5', unit: 'parts' },
      { start: 0, target: 5, unit: 'parts' },
    ],
    ['an unknown type is a number', { type: 'nonsense', start: '1', target: '2' }, { type: 'number' }],
    ['units lose what is around them', { unit: '  kg  CO2 ', start: '1', target: '2' }, { unit: 'kg CO2' }],
  ])('%s', (_, given, value) => {
    expect(read(given)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['target', { start: '1' }, 'Say what is to be reached, such as 12.5.'],
    ['target', { start: '1', target: 'ten' }, 'I could not read a number in this. Write it like 12.5.'],
    ['target', { start: '1', target: 'NaN' }, 'I could not read a number in this. Write it like 12.5.'],
    ['start', { start: '1e5', target: '2' }, 'I could not read a number in this. Write it like 12.5.'],
    [
      'target',
      { start: '10', target: '10.0' },
      'The target equals the start. To keep a value where it is, choose Maintain.',
    ],
    [
      'target',
      { start: '10', target: '10', direction: 'up' },
      'The target equals the start. To keep a value where it is, choose Maintain.',
    ],
    [
      'target',
      { type: 'milestone', target: '0' },
      'The target equals the start. To keep a value where it is, choose Maintain.',
    ],
    [
      'direction',
      { start: '4.2', target: '2', direction: 'up' },
      'From 4.2 to 2 is down. Pick Down, or leave it open.',
    ],
    [
      'direction',
      { start: '2', target: '4.2', direction: 'down' },
      'From 2 to 4.2 is up. Pick Up, or leave it open.',
    ],
    [
      'direction',
      { target: '2' },
      'Pick a direction: as long as the start is to be found, nothing else tells it.',
    ],
    [
      'target',
      { start: '1', target: '1000000000000001' },
      'That is a very large number. Use a larger unit, such as millions.',
    ],
    ['unit', { unit: 'x'.repeat(21), start: '1', target: '2' }, '20 characters are the most.'],
  ])('beside %s: %j', (field, given, words) => {
    expect(read(given)).toEqual({ ok: false, errors: { [field]: words } });
  });

  it('lets a baseline stand that turned out to be the target, and no other', () => {
    const present = { direction: 'up', start: 90, target: 90 } as const;
    const field = { start: '90', target: '90', direction: 'up' };
    expect(readMeasure(typed(field), '.', present)).toMatchObject({ ok: true, value: present });
    expect(readMeasure(typed({ ...field, direction: 'down' }), '.', present)).toMatchObject({ ok: false });
    expect(readMeasure(typed({ ...field, start: '80', target: '80' }), '.', present)).toMatchObject({
      ok: false,
    });
  });

  it('names every field that is wrong at once', () => {
    expect(read({ start: 'x', target: 'y' })).toMatchObject({
      errors: { start: expect.any(String), target: expect.any(String) },
    });
  });

  it('reads a comma as people mean it where they live, and says how', () => {
    expect(read({ start: '12,5', target: '1.250' }, ',')).toMatchObject({
      value: { start: 12.5, target: 1250 },
      readings: ['12,5 as 12.5', '1.250 as 1250'],
    });
    expect(read({ start: '12.5', target: '1,250' }, '.')).toMatchObject({
      value: { start: 12.5, target: 1250 },
      readings: ['1,250 as 1250'],
    });
  });

  it('of numbers that stand as the form has put them there changes none, wherever its reader lives', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(number, number, fc.constantFrom('.' as const, ',' as const), (start, target, mark) => {
        fc.pre(start !== target);
        const present = {
          direction: target > start ? ('up' as const) : ('down' as const),
          ...{ start: start + 0, target: target + 0 },
        };
        const result = readMeasure(
          typed({ start: typedNumber(present.start), target: typedNumber(present.target) }),
          mark,
          present,
        );
        expect(result).toMatchObject({ ok: true, value: present, readings: [] });
      }),
    );
  });
});
