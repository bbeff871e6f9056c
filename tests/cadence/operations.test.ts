import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pauseCadence, resumeCadence, runCadence, skipNext } from '../../src/cadence/change-operations.ts';
import {
  findCadence,
  listCadences,
  listHistory,
  listPaused,
  readCadence,
} from '../../src/cadence/operations.ts';
import type { Opened, Ritual } from '../../src/cadence/ritual.ts';
import { insertCadence, insertCycle, listEvents, setClock } from '../support/builders.ts';
import { type Company, friday, newKey, nextDueOf, occurrencesOf, startCompany } from './company.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(async () => company.close());

/** A weekly one of Ana's in #checkout, Mondays at nine in Berlin. */
async function weekly(
  given: Partial<Parameters<typeof insertCadence>[2]> = {},
): Promise<{ id: number; key: string }> {
  const key = newKey();
  const id = await insertCadence(company.db, company.workspaceId, {
    key,
    channelId: company.checkout.id,
    nextDueAt: '2026-11-23T08:00:00Z',
    timezone: 'Europe/Berlin',
    ...given,
  });
  await company.db.updateTable('cadences').set({ created_by: company.ana.id }).where('id', '=', id).execute();
  return { id, key };
}

const turn = async (iso: string) => await setClock(company.db, company.workspaceId, iso);
const pause = async (id: number, actor = company.ana) =>
  await pauseCadence(company.db, company.workspaceId, actor, id);
const resume = async (id: number, actor = company.ana) =>
  await resumeCadence(company.db, company.workspaceId, actor, id);
const skip = async (id: number, expected: string | null = null, actor = company.ana) =>
  await skipNext(company.db, company.workspaceId, actor, id, expected);
const read = async (id: number) => {
  const card = await readCadence(company.db, company.workspaceId, id);
  if (!card.ok) throw new Error(card.words);
  return card.value;
};
const timesOf = async (id: number) =>
  (await read(id)).times.map(({ slot, skip }) => (skip === null ? slot.name : `${slot.name}: ${skip}`));
const newestEvent = async () => (await listEvents(company.db, company.workspaceId)).at(-1);

describe('looking', () => {
  it('shows a cadence in words, with its next five times', async () => {
    const { id } = await weekly();
    expect((await read(id)).words).toBe('every Monday at 9:00');
    expect(await timesOf(id)).toEqual(['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21']);
  });

  it('shows no time past the end of its cycle', async () => {
    await insertCycle(company.db, company.workspaceId, {
      key: 'short',
      starts: '2026-11-01',
      ends: '2026-11-30',
    });
    const { id } = await weekly({ cycle: 'short' });
    expect(await timesOf(id)).toEqual(['2026-11-23', '2026-11-30']);
  });

  it('says of a company day that nothing is held', async () => {
    const { id } = await weekly();
    await company.db.updateTable('cadences').set({ on_holiday: 'skip' }).where('id', '=', id).execute();
    const day = { workspace_id: company.workspaceId, day: '2026-11-30', name: 'Company day' };
    await company.db.insertInto('company_days').values(day).execute();
    expect((await timesOf(id)).slice(0, 3)).toEqual(['2026-11-23', '2026-11-30: Company day', '2026-12-07']);
  });

  it('finds one by its key, however it is typed, and else names the nearest', async () => {
    const { id, key } = await weekly({ key: 'weekly-okr' });
    const find = async (typed: string) => await findCadence(company.db, company.workspaceId, typed);
    expect(key).toMatch(/^cadence-/);
    expect(await find('weekly-okr')).toEqual({ ok: true, value: id });
    expect(await find('Weekly OKR')).toEqual({ ok: true, value: id });
    expect(await find('weekly-ork')).toMatchObject({
      words:
        "I don't know a cadence called “weekly-ork”. Did you mean `weekly-okr`? `/cadence list` shows them all.",
    });
    expect(await find('*teleport*')).toMatchObject({
      words: "I don't know a cadence called “∗teleport∗”. `/cadence list` shows them all.",
    });
  });
});

