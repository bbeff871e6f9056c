import { Temporal } from 'temporal-polyfill';
import type { Decision } from '../../../src/features/decisions/core/decision.ts';
import { instant } from '../../support/builders.ts';

export const today = Temporal.PlainDate.from('2026-11-05');
const person = (id: number, name: string) => ({ id, slackId: `U0${name.toUpperCase()}`, name });
export const ana = person(1, 'Ana');
export const chi = person(3, 'Chi');

/** An open decision that Ana drives and Chi approves. */
export function aDecision(given: Partial<Decision> = {}): Decision {
  return {
    id: 12,
    number: 4,
    question: 'Do we keep the old checkout?',
    options: [],
    driver: { ...ana, timezone: 'Europe/Berlin' },
    approver: chi,
    contributors: [],
    informed: [],
    viewers: [],
    dueOn: null,
    state: 'open',
    outcome: null,
    why: null,
    lookAgainOn: null,
    about: [],
    team: null,
    visibility: 'workspace',
    supersededBy: null,
    supersedes: [],
    sourceUrl: null,
    createdBy: ana,
    createdAt: instant('2026-11-01T09:00:00Z'),
    decidedAt: null,
    decidedBy: null,
    ...given,
  };
}

/** The same, made on 3 November. */
export function aMadeOne(given: Partial<Decision> = {}): Decision {
  return aDecision({
    state: 'decided',
    outcome: 'We keep it until March.',
    why: 'Two banks need it.',
    decidedAt: instant('2026-11-03T09:00:00Z'),
    decidedBy: ana,
    ...given,
  });
}

/** With the longest of everything that people can write. */
export function theLongest(text: (length: number) => string, given: Partial<Decision> = {}): Decision {
  const people = Array.from({ length: 20 }, (_, id) => ({ id, slackId: null, name: text(80) }));
  return aMadeOne({
    question: text(300),
    options: Array.from({ length: 10 }, () => text(200)),
    outcome: text(1_000),
    why: text(2_000),
    lookAgainOn: today.add({ days: 30 }),
    contributors: people,
    informed: people,
    about: (['rock', 'objective', 'item'] as const).map((kind, id) => ({
      kind,
      id,
      key: 'k',
      name: text(200),
    })),
    supersedes: [1, 2, 3],
    sourceUrl: `https://test.example/${'x'.repeat(400)}`,
    ...given,
  });
}
