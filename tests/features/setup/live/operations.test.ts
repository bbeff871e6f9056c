import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resumeCadence, runCadence } from '../../../../src/cadence/change-operations.ts';
import { tick } from '../../../../src/cadence/planner.ts';
import { heldRituals } from '../../../../src/cadence/ritual.ts';
import { addCadence } from '../../../../src/cadence/setup-operations.ts';
import { leaveRitual } from '../../../../src/features/check-ins/leaving/operations.ts';
import { answerCheckIn } from '../../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../../src/features/daily/jobs.ts';
import { ownershipAudit } from '../../../../src/features/ownership/confirming/audit-operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { reviewRitual } from '../../../../src/features/reviews/ritual.ts';
import { type Going, goLive } from '../../../../src/features/setup/live/going-operations.ts';
import { pauseTeam } from '../../../../src/features/setup/live/pausing-operations.ts';
import { previewOne } from '../../../../src/features/setup/live/preview-operations.ts';
import { beginQuiet, isQuiet } from '../../../../src/features/setup/live/quiet-store.ts';
import { readLive } from '../../../../src/features/setup/live/reading-operations.ts';
import { rehearseToMe } from '../../../../src/features/setup/live/rehearsing-operations.ts';
import { saveRitual } from '../../../../src/features/setup/live/saving-operations.ts';
import { openDatabase } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertPerson,
  insertTeam,
  instant,
  keptLog,
  listEvents,
  listMessages,
  setClock,
} from '../../../support/builders.ts';
import { given } from '../../../support/check-ins.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';

const rituals = heldRituals([okrCheckIn, ownershipAudit], (key) => reviewRitual(key, key));

let database: TestDatabase;
let workspaceId: string;
let rosa: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
const deps = () => ({ db: database.db, rituals });

let checkout: Team;
let search: Team;
type Team = { id: number; channelId: number; member: Actor; objectiveId: number };
let cycleId: number;

async function insertLiveTeam(name: string): Promise<Team> {
  const channel = await insertChannel(database.db, workspaceId, name.toLowerCase());
  await database.db.updateTable('channels').set({ has_cairn: true }).where('id', '=', channel.id).execute();
  const id = await insertTeam(database.db, workspaceId, {
    key: name.toLowerCase(),
    name,
    channelId: channel.id,
  });
  const member = await insertActor(database.db, workspaceId, {
    name: `Member of ${name}`,
    timezone: 'Asia/Tokyo',
  });
  await join(id, member.id);
  const objectiveId = await insertObjective(database.db, workspaceId, { key: name, cycleId, teamId: id });
  await insertKeyResult(database.db, workspaceId, objectiveId, { key: `${name}-kr`, owner: member });
  return { id, channelId: channel.id, member, objectiveId };
}
const join = async (teamId: number, personId: number) =>
  await database.db
    .insertInto('team_members')
    .values({ workspace_id: workspaceId, team_id: teamId, person_id: personId })
    .execute();
async function insertAdmin(name: string): Promise<Actor> {
  const person = await insertActor(database.db, workspaceId, { name });
  await database.db.updateTable('people').set({ is_admin: true }).where('id', '=', person.id).execute();
  return { ...person, isAdmin: true };
}

beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-11-20T12:00:00Z');
  rosa = await insertAdmin('Rosa');
  cycleId = await insertCycle(database.db, workspaceId, {
    key: '2026-Q4',
    starts: '2026-10-01',
    ends: '2026-12-31',
  });
  await sql`update cycles set state = 'active' where id = ${cycleId}`.execute(database.db);
  checkout = await insertLiveTeam('Checkout');
  search = await insertLiveTeam('Search');
  await inTransaction(database.db, async (tx) =>
    beginQuiet(tx, workspaceId, instant('2026-11-20T12:00:00Z')),
  );
});

const save = async (
  teams: readonly Team[],
  given: { ritual?: string; schedule?: string; timezone?: string } = {},
) =>
  await saveRitual(database.db, workspaceId, rosa, {
    ...{ ritual: 'okr-check-in', schedule: 'Mondays at 9', timezone: 'Europe/Berlin', ...given },
    teams: teams.map(({ id, channelId }) => ({ teamId: id, channelId })),
  });
const go = async (going: Going, actor = rosa) => await goLive(deps(), workspaceId, actor, going);
const pilot = ({ id }: Team) => ({ teamId: id, as: 'pilot' as const });
const next = ({ id }: Team) => ({ teamId: id, as: 'next' as const });
const page = async () => {
  const read = await readLive(deps(), workspaceId, rosa);
  if (!read.ok) throw new Error(read.words);
  return read.value;
};
const stateOf = async ({ id }: Team) => (await page()).teams.find((team) => team.id === id)?.cadenceState;
const typesOf = async () => (await listEvents(database.db, workspaceId)).map(({ type }) => type);
const wordsOf = (result: { ok: boolean; words?: string }) => (result.ok ? null : result.words);

