import { expect, test } from 'vitest';
import { loadSums } from '../../../../src/features/digest/core/standing-lines.ts';

const team = (id: number, over: number) => ({ id, name: `Team ${id}`, people: 6, over });

test('how many teams have somebody over their limit reads well for one team, and for several', () => {
  expect(loadSums([team(1, 0)])).toBeUndefined();
  expect(loadSums([team(1, 2)])).toBe('The one team of five or more has somebody over their limit.');
  expect(loadSums([team(1, 2), team(2, 0)])).toBe(
    '1 of 2 teams of five or more has somebody over their limit.',
  );
});