describe('a list', () => {
  let own: Company;
  beforeAll(async () => {
    own = await startCompany();
    const insert = async (key: string, given: object) =>
      await insertCadence(own.db, own.workspaceId, {
        key,
        channelId: own.checkout.id,
        nextDueAt: null,
        timezone: 'Europe/Berlin',
        ...given,
      });
    await insert('later', { nextDueAt: '2026-11-25T08:00:00Z', schedule: 'every Wednesday at 9:00' });
    await insert('paused', { state: 'paused', nextDueAt: '2026-11-21T08:00:00Z' });
    await insert('sooner', { nextDueAt: '2026-11-23T08:00:00Z' });
  });
  afterAll(async () => own.close());

  it('has what comes next first, and paused ones last', async () => {
    const { cadences, total } = await listCadences(own.db, own.workspaceId);
    expect(total).toBe(3);
    expect(cadences.map(({ cadence, words, next }) => [cadence.key, words, next?.toString()])).toEqual([
      ['sooner', 'every Monday at 9:00', '2026-11-23T08:00:00Z'],
      ['later', 'every Wednesday at 9:00', '2026-11-25T08:00:00Z'],
      ['paused', 'every Monday at 9:00', undefined],
    ]);
    expect(await listPaused(own.db, own.workspaceId)).toMatchObject([{ key: 'paused', reason: null }]);
  });

  it('is empty where nothing is on the calendar', async () => {
    expect(await listCadences(own.db, 'T0NONE').catch(() => 'no workspace')).toBe('no workspace');
    await own.db.deleteFrom('cadences').execute();
    expect(await listCadences(own.db, own.workspaceId)).toMatchObject({ total: 0, cadences: [] });
  });
});

