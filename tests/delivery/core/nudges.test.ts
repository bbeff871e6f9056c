import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { decideNudge, type Nudged } from '../../../src/delivery/core/nudges.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const on = (iso: string) => Temporal.PlainDate.from(iso);
const ana: Nudged = { zone: 'Europe/Berlin', workingDays: null, absences: [], lastNudgeAt: null };
/** Monday, nine o'clock in Berlin. */
const monday = at('2026-10-05T07:00:00Z');
const nudge = { dueAt: monday, expiresAt: null };
const noDayOff = () => null;

describe('a nudge', () => {
  it('goes out on a working day of the person', () => {
    expect(decideNudge(nudge, ana, monday, noDayOff)).toEqual({ kind: 'send' });
  });

  it('waits for Monday at the same local time when it comes due on a weekend', () => {
    const saturday = at('2026-10-10T07:00:00Z');
    expect(decideNudge({ ...nudge, dueAt: saturday }, ana, saturday, noDayOff)).toEqual({
      kind: 'move',
      to: at('2026-10-12T07:00:00Z'),
    });
  });

  it('goes by the person’s own zone and working days', () => {
    const sunday = at('2026-10-04T06:00:00Z');
    const noor = { ...ana, zone: 'Asia/Dubai', workingDays: [7, 1, 2, 3, 4] };
    expect(decideNudge({ ...nudge, dueAt: sunday }, noor, sunday, noDayOff)).toEqual({ kind: 'send' });
    expect(decideNudge({ ...nudge, dueAt: sunday }, ana, sunday, noDayOff)).toMatchObject({ kind: 'move' });
  });

  it('waits until they are back', () => {
    const away = { ...ana, absences: [{ startsOn: on('2026-10-05'), endsOn: on('2026-10-07') }] };
    expect(decideNudge(nudge, away, monday, noDayOff)).toEqual({
      kind: 'move',
      to: at('2026-10-08T07:00:00Z'),
    });
  });

  it('keeps its local time over a change of the clocks', () => {
    const friday = at('2026-10-23T07:00:00Z');
    const away = { ...ana, absences: [{ startsOn: on('2026-10-23'), endsOn: on('2026-10-23') }] };
    expect(decideNudge({ ...nudge, dueAt: friday }, away, friday, noDayOff)).toEqual({
      kind: 'move',
      to: at('2026-10-26T08:00:00Z'),
    });
  });

  it('passes over holidays', () => {
    const dayOff = (date: Temporal.PlainDate) => (date.toString() === '2026-10-05' ? 'a holiday' : null);
    expect(decideNudge(nudge, ana, monday, dayOff)).toMatchObject({ to: at('2026-10-06T07:00:00Z') });
  });

  it('is the only one of its day, in the person’s zone', () => {
    const nudged = { ...ana, lastNudgeAt: at('2026-10-04T22:30:00Z') };
    expect(decideNudge(nudge, nudged, monday, noDayOff)).toMatchObject({ to: at('2026-10-06T07:00:00Z') });
    const yesterday = { ...ana, lastNudgeAt: at('2026-10-04T21:30:00Z') };
    expect(decideNudge(nudge, yesterday, monday, noDayOff)).toEqual({ kind: 'send' });
  });

  it.each([
    ['away', { absences: [{ startsOn: on('2026-10-05'), endsOn: on('2026-10-07') }] }, 'the person was away'],
    ['reminded', { lastNudgeAt: monday }, 'the person had been reminded of something that day'],
    ['not at work', { workingDays: [2] }, 'the person did not work that day'],
  ])('that would come after its end because they are %s expires, and says why', (_, given, why) => {
    const decision = decideNudge(
      { dueAt: monday, expiresAt: at('2026-10-06T07:00:00Z') },
      { ...ana, ...given },
      monday,
      noDayOff,
    );
    expect(decision).toEqual({ kind: 'expire', reason: `${why}, and later it would have been over` });
  });
});
