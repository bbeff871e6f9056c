import type { GatheredLine, Line, LineSource } from '../../../src/features/reviews/core/line.ts';
import type { Review } from '../../../src/features/reviews/core/review.ts';
import { instant } from '../../support/builders.ts';

/** Values of reviews to test words and blocks with. */

export const ana = { slackId: 'U0ANA', name: 'Ana' };
export const ben = { slackId: 'U0BEN', name: 'Ben' };

export function aReview(given: Partial<Review> = {}): Review {
  return {
    occurrenceId: 7,
    cadenceId: 1,
    ritual: 'roadmap-review',
    name: 'Roadmap review',
    occurrenceName: '2026-11-26T10:00',
    channel: { id: 1, slackId: 'C0PRODUCT', name: 'product' },
    leftOut: 0,
    endedAt: null,
    endedBy: null,
    minutes: null,
    ...given,
  };
}

export const closed = { endedAt: instant('2026-11-26T11:00:00Z'), endedBy: ana };

export function aLine(position: number, given: Partial<Line> = {}): Line {
  return {
    id: position,
    position,
    page: Math.ceil(position / 10),
    source: 'changed-items',
    subject: { kind: 'item', id: position },
    title: `Item ${position}`,
    facts: 'new in now',
    fromLineId: null,
    deferredBy: null,
    decisions: [],
    actions: [],
    ...given,
  };
}

export const aDecision = (number: number, outcome = `Outcome ${number}`) => ({
  id: number,
  number,
  outcome,
  approver: ana,
});
export const anAction = (id: number, title = `Action ${id}`) => ({
  id,
  title,
  owner: ben,
  dueOn: '2026-12-01',
  state: 'open' as const,
});

export function gathered(source: LineSource, title: string, given: Partial<GatheredLine> = {}): GatheredLine {
  return { source, subject: null, title, facts: '', fromLineId: null, owedBy: [], ...given };
}