describe('a pause', () => {
  it('keeps since when and by whom, as an event, and is one however often it is pressed', async () => {
    const { id } = await weekly();
    expect(await pause(id)).toEqual({ ok: true, value: null });
    expect((await read(id)).cadence).toMatchObject({ state: 'paused', pauseReason: 'paused by Ana' });
    expect(await newestEvent()).toMatchObject({
      type: 'cadence.paused',
      actorId: company.ana.id,
      subjectId: id,
    });
    expect(await pause(id)).toMatchObject({ ok: false, code: 'already-paused' });
  });

  it('records what it let go by as one skipped occurrence, and goes on from now', async () => {
    const { id } = await weekly({ nextDueAt: '2026-11-09T08:00:00Z' });
    await turn('2026-11-03T15:00:00+01:00');
    await pause(id);
    await turn('2026-11-17T11:00:00+01:00');
    expect(await resume(id)).toEqual({ ok: true, value: null });
    expect(await occurrencesOf(company, id)).toEqual([
      {
        name: '2026-11-09',
        state: 'skipped',
        reason: 'paused by Ana from 3 to 17 November',
        covers: '["2026-11-09 00:00:00","2026-11-23 00:00:00")',
        by: company.ana.id,
      },
    ]);
    expect(await nextDueOf(company, id)).toBe('2026-11-23T08:00:00Z');
    expect((await read(id)).cadence).toMatchObject({ state: 'active', pauseReason: null, pausedAt: null });
    expect(await newestEvent()).toMatchObject({
      type: 'cadence.resumed',
      before: { reason: 'paused by Ana' },
    });
    expect(await resume(id)).toMatchObject({ ok: false, code: 'already-active' });
    await turn(friday);
  });

  it('that lets nothing go by records nothing', async () => {
    const { id } = await weekly();
    await pause(id);
    await resume(id);
    expect(await occurrencesOf(company, id)).toEqual([]);
    expect(await nextDueOf(company, id)).toBe('2026-11-23T08:00:00Z');
  });

  it('is recorded around what was skipped in it already', async () => {
    const { id } = await weekly({ nextDueAt: '2026-11-23T08:00:00Z' });
    await skip(id);
    await skip(id);
    await pause(id);
    await turn('2026-12-08T11:00:00+01:00');
    await resume(id);
    expect((await occurrencesOf(company, id)).map(({ name, reason }) => [name, reason])).toEqual([
      ['2026-11-23', 'skipped by Ana'],
      ['2026-11-30', 'skipped by Ana'],
      ['2026-12-07', 'paused by Ana from 20 November to 8 December'],
    ]);
    await turn(friday);
  });

  it('says why where Cairn paused it by itself', async () => {
    const { id } = await weekly({ nextDueAt: '2026-11-16T08:00:00Z' });
    await company.db
      .updateTable('cadences')
      .set({ state: 'paused', pause_reason: 'its channel is archived', paused_at: '2026-11-13T08:00:00Z' })
      .where('id', '=', id)
      .execute();
    await resume(id);
    const [skipped] = await occurrencesOf(company, id);
    expect(skipped?.reason).toBe('paused from 13 to 20 November: its channel is archived');
  });

  it('goes on while its channel is archived or Cairn is not in it', async () => {
    const archived = await company.channel('archive');
    const { id, key } = await weekly({ channelId: archived.id });
    await pause(id);
    const set = async (change: object) =>
      await company.db.updateTable('channels').set(change).where('id', '=', archived.id).execute();
    await set({ archived_at: friday });
    expect(await resume(id)).toMatchObject({
      words: `<#${archived.slackId}> is archived. Bring it back first, or choose another channel with \`/cadence edit ${key}\`.`,
    });
    await set({ archived_at: null, has_cairn: false });
    expect(await resume(id)).toMatchObject({
      words: `I am not in <#${archived.slackId}>. Invite me there with \`/invite @Cairn\`, then try again.`,
    });
    await set({ has_cairn: true, lost_reason: 'not_in_channel' });
    expect(await resume(id)).toMatchObject({ ok: true });
    const { lost_reason } = await company.db
      .selectFrom('channels')
      .select('lost_reason')
      .where('id', '=', archived.id)
      .executeTakeFirstOrThrow();
    expect(lost_reason).toBeNull();
  });

  it('or an end lasts while the cycle is over', async () => {
    await insertCycle(company.db, company.workspaceId, {
      key: '2026-Q3',
      starts: '2026-07-01',
      ends: '2026-09-30',
    });
    const { id, key } = await weekly({ cycle: '2026-Q3', state: 'ended', nextDueAt: null });
    expect(await pause(id)).toMatchObject({ words: 'It has ended, so there is nothing to pause.' });
    expect(await resume(id)).toMatchObject({
      words: `Its cycle 2026-Q3 is over. Choose one that goes on with \`/cadence edit ${key}\`, then resume it.`,
    });
    await company.db.updateTable('cadences').set({ cycle: 'current' }).where('id', '=', id).execute();
    expect(await resume(id)).toMatchObject({ ok: true });
    expect(await nextDueOf(company, id)).toBe('2026-11-23T08:00:00Z');
  });
});

