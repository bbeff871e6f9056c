import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Decision } from '../../../src/features/decisions/core/decision.ts';
import { askedBlocks } from '../../../src/features/decisions/news-blocks.ts';

const today = Temporal.PlainDate.from('2026-11-26');
const party = (id: number) => ({
  ...{ id, slackId: `U${id}`, name: `P${id}`, kind: 'member' as const, isDeactivated: false },
  timezone: 'UTC',
});
const decision = (driver: number): Decision => ({
  ...{ id: 1, number: 12, question: 'Do we keep it?', options: [], dueOn: null, state: 'open' },
  ...{ driver: party(driver), approver: party(2), contributors: [], informed: [], viewers: [], about: [] },
  ...{ team: null, outcome: null, why: null, lookAgainOn: null, visibility: 'workspace', supersededBy: null },
  ...{
    supersedes: [],
    sourceUrl: null,
    createdBy: party(1),
    createdAt: Temporal.Instant.from('2026-11-01T09:00:00Z'),
  },
  ...{ decidedAt: null, decidedBy: null },
});

test('whoever is asked for their view is told who drives it, unless that is who asks', () => {
  const asked = (driver: number) => askedBlocks(decision(driver), 'contributor', today).text.split('\n')[0];
  expect(asked(3)).toBe('<@U1> would like to hear what you think. <@U3> drives it.');
  expect(asked(1)).toBe('<@U1> would like to hear what you think.');
});
