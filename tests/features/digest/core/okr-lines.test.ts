import { expect, test } from 'vitest';
import { healthSums } from '../../../../src/features/digest/core/okr-lines.ts';

const none = { 'on-track': 0, 'at-risk': 0, 'off-track': 0, outdated: 0, unanswered: 0 };

test('health is told beside that of the last digest, also where there is none left of a kind', () => {
  expect(healthSums({ ...none, 'on-track': 3, outdated: 2 }, { ...none, 'on-track': 1, 'at-risk': 4 })).toBe(
    ':large_green_circle: 3 on track (2 more), :large_yellow_circle: 0 at risk (4 fewer), :hourglass: 2 outdated (2 more)',
  );
});

test('nobody is told that none are without a first answer', () => {
  expect(healthSums({ ...none, outdated: 28 }, { ...none, outdated: 25, unanswered: 3 })).toBe(
    ':hourglass: 28 outdated (3 more)',
  );
  expect(healthSums({ ...none, outdated: 25, unanswered: 3 }, null)).toBe(
    ':hourglass: 25 outdated, :white_circle: 3 no answer yet',
  );
});
