import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/cadence/settings.ts';
import { addCadence, editCadence } from '../../src/cadence/setup-operations.ts';
import { insertCycle, listEvents, setClock } from '../support/builders.ts';
import { type Company, friday, newKey, nextDueOf, occurrencesOf, startCompany } from './company.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany();
});
afterAll(async () => company.close());

const settings = (given: Partial<Settings> = {}): Settings => ({
  key: newKey(),
  ritual: `ritual-${newKey()}`,
  channelId: company.checkout.id,
  schedule: 'every Monday at 9:00',
  timezone: 'Europe/Berlin',
  startsOn: null,
  onHoliday: 'hold',
  cycle: 'current',
  nudgeAfter: 'P1D',
  closeAfter: 'P2D',
  teamIds: [company.teamId],
  ...given,
});
const add = async (given: Partial<Settings> = {}, twinId?: number) =>
  await addCadence(company.db, company.workspaceId, company.ana, settings(given), { twinId: twinId ?? null });
const added = async (given: Partial<Settings> = {}) => {
  const done = await add(given);
  if (!done.ok) throw new Error(done.words);
  return done.value;
};
const countCadences = async () => (await company.db.selectFrom('cadences').select('id').execute()).length;

describe('setting a cadence up', () => {
  it('keeps who did, when it comes and whom it asks, as an event', async () => {
    const cadence = await added({ key: 'weekly-okr', startsOn: Temporal.PlainDate.from('2026-11-23') });
    expect(cadence).toMatchObject({
      key: 'weekly-okr',
      state: 'active',
      period: 'week',
      createdBy: { name: 'Ana' },
      teams: [{ name: 'Checkout', isChosen: true, lead: { name: 'Chi' } }],
    });
    expect(cadence.nextDueAt?.toString()).toBe('2026-11-23T08:00:00Z');
    expect((await listEvents(company.db, company.workspaceId)).at(-1)).toMatchObject({
      type: 'cadence.added',
      actorId: company.ana.id,
      subjectId: cadence.id,
      after: { schedule: 'every Monday at 9:00', startsOn: '2026-11-23', teamIds: [company.teamId] },
    });
  });

  it('makes a key of ritual and channel where none is given, which no other has', async () => {
    const { id: channelId } = await company.channel('größe_1');
    const given = { key: null, ritual: 'okr-check-in', channelId };
    const first = await added(given);
    const second = await add(given, first.id);
    const keys = [first.key, second.ok ? second.value.key : second.words];
    expect(keys).toEqual(['okr-check-in-gro-e-1', 'okr-check-in-gro-e-1-2']);
  });

  it('tells nobody the name of a private channel by its key', async () => {
    const { id: channelId } = await company.channel('layoffs', { is_private: true });
    expect((await added({ key: null, ritual: 'digest', channelId })).key).toBe('digest');
  });

  it('forgets that Slack once refused its channel, since Slack has just said otherwise', async () => {
    const { id } = await company.channel('back-again');
    await company.db
      .updateTable('channels')
      .set({ lost_reason: 'not_in_channel' })
      .where('id', '=', id)
      .execute();
    await added({ channelId: id });
    const { lost_reason } = await company.db
      .selectFrom('channels')
      .select('lost_reason')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(lost_reason).toBeNull();
  });
});

