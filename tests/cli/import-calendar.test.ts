import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readDaysOff } from '../../src/cadence/days-off.ts';
import { eventTypes } from './cairn.ts';
import { company, importing } from './company.ts';

const { db, importOk } = importing();

const workspace_id = 'T0CAIRN';
const head = 'version: 1\n';
const cadence = (fields: string, key = 'weekly') =>
  `  - { key: ${key}, ritual: okr-check-in, channel: "#checkout", timezone: UTC, ${fields} }\n`;

async function onlyCadence() {
  return await db().selectFrom('cadences').selectAll().executeTakeFirstOrThrow();
}

describe('the days off of a company', () => {
  const calendar = `${head}calendar:
  country: DE
  state: BE
  company_days: [{ date: 2026-12-24, name: Christmas Eve }, { date: 2026-12-25, name: Closed }]
`;
  const nameOf = async (date: string) =>
    (await readDaysOff(db(), workspace_id))(Temporal.PlainDate.from(date));

  test('are the public holidays of its place, and its own days, by the names that it gives them', async () => {
    expect(await importOk(calendar)).toContain('calendar: 1 added, 0 changed, 0 unchanged');
    expect(await nameOf('2027-03-08')).toBe("International Women's Day");
    expect(await nameOf('2026-12-24')).toBe('Christmas Eve');
    expect(await nameOf('2026-12-25')).toBe('Closed');
    expect(await nameOf('2026-12-26')).toBe('Boxing Day');
    expect(await nameOf('2026-12-28')).toBeNull();
  });

  test('are the same from the same file, with no event', async () => {
    await importOk(calendar);
    const { types, last } = await eventTypes(db());
    expect(types).toEqual(['calendar.created']);
    expect(await importOk(calendar)).toContain('calendar: 0 added, 0 changed, 1 unchanged');
    expect((await eventTypes(db(), last)).types).toEqual([]);
  });

  test('change with the file, and the event has just what differs', async () => {
    await importOk(calendar);
    const { last } = await eventTypes(db());
    await importOk(calendar.replace('state: BE', 'state: BY'));
    const events = await db()
      .selectFrom('events')
      .select(['type', 'before', 'after'])
      .where('id', '>', last)
      .execute();
    expect(events).toEqual([{ type: 'calendar.changed', before: { state: 'BE' }, after: { state: 'BY' } }]);
    expect(await nameOf('2027-03-08')).toBeNull();
  });

  test('stay where the file says nothing of them', async () => {
    await importOk(calendar);
    await importOk(`${head}calendar: { country: DE, state: BE }\n`);
    expect(await nameOf('2026-12-24')).toBe('Christmas Eve');
    await importOk(`${head}calendar: { company_days: [] }\n`);
    expect(await nameOf('2026-12-24')).toBeNull();
    expect(await nameOf('2026-12-26')).toBe('Boxing Day');
    await importOk(head);
    expect(await nameOf('2026-12-26')).toBe('Boxing Day');
  });

  test('move the next time of cadences that mind them, and of no other', async () => {
    const text = `${head}cadences:\n${cadence('schedule: "0 9 4 1 *", starts: 2100-01-01, on_holiday: next')}${cadence('schedule: "0 8 4 1 *", starts: 2100-01-01', 'held')}`;
    await importOk(text);
    const due = async () =>
      (await db().selectFrom('cadences').select('next_due_at').orderBy('key').execute()).map((row) =>
        row.next_due_at?.toString(),
      );
    expect(await due()).toEqual(['2100-01-04T08:00:00Z', '2100-01-04T09:00:00Z']);
    await importOk(`${head}calendar: { company_days: [{ date: 2100-01-04, name: Off }] }\n`);
    expect(await due()).toEqual(['2100-01-04T08:00:00Z', '2100-01-05T09:00:00Z']);
  });
});

describe("a person's working days and time away", () => {
  const people = `${head}people:
  ana:
    email: ana@acme.example
    working_days: [THU, MON, TUE, WED]
    away: [{ from: 2026-12-24, until: 2027-01-02 }, { from: 2026-11-27, until: 2026-11-27 }]
`;
  const rows = async () => ({
    days: (await db().selectFrom('people').select('working_days').executeTakeFirstOrThrow()).working_days,
    away: (
      await db().selectFrom('absences').select(['starts_on', 'ends_on']).orderBy('starts_on').execute()
    ).map((row) => `${row.starts_on} to ${row.ends_on}`),
  });

  test('are kept, and the same file changes nothing', async () => {
    await importOk(people);
    const expected = { days: [1, 2, 3, 4], away: ['2026-11-27 to 2026-11-27', '2026-12-24 to 2027-01-02'] };
    expect(await rows()).toEqual(expected);
    const { last } = await eventTypes(db());
    expect((await importOk(people))[0]).toBe('people: 0 added, 0 changed, 1 unchanged');
    expect((await eventTypes(db(), last)).types).toEqual([]);
    expect(await rows()).toEqual(expected);
  });

  test('change with the file, and stay where it says nothing', async () => {
    await importOk(people);
    const { last } = await eventTypes(db());
    await importOk(
      people
        .replace('until: 2027-01-02', 'until: 2027-01-03')
        .replace('[THU, MON, TUE, WED]', '[MON, TUE, WED, THU, FRI]'),
    );
    expect(await rows()).toEqual({
      days: null,
      away: ['2026-11-27 to 2026-11-27', '2026-12-24 to 2027-01-03'],
    });
    expect((await eventTypes(db(), last)).types).toEqual(['person.changed']);
    await importOk(`${head}people:\n  ana: { email: ana@acme.example }\n`);
    expect((await rows()).away).toHaveLength(2);
    await importOk(`${head}people:\n  ana: { email: ana@acme.example, away: [] }\n`);
    expect((await rows()).away).toEqual([]);
  });
});