describe('a ritual', () => {
  it('is a paused cadence for each team, until that team is live', async () => {
    expect((await save([checkout, search])).ok).toBe(true);
    expect([await stateOf(checkout), await stateOf(search)]).toEqual(['paused', 'paused']);
    const reasons = await database.db
      .selectFrom('cadences')
      .select('pause_reason as reason')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(reasons).toEqual([{ reason: 'not live yet' }, { reason: 'not live yet' }]);
    expect((await page()).ritual).toMatchObject({ name: 'OKR check-in', timezone: 'Europe/Berlin' });
  });

  it('is changed in place, and a team that is left out loses it', async () => {
    await save([checkout, search]);
    const before = (await page()).teams.map(({ cadenceId }) => cadenceId);
    await save([checkout], { schedule: 'every Tuesday at 10:00' });
    const after = (await page()).teams.map(({ cadenceId }) => cadenceId);
    expect(after).toEqual([before[0], null]);
    expect((await page()).ritual?.words).toBe('every Tuesday at 10:00');
  });

  it('may be held by two teams in one channel', async () => {
    const shared = { ...search, channelId: checkout.channelId };
    expect(wordsOf(await save([checkout, shared]))).toBeNull();
  });

  it('is refused beside each field with the mend, and then nothing is kept', async () => {
    await database.db
      .updateTable('channels')
      .set({ has_cairn: false })
      .where('id', '=', search.channelId)
      .execute();
    const refused = await save([checkout, search], { timezone: 'Berlin' });
    expect(refused).toMatchObject({ ok: false, code: 'ritual' });
    if (refused.ok || !('problems' in refused)) throw new Error('it was taken');
    expect(refused.problems.timezone).toContain("I don't know this time zone");
    expect([...refused.problems.channels]).toEqual([
      [search.id, 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.'],
    ]);
    expect((await page()).ritual).toBeNull();
  });

  it('is for admins', async () => {
    const words =
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.';
    expect(wordsOf(await readLive(deps(), workspaceId, checkout.member))).toBe(words);
    expect(wordsOf(await go(pilot(checkout), checkout.member))).toBe(words);
  });
});

describe('whom it would message', () => {
  it('is named with the time of each, and who is not asked with the reason', async () => {
    const guest = await insertPerson(database.db, workspaceId, { name: 'Gus', kind: 'guest' });
    const absent = await insertPerson(database.db, workspaceId, { name: 'Zoe', slackId: null });
    const away = await insertPerson(database.db, workspaceId, { name: 'Yara' });
    const idle = await insertPerson(database.db, workspaceId, { name: 'Ida' });
    const stranger = await insertPerson(database.db, workspaceId, { name: 'Sam' });
    for (const { id } of [guest, absent, away, idle]) await join(checkout.id, id);
    await database.db
      .insertInto('absences')
      .values({
        workspace_id: workspaceId,
        person_id: away.id,
        starts_on: '2026-11-20',
        ends_on: '2026-11-27',
      })
      .execute();
    await insertKeyResult(database.db, workspaceId, checkout.objectiveId, { key: 'y', owner: away });
    await insertKeyResult(database.db, workspaceId, checkout.objectiveId, { key: 's', owner: stranger });
    await save([checkout]);
    const preview = await previewOne(deps(), workspaceId, rosa, checkout.id);
    if (!preview.ok) throw new Error(preview.words);
    const { asked, notAsked, at } = preview.value;
    // Nine o'clock in Tokyo is past by the time the channel reads it in Berlin.
    expect(at?.toString()).toBe('2026-11-23T08:00:00Z');
    expect(asked.map(({ name, at: when }) => [name, when.toString()])).toEqual([
      ['Member of Checkout', '2026-11-23T08:00:00Z'],
    ]);
    expect(notAsked.map(({ name, why }) => `${name} ${why}`)).toEqual([
      'Gus is a guest',
      'Ida has nothing that it asks about',
      'Sam is in none of the teams that are live: they hear of it when everybody is',
      'Yara is away until 27 November 2026',
      'Zoe is not in Slack yet',
    ]);
  });

  it('is rehearsed to the admin alone, and twice in a minute once', async () => {
    await save([checkout]);
    expect(await rehearseToMe(deps(), workspaceId, rosa)).toEqual({ ok: true, value: ['Checkout'] });
    await rehearseToMe(deps(), workspaceId, rosa);
    const messages = await listMessages(database.db, workspaceId);
    expect(new Set(messages.map(({ personId }) => personId))).toEqual(new Set([rosa.id]));
    expect(messages.length).toBe(5);
    expect(messages[0]?.text).toContain('A rehearsal, for you alone: OKR check-in of Checkout.');
    expect(
      messages.every(({ text }, index) => index === 0 || text.startsWith('Rehearsal · Checkout · ')),
    ).toBe(true);
    expect(JSON.stringify(messages)).not.toContain('"actions"');
  });
});

describe('going live', () => {
  it('takes one team first: its ritual comes, others wait', async () => {
    await save([checkout, search]);
    expect(await go(pilot(checkout))).toEqual({
      ok: true,
      value: { teams: ['Checkout'], isAlready: false, stuck: [] },
    });
    expect([await stateOf(checkout), await stateOf(search)]).toEqual(['active', 'paused']);
    expect(await isQuiet(database.db, workspaceId)).toBe(true);
    expect((await page()).pilot).toMatchObject({
      name: 'Checkout',
      went: { held: 0, figures: { asked: 0 } },
    });
    expect((await typesOf()).filter((type) => type.startsWith('team.'))).toEqual(['team.went-live']);
  });

  it('happens once, however often it is pressed and by however many', async () => {
    await save([checkout, search]);
    const chi = await insertAdmin('Chi');
    const other = openDatabase(database.url);
    const results = await Promise.all([
      go(pilot(checkout)),
      go(pilot(checkout)),
      goLive({ db: other, rituals }, workspaceId, chi, pilot(checkout)),
    ]);
    await other.destroy();
    const teams = results.flatMap((result) => (result.ok ? result.value.teams : [result.words]));
    expect(teams).toEqual(['Checkout']);
    expect((await typesOf()).filter((type) => type === 'team.went-live').length).toBe(1);
    expect((await typesOf()).filter((type) => type === 'cadence.resumed').length).toBe(1);
  });

  it('takes one pilot where two admins pick another one each', async () => {
    await save([checkout, search]);
    const chi = await insertAdmin('Chi');
    const [one, two] = await Promise.all([go(pilot(checkout)), go(pilot(search), chi)]);
    const won = one.ok ? 'Checkout' : 'Search';
    expect([one, two].filter(({ ok }) => ok).length).toBe(1);
    expect(wordsOf(one.ok ? two : one)).toBe(
      `${won} has just gone live as the first team. Look how it goes there, then take the others live.`,
    );
  });

  it('takes others after it, and then everybody, which ends the quiet', async () => {
    await save([checkout, search]);
    expect(wordsOf(await go('everybody'))).toBe(
      'One team goes first, so that you can see how it goes. Take one live, then the others.',
    );
    await go(pilot(checkout));
    await go(next(search));
    expect(await stateOf(search)).toBe('active');
    expect(await isQuiet(database.db, workspaceId)).toBe(true);
    expect(await go('everybody')).toMatchObject({ ok: true, value: { isAlready: false } });
    expect(await isQuiet(database.db, workspaceId)).toBe(false);
    expect(await go('everybody')).toMatchObject({ ok: true, value: { isAlready: true } });
    expect((await typesOf()).filter((type) => type === 'workspace.went-live').length).toBe(1);
  });

  it('goes back: a team that is paused is not messaged, and may go live again', async () => {
    await save([checkout]);
    await go(pilot(checkout));
    const paused = await pauseTeam(deps(), workspaceId, rosa, checkout.id);
    expect(paused).toMatchObject({ ok: true, value: { name: 'Checkout' } });
    expect(await stateOf(checkout)).toBe('paused');
    expect(wordsOf(await pauseTeam(deps(), workspaceId, rosa, checkout.id))).toBe('It is paused already.');
    expect(await go(pilot(checkout))).toMatchObject({ ok: true, value: { teams: ['Checkout'] } });
    expect(await stateOf(checkout)).toBe('active');
  });

  it('is refused while there is no ritual', async () => {
    expect(wordsOf(await go(pilot(checkout)))).toBe(
      'There is no ritual yet, so there is nothing to take live. Set one up first.',
    );
    await save([search]);
    expect(wordsOf(await go(pilot(checkout)))).toBe(
      'Checkout has no ritual yet, so nothing would be sent. Press `Change it` and add the team.',
    );
  });

  it('is refused for a team without people', async () => {
    await save([checkout]);
    await database.db.deleteFrom('team_members').where('team_id', '=', checkout.id).execute();
    expect(wordsOf(await go(pilot(checkout)))).toBe(
      "Nobody in Slack is in Checkout yet. Say who is with `Change a team's members` in `/cairn setup`.",
    );
  });

  it('is refused while Cairn is not in the channel', async () => {
    await save([checkout]);
    await database.db
      .updateTable('channels')
      .set({ has_cairn: false })
      .where('id', '=', checkout.channelId)
      .execute();
    expect(wordsOf(await go(pilot(checkout)))).toMatch(
      /^I am not in .+\. Invite me there with `\/invite @Cairn`, then try again\.$/,
    );
    expect(await stateOf(checkout)).toBe('paused');
  });

  it('is refused where nobody would be asked, with what to do', async () => {
    await database.db.updateTable('key_results').set({ owner_id: null }).execute();
    await save([checkout]);
    expect(wordsOf(await go(pilot(checkout)))).toBe(
      'Nobody who is in Checkout owns a key result of the current cycle, so nobody would be asked. Add some with `/okr add`, or bring a spreadsheet in with `/cairn setup`.',
    );
    await save([checkout], { ritual: 'ownership-audit' });
    expect(wordsOf(await go(pilot(checkout)))).toContain('owns a rock, so nobody would be asked.');
  });

  it('is refused when the admin was deactivated meanwhile, and others go on', async () => {
    await save([checkout]);
    await database.db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-20T12:00:00Z' })
      .where('id', '=', rosa.id)
      .execute();
    expect((await go(pilot(checkout))).ok).toBe(false);
    const chi = await insertAdmin('Chi');
    expect((await go(pilot(checkout), chi)).ok).toBe(true);
  });
});

describe('cadences of a quiet workspace', () => {
  const add = async (teamIds: number[], channelId: number) =>
    await addCadence(database.db, workspaceId, rosa, {
      ...{ key: null, ritual: 'okr-check-in', channelId, schedule: 'every Monday at 9:00' },
      ...{ timezone: 'UTC', startsOn: null, onHoliday: 'hold', cycle: 'current', teamIds },
      ...{ nudgeAfter: null, closeAfter: null },
    });

  it('are added paused, and neither resumed nor run while no team of theirs is live', async () => {
    const added = await add([checkout.id], checkout.channelId);
    if (!added.ok) throw new Error(added.words);
    expect(added.value).toMatchObject({ state: 'paused', pauseReason: 'not live yet' });
    const words = 'Checkout is not live yet, so nothing would be sent. `/cairn setup` takes it live.';
    expect(wordsOf(await resumeCadence(database.db, workspaceId, rosa, added.value.id))).toBe(words);
    expect(wordsOf(await runCadence(database.db, workspaceId, rosa, added.value.id, rituals))).toBe(words);
  });

  it('of teams some of which are live come', async () => {
    await save([search]);
    await go(pilot(search));
    const added = await add([checkout.id, search.id], checkout.channelId);
    expect(added).toMatchObject({ ok: true, value: { state: 'active' } });
  });

  it('are paused by the clock where a file has brought them in, and resumed with their team', async () => {
    const cadenceId = await insertCadence(database.db, workspaceId, {
      ...{ key: 'from-a-file', channelId: checkout.channelId, teamIds: [checkout.id] },
      nextDueAt: '2026-11-20T11:00:00Z',
    });
    await tick({ db: database.db, workspaceId, rituals, log: keptLog().log });
    const state = async () =>
      await database.db
        .selectFrom('cadences')
        .select(['state', 'pause_reason as reason'])
        .where('id', '=', cadenceId)
        .executeTakeFirstOrThrow();
    expect(await state()).toEqual({ state: 'paused', reason: 'not live yet' });
    expect(await listMessages(database.db, workspaceId)).toEqual([]);
    await save([checkout]);
    await go(pilot(checkout));
    expect(await state()).toEqual({ state: 'active', reason: null });
  });
});

describe('how it goes in the first team', () => {
  it('is what its ritual asked, who left, and who answered for what is listed as theirs', async () => {
    const { db } = database;
    const second = await insertActor(db, workspaceId, { name: 'Second', timezone: 'Asia/Tokyo' });
    await join(checkout.id, second.id);
    const keyResultId = await insertKeyResult(db, workspaceId, checkout.objectiveId, {
      ...{ key: 'second-kr', owner: second },
    });
    await save([checkout, search]);
    await go(pilot(checkout));
    const comeTo = async (iso: string) => {
      await setClock(db, workspaceId, iso);
      await tick({ db, workspaceId, rituals, log: keptLog().log });
      await dailyJob({ db }, workspaceId).run();
    };
    await comeTo('2026-11-23T09:00:00Z');
    const { id: occurrenceId } = await db
      .selectFrom('occurrences')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    const answers = [given(keyResultId, { confidence: 7 })];
    expect((await answerCheckIn(db, workspaceId, second, { occurrenceId, answers, seconds: 120 })).ok).toBe(
      true,
    );
    expect((await leaveRitual(db, workspaceId, checkout.member, { occurrenceId, reason: 'often' })).ok).toBe(
      true,
    );
    const went = (await page()).pilot?.went;
    expect(went).toMatchObject({
      held: 1,
      figures: { occurrences: 1, asked: 1, answered: 1, minutes: 2, nudges: 0 },
      ...{ snoozes: 0, left: ['often'], proposals: { asked: 0, answered: 0 } },
    });
    expect(went?.figures.medianWait).toBeGreaterThan(0);
  });
});
