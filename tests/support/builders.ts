import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { Temporal } from 'temporal-polyfill';
import { periodOf } from '../../src/cadence/core/period.ts';
import { parseSchedule } from '../../src/cadence/core/schedule.ts';
import { normalName } from '../../src/features/ownership/core/names.ts';
import { placeOf } from '../../src/features/ownership/core/places.ts';
import type { Actor, Person } from '../../src/features/people/core/person.ts';
import { getPeople } from '../../src/features/people/store.ts';
import { turnCompanyClock } from '../../src/platform/db/company-time.ts';
import type { Database } from '../../src/platform/db/database.ts';
import type { NewKeyResult, OnHoliday, PersonKind, StintBeginning } from '../../src/platform/db/tables.ts';
import { createLog, type Log } from '../../src/platform/log.ts';

/** Rows to test with, put straight into their tables. What a test does not care about gets a plain value. */

/** An id in the way of Slack's: `slackId('U')` for a person, `slackId('C')` for a channel. */
export function slackId(prefix: string): string {
  return `${prefix}${randomBytes(5).toString('hex').toUpperCase()}`;
}

export function instant(iso: string): Temporal.Instant {
  return Temporal.Instant.from(iso);
}

/** Turns the company's clock to an ISO instant. It runs on from there, so compare with some room. */
export async function setClock(db: Database, workspaceId: string, iso: string): Promise<void> {
  await turnCompanyClock(db, workspaceId, instant(iso));
}

/** Whether two instants are as near as a test's own run time lets them be. */
export function isAbout(actual: Temporal.Instant | null | undefined, iso: string): boolean {
  if (!actual) return false;
  return Math.abs(actual.epochMilliseconds - instant(iso).epochMilliseconds) < 60_000;
}

