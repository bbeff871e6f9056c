import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { promptAt } from '../../../../src/cadence/core/asking.ts';
import {
  countForLater,
  isComplete,
  itemsToAsk,
  mostInOneModal,
  type PromptItem,
} from '../../../../src/features/check-ins/core/check-in.ts';
import { promptItem } from '../../../support/check-ins.ts';

const local = Temporal.PlainDateTime.from('2026-10-05T09:00');
const inBerlin = (at: Temporal.PlainDateTime) => at.toZonedDateTime('Europe/Berlin').toInstant();
const weekly = { local, dueAt: inBerlin(local), isAtMostDaily: true };

describe('a person is asked', () => {
  it.each([
    ['with the channel, in its own zone', 'Europe/Berlin', '2026-10-05T09:00+02:00'],
    ['at their own nine o’clock, west of it', 'America/New_York', '2026-10-05T09:00-04:00'],
    ['at their own nine o’clock, far west of it', 'Pacific/Honolulu', '2026-10-05T09:00-10:00'],
    ['not before the channel, east of it', 'Asia/Kolkata', '2026-10-05T09:00+02:00'],
    ['not before the channel, where the day began long ago', 'Pacific/Kiritimati', '2026-10-05T09:00+02:00'],
  ])('%s', (_, zone, expected) => {
    expect(promptAt(weekly, zone).toString()).toBe(Temporal.Instant.from(expected).toString());
  });

  it('at once when the rule comes more than once a day', () => {
    expect(promptAt({ ...weekly, isAtMostDaily: false }, 'America/New_York').equals(weekly.dueAt)).toBe(true);
  });

  it('after the gap when their own clock jumps over the time', () => {
    const sunday = Temporal.PlainDateTime.from('2026-03-08T02:30');
    const at = promptAt({ local: sunday, dueAt: inBerlin(sunday), isAtMostDaily: true }, 'America/New_York');
    expect(at.toString()).toBe('2026-03-08T07:30:00Z');
  });

  it('when the channel itself was asked late by a gap, not before it', () => {
    const sunday = Temporal.PlainDateTime.from('2026-03-29T02:30');
    const at = promptAt({ local: sunday, dueAt: inBerlin(sunday), isAtMostDaily: true }, 'Africa/Lagos');
    expect(at.toString()).toBe('2026-03-29T01:30:00Z');
  });

  it('never before the channel, and within a day of it', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minutes = fc.integer({ min: 0, max: 366 * 24 * 60 });
    fc.assert(
      fc.property(zone, zone, minutes, (channels, persons, minutes) => {
        const local = Temporal.PlainDateTime.from('2026-01-01T00:00').add({ minutes });
        const dueAt = local.toZonedDateTime(channels).toInstant();
        const at = promptAt({ local, dueAt, isAtMostDaily: true }, persons);
        expect(Temporal.Instant.compare(at, dueAt)).toBeGreaterThanOrEqual(0);
        expect(dueAt.until(at).total('hours')).toBeLessThanOrEqual(26);
      }),
    );
  });
});

describe('one modal', () => {
  it('asks what is not answered yet', () => {
    const items = [item(1, true), item(2), item(3, true), item(4)];
    expect(itemsToAsk(items).map(idOf)).toEqual([2, 4]);
  });

  it('asks everything again for a change when all is answered', () => {
    expect(itemsToAsk([item(1, true), item(2, true)]).map(idOf)).toEqual([1, 2]);
  });

  it('goes on with a change behind what the last step asked, to the end', () => {
    const items = Array.from({ length: 23 }, (_, index) => item(index, true));
    const steps = [null, 9, 19, 22].map((behind) => itemsToAsk(items, behind).map(idOf));
    expect(steps.map((step) => step.length)).toEqual([10, 10, 3, 0]);
    expect(steps.flat()).toEqual(items.map(idOf));
    expect([null, 9, 19].map((behind) => countForLater(items, behind))).toEqual([13, 3, 0]);
  });

  it('asks what is open first, whatever was asked before', () => {
    expect(itemsToAsk([item(1), item(2, true)], 2).map(idOf)).toEqual([1]);
  });

  it('asks ten at most, and the rest when these are sent', () => {
    const items = Array.from({ length: 23 }, (_, index) => item(index));
    const asked: number[] = [];
    for (let modal = 0; modal < 3; modal += 1) {
      const now = itemsToAsk(items).map(idOf);
      asked.push(now.length);
      for (const id of now) items[id] = item(id, true);
    }
    expect(mostInOneModal).toBe(10);
    expect(asked).toEqual([10, 10, 3]);
    expect(isComplete(items)).toBe(true);
  });

  it('is complete when every item has an answer, and not before', () => {
    expect(isComplete([item(1, true), item(2)])).toBe(false);
    expect(isComplete([item(1, true), item(2, true)])).toBe(true);
  });
});

const idOf = ({ keyResult }: PromptItem) => keyResult.id;

function item(id: number, isAnswered = false): PromptItem {
  const answer = { value: 3, confidence: 7, words: null, health: null };
  return promptItem(id, { answer: isAnswered ? answer : null });
}