describe('what cannot be held is refused beside its field, and nothing is stored', () => {
  beforeAll(async () => {
    await insertCycle(company.db, company.workspaceId, {
      key: '2026-Q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    await insertCycle(company.db, company.workspaceId, {
      key: '2026-Q3',
      starts: '2026-07-01',
      ends: '2026-09-30',
    });
  });

  it.each<[string, Partial<Settings>, object]>([
    [
      'a cron that never comes',
      { schedule: '0 9 30 2 *' },
      { schedule: '"0 9 30 2 *" never comes; name a day that exists.' },
    ],
    [
      'an interval of 0',
      { schedule: 'every 0 weeks on Tuesday at 10:00' },
      {
        schedule: 'An interval of 0 weeks never comes round; write "every week" or "every 2 weeks".',
      },
    ],
    [
      'an unknown zone',
      { timezone: 'Europe/Berln' },
      { timezone: 'I don\'t know this time zone; did you mean "Europe/Berlin"?' },
    ],
    [
      'a zone that is like no other',
      { timezone: '+02:00' },
      { timezone: "I don't know this time zone; write one such as Europe/Berlin." },
    ],
    [
      'a first time past the end of its cycle',
      { cycle: '2026-Q4', startsOn: Temporal.PlainDate.from('2027-01-01') },
      {
        cycle:
          'It would first come on Mon 4 Jan 2027, 09:00, and 2026-Q4 ends on 31 December 2026. Choose a later cycle, or the current one.',
      },
    ],
    [
      'a cycle that is over',
      { cycle: '2026-Q3' },
      {
        cycle:
          'It would first come on Mon 23 Nov, 09:00, and 2026-Q3 ends on 30 September 2026. Choose a later cycle, or the current one.',
      },
    ],
    ['a cycle that is not there', { cycle: '2031-Q1' }, { cycle: 'I do not know this cycle.' }],
    [
      'a reminder that comes after the close',
      { nudgeAfter: 'P3D' },
      { nudge: 'The reminder would come when it is closed already. Choose an earlier one.' },
    ],
    [
      'a reminder that comes with the close',
      { nudgeAfter: 'PT48H' },
      { nudge: 'The reminder would come when it is closed already. Choose an earlier one.' },
    ],
    [
      'a key that nobody could type',
      { key: 'Weekly OKR' },
      { key: 'A key has small letters, digits and hyphens, such as weekly-okr.' },
    ],
    [
      'all that is wrong at once',
      { timezone: 'Mars', schedule: '0 9 30 2 *', cycle: '2031-Q1' },
      {
        schedule: '"0 9 30 2 *" never comes; name a day that exists.',
        timezone: "I don't know this time zone; write one such as Europe/Berlin.",
      },
    ],
  ])('%s', async (_, given, problems) => {
    const before = await countCadences();
    expect(await add(given)).toMatchObject({ ok: false, code: 'settings', problems });
    expect(await countCadences()).toBe(before);
  });

  it('a channel that Cairn is not in, or that is archived', async () => {
    const without = await company.channel('design-crit', { has_cairn: false });
    expect(await add({ channelId: without.id })).toMatchObject({
      problems: {
        channel: 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.',
      },
    });
    const archived = await company.channel('old-times');
    await company.db
      .updateTable('channels')
      .set({ archived_at: friday })
      .where('id', '=', archived.id)
      .execute();
    expect(await add({ channelId: archived.id })).toMatchObject({
      problems: { channel: 'That channel is archived. Bring it back first, or choose another one.' },
    });
  });

  it('a key that is taken, also when two people take it at once', async () => {
    const { key } = await added();
    const problems = {
      key: `There is a cadence ${key} already. Choose another key, or leave this empty.`,
    };
    expect(await add({ key })).toMatchObject({ problems });
    const raced = newKey();
    const both = await Promise.all([add({ key: raced }), add({ key: raced })]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('a second one of the same ritual in the same channel, until somebody means it', async () => {
    const first = await added({ ritual: 'digest' });
    const before = await countCadences();
    expect(await add({ ritual: 'digest' })).toMatchObject({
      ok: false,
      code: 'twin',
      twin: { id: first.id },
    });
    expect(await countCadences()).toBe(before);
    expect(await add({ ritual: 'digest' }, first.id)).toMatchObject({ ok: true });
  });
});

describe('an edit', () => {
  const edit = async (id: number, given: Partial<Settings>, actor = company.ana) =>
    await editCadence(company.db, company.workspaceId, actor, id, settings(given));

  it('of the rule or the zone reckons its next time from now on', async () => {
    const cadence = await added();
    const same = { ritual: cadence.ritual };
    await edit(cadence.id, { ...same, schedule: 'every Wednesday at 10:00' });
    expect(await nextDueOf(company, cadence.id)).toBe('2026-11-25T09:00:00Z');
    await edit(cadence.id, { ...same, schedule: 'every Wednesday at 10:00', timezone: 'America/New_York' });
    expect(await nextDueOf(company, cadence.id)).toBe('2026-11-25T15:00:00Z');
    const { before, after } = (await listEvents(company.db, company.workspaceId)).at(-1) ?? {};
    expect(before).toMatchObject({ timezone: 'Europe/Berlin' });
    expect(after).toMatchObject({ timezone: 'America/New_York' });
  });

  it('keeps a period that has had its one from a second', async () => {
    const cadence = await added({ schedule: 'every Monday at 9:00' });
    await company.db
      .insertInto('occurrences')
      .values({
        workspace_id: company.workspaceId,
        cadence_id: cadence.id,
        name: '2026-11-16',
        covers: '[2026-11-16,2026-11-23)',
        due_at: '2026-11-16T08:00:00Z',
        state: 'open',
        tz_version: 'x',
      })
      .execute();
    await edit(cadence.id, { ritual: cadence.ritual, schedule: 'every Saturday at 9:00' });
    // The 21st lies in the week that has had one.
    expect(await nextDueOf(company, cadence.id)).toBe('2026-11-28T08:00:00Z');
  });

  it('of the rest leaves its next time alone, and changes teams', async () => {
    const cadence = await added();
    await company.db
      .updateTable('cadences')
      .set({ next_due_at: '2026-11-20T08:00:00Z' })
      .where('id', '=', cadence.id)
      .execute();
    const done = await edit(cadence.id, { ritual: cadence.ritual, nudgeAfter: null, teamIds: [] });
    expect(done).toMatchObject({ ok: true, value: { nudgeAfter: null, teams: [] } });
    expect(await nextDueOf(company, cadence.id)).toBe('2026-11-20T08:00:00Z');
  });

  it('at the very moment at which it is due records what it took away', async () => {
    const cadence = await added({ schedule: 'every day at 11:00' });
    await company.db
      .updateTable('cadences')
      .set({ next_due_at: '2026-11-20T10:00:00Z' })
      .where('id', '=', cadence.id)
      .execute();
    await edit(cadence.id, { ritual: cadence.ritual, schedule: 'every Friday at 15:00' });
    expect(await occurrencesOf(company, cadence.id)).toEqual([
      {
        name: '2026-11-20',
        state: 'skipped',
        reason: 'changed by Ana before it was held',
        covers: '["2026-11-20 00:00:00","2026-11-21 00:00:00")',
        by: company.ana.id,
      },
    ]);
    // This week's Friday has had its one.
    expect(await nextDueOf(company, cadence.id)).toBe('2026-11-27T14:00:00Z');
  });

  it('is for who set it up, leads of its teams and admins; others are told whom to ask', async () => {
    const cadence = await added();
    const given = { ritual: cadence.ritual };
    const { ana, ben, chi, admin } = company;
    expect(await edit(cadence.id, given, ben)).toMatchObject({
      ok: false,
      code: 'not-yours',
      words: `You can look at this cadence, and change it through <@${ana.slackId}>, who set it up; <@${chi.slackId}>, who leads a team of it; or an admin. Just ask.`,
    });
    expect(await edit(cadence.id, given, chi)).toMatchObject({ ok: true });
    expect(await edit(cadence.id, given, admin)).toMatchObject({ ok: true });
    await setClock(company.db, company.workspaceId, friday);
  });
});