describe('a cadence of a file', () => {
  test('keeps its schedule as it was written, its first day and what becomes of holidays', async () => {
    await importOk(
      `${head}cadences:\n${cadence('schedule: every other Tuesday at 10, starts: 2100-01-14, on_holiday: previous')}`,
    );
    const row = await onlyCadence();
    expect(row).toMatchObject({
      schedule: 'every other Tuesday at 10',
      period: 'week',
      on_holiday: 'previous',
      state: 'active',
      tz_version: process.versions['tz'],
    });
    expect(row.starts_on?.toString()).toBe('2100-01-14');
    expect(row.next_due_at?.toString()).toBe('2100-01-26T10:00:00Z');
  });

  test('comes at another time when its first day changes', async () => {
    const text = `${head}cadences:\n${cadence('schedule: every Monday, starts: 2100-01-01')}`;
    await importOk(text);
    await importOk(text.replace('2100-01-01', '2100-02-01'));
    expect((await onlyCadence()).next_due_at?.toString()).toBe('2100-02-01T09:00:00Z');
  });

  test('in a cycle is let in as long as it comes in it, and again when the cycle is over', async () => {
    const text = `${head}cycles: [{ key: far, starts: 2100-01-01, ends: 2100-01-10 }]\ncadences:\n${cadence('schedule: every Monday, starts: 2100-01-01, cycle: far')}`;
    await importOk(text);
    await db().updateTable('cycles').set({ starts_on: '2001-01-01', ends_on: '2001-02-01' }).execute();
    await importOk(text.replace('cycles: [{ key: far, starts: 2100-01-01, ends: 2100-01-10 }]\n', ''));
  });
});

describe('a cadence in a channel that Cairn is not in', () => {
  const told =
    'weekly is paused: Cairn is not in #checkout. Invite it there (/invite @Cairn) and import the file again.';
  const know = async (hasCairn: boolean) => {
    await db()
      .insertInto('channels')
      .values({ workspace_id, name: 'checkout', slack_id: 'C1', has_cairn: hasCairn })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'slack_id']).doUpdateSet({ has_cairn: hasCairn }),
      )
      .execute();
  };

  test('is kept paused, and the import says so, each time', async () => {
    await importOk(head);
    await know(false);
    for (const options of [[], [], ['--overwrite']]) {
      const out = await importOk(company, options);
      expect(out).toContain(told);
      const row = await onlyCadence();
      expect(row).toMatchObject({ state: 'paused', pause_reason: 'Cairn is not in #checkout' });
      expect(row.paused_at).not.toBeNull();
    }
    expect(await importOk(company)).toContain('cadences: 0 added, 0 changed, 1 unchanged');
  });

  test('goes on when it is imported again after Cairn was invited', async () => {
    await importOk(head);
    await know(false);
    await importOk(company);
    await know(true);
    const { last } = await eventTypes(db());
    const out = await importOk(company);
    expect(out).toContain('cadences: 0 added, 1 changed, 0 unchanged');
    expect(out).not.toContain(told);
    expect(await onlyCadence()).toMatchObject({ state: 'active', pause_reason: null, paused_at: null });
    expect((await eventTypes(db(), last)).types).toEqual(['cadence.changed']);
  });

  test('stays paused when somebody paused it, whatever the file says', async () => {
    await importOk(company);
    await know(true);
    await db().updateTable('cadences').set({ state: 'paused', pause_reason: 'Summer' }).execute();
    await importOk(company);
    expect(await onlyCadence()).toMatchObject({ state: 'paused', pause_reason: 'Summer' });
  });

  test('stays as the file says while Slack has not told of the channel', async () => {
    const out = await importOk(company);
    expect(out).not.toContain(told);
    expect((await onlyCadence()).state).toBe('active');
  });
});

test('two cadences for one ritual and channel are imported, with a word about it', async () => {
  const text = `${head}cadences:\n${cadence('schedule: every Monday', 'a')}${cadence('schedule: every Friday', 'b')}`;
  for (const options of [['--dry-run'], [], []]) {
    expect((await importOk(text, options)).at(-2)).toBe(
      'a and b hold the same ritual, okr-check-in, in #checkout: people there are asked by each of them.',
    );
  }
});