describe('a skip', () => {
  it('knows that a week of the quarter was had, also when that is long over', async () => {
    await turn('2026-10-01T12:00:00+02:00');
    const { id } = await weekly({ nextDueAt: '2026-10-05T07:00:00Z' });
    await skip(id);
    await company.db
      .updateTable('cadences')
      .set({ schedule: 'last Thursday of the quarter at 15:00', period: 'quarter' })
      .where('id', '=', id)
      .execute();
    await turn(friday);
    expect((await timesOf(id))[0]).toMatch(/^2026-12-31: skipped by Ana/);
    expect(await skip(id)).toMatchObject({ ok: true, value: { name: '2027-03-25' } });
  });

  it('lets the next one go by, and the one after when it is done twice', async () => {
    const { id } = await weekly();
    expect(await skip(id)).toMatchObject({ ok: true, value: { name: '2026-11-23' } });
    expect(await nextDueOf(company, id)).toBe('2026-11-30T08:00:00Z');
    expect(await newestEvent()).toMatchObject({ type: 'cadence.skipped', after: { name: '2026-11-23' } });
    expect(await skip(id)).toMatchObject({ ok: true, value: { name: '2026-11-30' } });
    expect(await occurrencesOf(company, id)).toMatchObject([
      { name: '2026-11-23', state: 'skipped', reason: 'skipped by Ana', by: company.ana.id },
      { name: '2026-11-30', state: 'skipped', reason: 'skipped by Ana' },
    ]);
    expect((await timesOf(id)).slice(0, 3)).toEqual([
      '2026-11-23: skipped by Ana',
      '2026-11-30: skipped by Ana',
      '2026-12-07',
    ]);
  });

  it('by a button skips the one that the button shows, once, however often it is pressed', async () => {
    const { id } = await weekly();
    const both = await Promise.all([skip(id, '2026-11-23'), skip(id, '2026-11-23')]);
    expect(both.map((it) => (it.ok ? 'skipped' : it.code)).sort()).toEqual(['already-skipped', 'skipped']);
    expect(await occurrencesOf(company, id)).toHaveLength(1);
  });

  it('leaves a holiday before it to be recorded as one', async () => {
    const { id } = await weekly({ nextDueAt: '2026-12-21T08:00:00Z' });
    await turn('2026-12-18T12:00:00+01:00');
    await company.db.updateTable('cadences').set({ on_holiday: 'skip' }).where('id', '=', id).execute();
    const day = { workspace_id: company.workspaceId, day: '2026-12-21', name: 'Winter break' };
    await company.db.insertInto('company_days').values(day).execute();
    expect(await skip(id)).toMatchObject({ value: { name: '2026-12-28' } });
    expect(await nextDueOf(company, id)).toBe('2026-12-21T08:00:00Z');
    await turn(friday);
  });

  it('takes nothing away that is due and not planned yet', async () => {
    const { id } = await weekly({ nextDueAt: '2026-11-16T08:00:00Z' });
    expect(await skip(id)).toMatchObject({ value: { name: '2026-11-23' } });
    expect(await nextDueOf(company, id)).toBe('2026-11-16T08:00:00Z');
  });

  it('is refused while nothing comes', async () => {
    const { id } = await weekly({ state: 'paused' });
    expect(await skip(id)).toMatchObject({
      words: 'Nothing comes of it at the moment, so there is nothing to skip.',
    });
    await insertCycle(company.db, company.workspaceId, {
      key: 'spent',
      starts: '2026-10-01',
      ends: '2026-11-21',
    });
    const last = await weekly({ cycle: 'spent' });
    expect(await skip(last.id)).toMatchObject({
      words: 'It does not come again, so there is nothing to skip.',
    });
  });
});

describe('a run by hand', () => {
  const opened: string[] = [];
  const ritual = (answer: Opened): Ritual => ({
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(_tx, occurrences) {
      opened.push(...occurrences.map(({ name, isByHand }) => `${name} ${isByHand}`));
      return new Map(occurrences.map(({ id }) => [id, answer]));
    },
  });
  const run = async (id: number, answer: Opened = { held: true }) =>
    await runCadence(
      company.db,
      company.workspaceId,
      company.ana,
      id,
      new Map([['okr-check-in', ritual(answer)]]),
    );

  it('is an extra one: the next comes all the same', async () => {
    const { id } = await weekly();
    expect(await run(id)).toEqual({ ok: true, value: { held: true } });
    expect(opened.splice(0)).toEqual(['2026-11-20T12:00 true']);
    expect(await occurrencesOf(company, id)).toEqual([
      { name: '2026-11-20T12:00', state: 'open', reason: null, covers: null, by: company.ana.id },
    ]);
    expect(await nextDueOf(company, id)).toBe('2026-11-23T08:00:00Z');
    expect((await timesOf(id))[0]).toBe('2026-11-23');
    expect(await newestEvent()).toMatchObject({ type: 'cadence.run', after: { name: '2026-11-20T12:00' } });
  });

  it('twice in a minute is one run, and says so, also when two press at once', async () => {
    const { id } = await weekly();
    opened.length = 0;
    const both = await Promise.all([run(id), run(id)]);
    expect(both.map((it) => (it.ok ? 'ran' : it.words)).sort()).toEqual([
      'Ana ran it at 12:00 already, which is this same run.',
      'ran',
    ]);
    expect(opened).toHaveLength(1);
    await turn('2026-11-20T12:02:00+01:00');
    expect(await run(id)).toMatchObject({ ok: true });
    await turn(friday);
  });

  it('with nothing to hold says why, and is kept as skipped', async () => {
    const { id } = await weekly();
    expect(await run(id, { held: false, reason: 'no key results' })).toEqual({
      ok: true,
      value: { held: false, reason: 'no key results' },
    });
    expect(await occurrencesOf(company, id)).toMatchObject([{ state: 'skipped', reason: 'no key results' }]);
  });

  it('is refused where Cairn cannot write', async () => {
    const lost = await company.channel('lost', { has_cairn: false });
    const { id } = await weekly({ channelId: lost.id });
    expect(await run(id)).toMatchObject({ ok: false, code: 'not-in-channel' });
    expect(await occurrencesOf(company, id)).toEqual([]);
  });
});

