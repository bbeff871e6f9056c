import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { mondayToFriday } from '../../../../src/cadence/core/working-days.ts';
import {
  type Action,
  dropRefusal,
  finishRefusal,
  reminderTimes,
} from '../../../../src/features/actions/core/action.ts';

const person = (id: number) => ({ id, slackId: `U${id}`, name: `P${id}`, timezone: 'Europe/Berlin' });
const action = (state: Action['state']): Action => ({
  id: 1,
  title: 'Launch deck',
  owner: person(2),
  by: person(1),
  rock: null,
  handoffId: null,
  dueOn: null,
  state,
});

describe('that nobody needs an action any more', () => {
  it.each<[Action['state'], number, string | undefined]>([
    ['open', 1, undefined],
    ['open', 2, undefined],
    ['open', 3, 'Only who does it, or who gave it, can say that nobody needs it any more.'],
    ['done', 2, 'That is done already.'],
    ['dropped', 1, 'Nobody needs that any more.'],
  ])('%s, says person %d: %s', (state, personId, words) => {
    expect(dropRefusal(action(state), personId)?.words).toBe(words);
  });
});

describe('that an action is done', () => {
  it.each<[Action['state'], number, string | undefined]>([
    ['open', 1, undefined],
    ['open', 2, undefined],
    ['open', 3, 'not-yours'],
    ['done', 2, 'already-done'],
    ['dropped', 1, 'dropped'],
    ['done', 3, 'not-yours'],
  ])('%s, says person %d: %s', (state, personId, code) => {
    expect(finishRefusal(action(state), personId)?.code).toBe(code);
  });
});

describe('reminders', () => {
  const works = { timezone: 'Europe/Berlin', worksOn: mondayToFriday };
  const times = (dueOn: string, at = '2026-10-05T09:00Z') => {
    const { before, after } = reminderTimes(Temporal.PlainDate.from(dueOn), Temporal.Instant.from(at), works);
    return [before?.toString() ?? null, after.toString()];
  };

  it('come at nine of the working day before, and of the one after', () => {
    expect(times('2026-10-08')).toEqual(['2026-10-07T07:00:00Z', '2026-10-09T07:00:00Z']);
    expect(times('2026-10-12')).toEqual(['2026-10-09T07:00:00Z', '2026-10-13T07:00:00Z']);
    expect(times('2026-10-16')).toEqual(['2026-10-15T07:00:00Z', '2026-10-19T07:00:00Z']);
  });

  it('do not come before for what is due at once', () => {
    expect(times('2026-10-06')).toEqual([null, '2026-10-07T07:00:00Z']);
    expect(times('2026-10-05')).toEqual([null, '2026-10-06T07:00:00Z']);
  });
});
