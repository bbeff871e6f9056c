import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { mondayToFriday } from '../../../../src/cadence/core/working-days.ts';
import type { Standing, Wait } from '../../../../src/features/research/core/account.ts';
import {
  inTurn,
  toldAt,
  turnEnds,
  turnIn,
  whoIsNext,
  whyNotNow,
} from '../../../../src/features/research/core/queue.ts';
import { instant } from '../../../support/builders.ts';

function wait(id: number, given: Partial<Wait> = {}): Wait {
  return {
    id,
    person: { id: id * 10, slackId: `U${id}`, name: `P${id}` },
    topic: 'Pricing',
    state: 'waiting',
    since: instant('2026-11-10T09:00:00Z').add({ hours: id }),
    nextSince: null,
    until: null,
    isTaken: false,
    ...given,
  };
}
function standing(waits: Wait[], last: string | null = null): Standing {
  return {
    account: { id: 1, key: 'acme', name: 'Acme', coolDown: 'P30D' },
    last:
      last === null
        ? null
        : { on: Temporal.PlainDate.from(last), by: { id: 9, slackId: 'U9', name: 'Ana' }, topic: 'Pricing' },
    waits,
    today: Temporal.PlainDate.from('2026-11-16'),
  };
}
const anyWait = fc
  .record({ hours: fc.integer({ min: 0, max: 5 }), isNext: fc.boolean() })
  .map(({ hours, isNext }) => ({ hours, isNext }));
const anyWaits = fc.array(anyWait, { maxLength: 6 }).map((all) =>
  all.map(({ hours, isNext }, index) =>
    wait(index + 1, {
      since: instant('2026-11-10T09:00:00Z').add({ hours }),
      state: isNext && all.findIndex((it) => it.isNext) === index ? 'next' : 'waiting',
    }),
  ),
);

describe('the queue for an account', () => {
  it('is in the order in which people asked, behind whoever has the turn', () => {
    const [ana, ben, chi] = [wait(1), wait(2), wait(3, { state: 'next' })];
    expect(inTurn([ben, chi, ana])).toEqual([chi, ana, ben]);
  });

  it('gives the turn to the first, as soon as the account is rested', () => {
    const waits = [wait(2), wait(1)];
    expect(whoIsNext(standing(waits, '2026-10-17'))?.id).toBe(1);
    expect(whoIsNext(standing(waits, '2026-10-18'))).toBeUndefined();
    expect(whoIsNext(standing(waits))?.id).toBe(1);
  });

  it('gives the turn to nobody while somebody has it', () => {
    expect(whoIsNext(standing([wait(1), wait(2, { state: 'next' })]))).toBeUndefined();
  });

  it('lets whoever has the turn, whoever is first, and, where nobody waits, anybody contact a rested account', () => {
    expect(whyNotNow(standing([]), 10)).toBeNull();
    expect(whyNotNow(standing([], '2026-11-03'), 10)).toBe('rests');
    expect(whyNotNow(standing([wait(1), wait(2)]), 10)).toBeNull();
    expect(whyNotNow(standing([wait(1), wait(2)]), 20)).toBe('queue');
    expect(whyNotNow(standing([wait(1), wait(2, { state: 'next' })]), 20)).toBeNull();
    expect(whyNotNow(standing([wait(1), wait(2, { state: 'next' })]), 10)).toBe('taken');
  });

  it('never has two whose turn it is, and never leaves a rested account to nobody who waits', () => {
    fc.assert(
      fc.property(anyWaits, fc.integer({ min: 0, max: 60 }), (waits, days) => {
        const last = Temporal.PlainDate.from('2026-11-16').subtract({ days }).toString();
        const now = standing(waits, last);
        const next = whoIsNext(now);
        if (turnIn(waits) !== undefined || days < 30 || waits.length === 0) expect(next).toBeUndefined();
        else {
          expect(next?.id).toBe(inTurn(waits)[0]?.id);
          expect(whyNotNow(now, next?.person.id ?? 0)).toBeNull();
        }
        const able = [...waits.map(({ person }) => person.id), 999].filter(
          (id) => whyNotNow(now, id) === null,
        );
        expect(able.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is in the same order however its waits are read', () => {
    fc.assert(
      fc.property(anyWaits, (waits) => {
        expect(inTurn([...waits].reverse())).toEqual(inTurn(waits));
      }),
    );
  });
});

describe('a turn', () => {
  it('lasts five working days of whoever has it', () => {
    const at = instant('2026-11-18T09:00:00Z');
    expect(turnEnds(at, 'UTC', mondayToFriday).toString()).toBe('2026-11-25T09:00:00Z');
    const offOnMonday = (date: Temporal.PlainDate) => mondayToFriday(date) && date.dayOfWeek !== 1;
    expect(turnEnds(at, 'UTC', offOnMonday).toString()).toBe('2026-11-26T09:00:00Z');
  });

  it('keeps its time of the day over a change of the clock', () => {
    const end = turnEnds(instant('2026-10-22T07:00:00Z'), 'Europe/Berlin', mondayToFriday);
    expect(end.toString()).toBe('2026-10-29T08:00:00Z');
  });

  it('ends after thirty days for whoever is away for long', () => {
    const end = turnEnds(instant('2026-11-01T09:00:00Z'), 'UTC', () => false);
    expect(end.toString()).toBe('2026-12-01T09:00:00Z');
  });

  it('is told at nine where they live, or at once later in the day', () => {
    const at = instant('2026-11-18T00:00:00Z');
    expect(toldAt(at, 'UTC').toString()).toBe('2026-11-18T09:00:00Z');
    expect(toldAt(at, 'America/New_York').toString()).toBe('2026-11-18T00:00:00Z');
  });
});