/** Somebody of the workspace: a full member in Slack, unless told otherwise. */
export async function insertPerson(
  db: Database,
  workspaceId: string,
  given: {
    name?: string;
    handle?: string;
    email?: string;
    /** Null: not in Slack yet. */
    slackId?: string | null;
    directChannel?: string;
    timezone?: string;
    kind?: PersonKind;
    isDeactivated?: boolean;
  } = {},
): Promise<Person> {
  const { name = 'Ana', slackId: id = slackId('U') } = given;
  const row = await db
    .insertInto('people')
    .values({
      workspace_id: workspaceId,
      name,
      handle: given.handle ?? (id === null ? `h-${randomBytes(4).toString('hex')}` : null),
      email: given.email ?? null,
      slack_id: id,
      direct_channel: given.directChannel ?? null,
      timezone: given.timezone ?? null,
      kind: given.kind ?? 'member',
      deactivated_at: given.isDeactivated ? '2026-01-01T00:00:00Z' : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const [person] = await getPeople(db, workspaceId, [row.id]);
  if (person === undefined) throw new Error('the person just inserted is not there');
  return person;
}

/** Somebody who may use Cairn. */
export async function insertActor(
  db: Database,
  workspaceId: string,
  given: { name?: string; handle?: string; email?: string; timezone?: string; directChannel?: string } = {},
): Promise<Actor> {
  const id = slackId('U');
  const person = await insertPerson(db, workspaceId, { ...given, slackId: id });
  return { ...person, slackId: id, kind: 'member', isDeactivated: false };
}

export async function insertChannel(
  db: Database,
  workspaceId: string,
  name: string,
  id: string | null = slackId('C'),
): Promise<{ id: number; slackId: string | null; name: string }> {
  const row = await db
    .insertInto('channels')
    .values({ workspace_id: workspaceId, name, slack_id: id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: row.id, slackId: id, name };
}

export async function insertTeam(
  db: Database,
  workspaceId: string,
  given: { key: string; name?: string; channelId?: number },
): Promise<number> {
  const { key, name = key, channelId = null } = given;
  const row = await db
    .insertInto('teams')
    .values({ workspace_id: workspaceId, key, name, channel_id: channelId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A rock with its names, links, backups and, where an owner is given, the stint that goes on. */
export async function insertRock(
  db: Database,
  workspaceId: string,
  given: {
    name: string;
    key?: string;
    aliases?: string[];
    links?: string[];
    teamId?: number;
    channelId?: number;
    summary?: string;
    backups?: Person[];
    owner?: Person;
    since?: string;
    confirmedAt?: string | null;
    began?: StintBeginning;
  },
): Promise<number> {
  const { name, key = normalName(name).replaceAll(' ', '-'), aliases = [], links = [], backups = [] } = given;
  const { id } = await db
    .insertInto('rocks')
    .values({
      workspace_id: workspaceId,
      key,
      name,
      summary: given.summary ?? null,
      type: 'area',
      weight: 1,
      team_id: given.teamId ?? null,
      channel_id: given.channelId ?? null,
      created_at: '2026-01-01T00:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const own = { workspace_id: workspaceId, rock_id: id };
  const names = [
    { kind: 'key' as const, position: 0, name: key },
    { kind: 'name' as const, position: 0, name },
    ...aliases.map((alias, position) => ({ kind: 'alias' as const, position, name: alias })),
  ];
  await db
    .insertInto('rock_names')
    .values(names.map((row) => ({ ...own, ...row, normal: normalName(row.name) })))
    .execute();
  if (links.length > 0) {
    await db
      .insertInto('rock_links')
      .values(
        links.map((url, position) => ({ ...own, position, label: 'Link', url, place: placeOf(url) ?? url })),
      )
      .execute();
  }
  if (backups.length > 0) {
    await db
      .insertInto('rock_backups')
      .values(backups.map((person, position) => ({ ...own, position, person_id: person.id })))
      .execute();
  }
  if (given.owner !== undefined) {
    const since = given.since ?? '2026-01-01T00:00:00Z';
    await db
      .insertInto('stints')
      .values({
        ...own,
        person_id: given.owner.id,
        began: given.began ?? 'created',
        began_at: since,
        confirmed_at: given.confirmedAt === undefined ? since : given.confirmedAt,
        handoff_id: null,
      })
      .execute();
  }
  return id;
}

export async function insertCycle(
  db: Database,
  workspaceId: string,
  given: { key: string; starts: string; ends: string },
): Promise<number> {
  const row = await db
    .insertInto('cycles')
    .values({ workspace_id: workspaceId, key: given.key, starts_on: given.starts, ends_on: given.ends })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertObjective(
  db: Database,
  workspaceId: string,
  given: { key: string; cycleId: number; teamId?: number; position?: number },
): Promise<number> {
  const row = await db
    .insertInto('objectives')
    .values({
      workspace_id: workspaceId,
      key: given.key,
      title: given.key,
      cycle_id: given.cycleId,
      owner_id: null,
      team_id: given.teamId ?? null,
      reviewer_id: null,
      supports_id: null,
      position: given.position ?? 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function insertKeyResult(
  db: Database,
  workspaceId: string,
  objectiveId: number,
  given: { key: string; owner?: Person; backup?: Person } & Partial<
    Pick<NewKeyResult, 'start_value' | 'current_value' | 'target_value' | 'type' | 'unit' | 'position'>
  >,
): Promise<number> {
  const { key, owner, backup, ...columns } = given;
  const row = await db
    .insertInto('key_results')
    .values({
      workspace_id: workspaceId,
      objective_id: objectiveId,
      key,
      title: key,
      owner_id: owner?.id ?? null,
      backup_id: backup?.id ?? null,
      type: 'number',
      unit: null,
      direction: 'up',
      start_value: 0,
      target_value: 100,
      current_value: 0,
      commitment: 'committed',
      position: 0,
      ...columns,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** A cadence that is next due at `nextDueAt`, an ISO instant. */
export async function insertCadence(
  db: Database,
  workspaceId: string,
  given: {
    key: string;
    channelId: number;
    nextDueAt: string | null;
    schedule?: string;
    timezone?: string;
    ritual?: string;
    cycle?: string;
    catchUp?: string;
    nudgeAfter?: string;
    closeAfter?: string;
    onHoliday?: OnHoliday;
    startsOn?: string;
    createdBy?: number;
    tzVersion?: string;
    state?: 'active' | 'paused' | 'ended';
    teamIds?: number[];
  },
): Promise<number> {
  const { key, channelId, nextDueAt, schedule = '0 9 * * MON', teamIds = [] } = given;
  const { id } = await db
    .insertInto('cadences')
    .values({
      workspace_id: workspaceId,
      key,
      ritual: given.ritual ?? 'okr-check-in',
      channel_id: channelId,
      schedule,
      timezone: given.timezone ?? 'UTC',
      period: periodOfSchedule(schedule),
      cycle: given.cycle ?? 'current',
      nudge_after: given.nudgeAfter ?? null,
      close_after: given.closeAfter ?? null,
      starts_on: given.startsOn ?? null,
      ...(given.onHoliday === undefined ? {} : { on_holiday: given.onHoliday }),
      created_by: given.createdBy ?? null,
      tz_version: given.tzVersion ?? null,
      catch_up: given.catchUp ?? 'PT12H',
      state: given.state ?? 'active',
      next_due_at: nextDueAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (teamIds.length > 0) {
    await db
      .insertInto('cadence_teams')
      .values(teamIds.map((team) => ({ workspace_id: workspaceId, cadence_id: id, team_id: team })))
      .execute();
  }
  return id;
}

export function periodOfSchedule(schedule: string) {
  const read = parseSchedule(schedule);
  return read.ok ? periodOf(read.value) : 'slot';
}

/** What was recorded in a workspace, oldest first. */
export async function listEvents(
  db: Database,
  workspaceId: string,
): Promise<{ type: string; actorId: number | null; subjectId: number; before: unknown; after: unknown }[]> {
  return await db
    .selectFrom('events')
    .select(['type', 'actor_id as actorId', 'subject_id as subjectId', 'before', 'after'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** What somebody shall be told, oldest first. */
export async function listMessages(db: Database, workspaceId: string) {
  return await db
    .selectFrom('messages as m')
    .innerJoin('deliveries as d', 'd.message_id', 'm.id')
    .select([
      'm.id',
      'm.dedupe_key as dedupeKey',
      'm.to_person_id as personId',
      'm.to_channel_id as channelId',
      'm.thread_of as threadOf',
      'm.text',
      'm.blocks',
      'm.revision',
      'd.state',
      'd.due_at as dueAt',
    ])
    .where('m.workspace_id', '=', workspaceId)
    .orderBy('m.id')
    .execute();
}

/** A log that is kept instead of written, to read what an operator would have been told. */
export function keptLog(): { log: Log; lines: { level: number; msg: string; [key: string]: unknown }[] } {
  const lines: { level: number; msg: string }[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: createLog('debug', [], stream), lines };
}