describe('whoever did not set it up, leads no team of it and is no admin', () => {
  it('may look, and changes nothing', async () => {
    const { id } = await weekly({ teamIds: [company.teamId] });
    const { ben, chi, admin } = company;
    for (const done of [await pause(id, ben), await resume(id, ben), await skip(id, null, ben)])
      expect(done).toMatchObject({ ok: false, code: 'not-yours' });
    expect(await occurrencesOf(company, id)).toEqual([]);
    expect((await read(id)).cadence.state).toBe('active');
    expect(await pause(id, chi)).toMatchObject({ ok: true });
    expect(await resume(id, admin)).toMatchObject({ ok: true });
  });

  it('is sent to an admin where a file set it up', async () => {
    const { id } = await weekly();
    await company.db.updateTable('cadences').set({ created_by: null }).where('id', '=', id).execute();
    expect(await pause(id)).toMatchObject({
      words: 'You can look at this cadence, and change it through an admin. Just ask.',
    });
  });

  it('is nobody of another workspace', async () => {
    const { id } = await weekly();
    const other = await startCompany();
    const done = await pauseCadence(other.db, other.workspaceId, other.admin, id);
    expect(done).toEqual({ ok: false, code: 'gone', words: 'That cadence is not there any more.' });
    await other.close();
  });
});

describe('the history', () => {
  it('has a page of what became of each, the latest first, and goes on behind it', async () => {
    const { id } = await weekly();
    const monday = Temporal.PlainDate.from('2026-08-03');
    await company.db
      .insertInto('occurrences')
      .values(
        Array.from({ length: 12 }, (_, index) => {
          const day = monday.add({ weeks: index });
          return {
            workspace_id: company.workspaceId,
            cadence_id: id,
            name: day.toString(),
            covers: `[${day},${day.add({ weeks: 1 })})`,
            due_at: `${day}T07:00:00Z`,
            planned_at: `${day}T07:0${index % 10}:00Z`,
            state: index === 11 ? ('missed' as const) : ('held' as const),
            reason: index === 11 ? 'Cairn was not running when this was due' : null,
            tz_version: 'x',
          };
        }),
      )
      .execute();
    const page = async (before: number | null) => {
      const found = await listHistory(company.db, company.workspaceId, id, before);
      if (!found.ok) throw new Error(found.words);
      return found.value;
    };
    const first = await page(null);
    expect(first.hasMore).toBe(true);
    expect(first.happenings).toHaveLength(10);
    expect(first.happenings[0]).toMatchObject({
      name: '2026-10-19',
      state: 'missed',
      reason: 'Cairn was not running when this was due',
    });
    const second = await page(first.happenings.at(-1)?.id ?? 0);
    expect(second.hasMore).toBe(false);
    expect(second.happenings.map(({ name }) => name)).toEqual(['2026-08-10', '2026-08-03']);
  });
});
