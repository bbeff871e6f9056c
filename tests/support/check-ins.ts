import { Temporal } from 'temporal-polyfill';
import type { GivenFor, Prompt, PromptItem } from '../../src/features/check-ins/core/check-in.ts';
import type { Owed } from '../../src/features/okrs/core/owed.ts';

/** A key result that goes down from 4.2 % to 2 % in the last quarter of 2026, owned by Ana, and committed. */
export function owed(change: Partial<Owed> = {}): Owed {
  const { id = 1 } = change;
  return {
    id,
    key: `kr-${id}`,
    title: `Rate ${id}`,
    objective: 'Checkout that just works',
    unit: '%',
    type: 'number',
    start: 4.2,
    direction: 'down',
    target: 2,
    current: 3.1,
    owner: { id: 1, slackId: 'U1', name: 'Ana' },
    backupId: null,
    commitment: 'committed',
    objectiveId: 1,
    teamId: 1,
    reviewerId: null,
    state: 'active',
    cycleKey: '2026-Q4',
    cycleState: 'active',
    startsOn: Temporal.PlainDate.from('2026-10-01'),
    endsOn: Temporal.PlainDate.from('2026-12-31'),
    dueOn: null,
    firstDueOn: null,
    slips: 0,
    confidence: null,
    healthOverruled: null,
    healthWords: null,
    isOutdated: false,
    ...change,
  };
}

/** What Ana is asked of such a key result, and has not answered. */
export function promptItem(id: number, change: Partial<PromptItem> = {}): PromptItem {
  return {
    keyResult: owed({ id }),
    why: { as: 'owner' },
    answer: null,
    previous: null,
    earlier: [],
    line: null,
    suggestion: null,
    ...change,
  };
}

/** What Ana is asked on Monday, 5 October 2026. */
export function prompt(items: PromptItem[], change: Partial<Prompt> = {}): Prompt {
  return {
    occurrenceId: 3,
    occurrenceName: '2026-10-05',
    standing: 'open',
    person: { id: 1, slackId: 'U1', name: 'Ana' },
    snoozedUntil: null,
    isAway: false,
    items,
    ...change,
  };
}

/** An answer that says nothing but the numbers. */
export function given(keyResultId: number, change: Partial<GivenFor> = {}): GivenFor {
  return {
    keyResultId,
    value: 7,
    confidence: 8,
    words: null,
    health: null,
    doubtWords: null,
    dueOn: null,
    ...change,
  };
}
