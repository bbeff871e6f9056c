import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Occurrence } from '../../../src/cadence/ritual.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { LineSource } from '../../../src/features/reviews/core/line.ts';
import { openReview } from '../../../src/features/reviews/opening-operations.ts';
import { readAgenda } from '../../../src/features/reviews/reading.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertObjective,
  insertTeam,
  instant,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** A company in November, whose roadmap review of the third of December looks back to the fifth of November. */
let database: TestDatabase;
export let db: Database;
export let replica: Database;
export let workspaceId: string;
export let ana: Actor;
export let ben: Actor;
export let chi: Actor;
export let teamId: number;
export let otherTeamId: number;
export let cadenceId: number;
export let channelId: number;
export let cycleId: number;
export let objectiveId: number;

export const since = instant('2026-11-05T13:00:00Z');
export const dueAt = instant('2026-12-03T13:00:00Z');
export const before = '2026-11-02T09:00:00Z';
export const after = '2026-11-20T09:00:00Z';

export function testInCompany(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ db } = database);
    replica = openDatabase(database.url);
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { timezone: 'UTC' });
    await setClock(db, workspaceId, dueAt.toString());
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    teamId = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
    otherTeamId = await insertTeam(db, workspaceId, { key: 'risk', name: 'Risk' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', otherTeamId).execute();
    channelId = (await insertChannel(db, workspaceId, 'leads')).id;
    cycleId = await insertCycle(db, workspaceId, {
      key: '2026-Q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
    cadenceId = await newCadence([]);
    await heldOn(since.toString());
  });
  afterAll(async () => {
    await replica.destroy();
    await database.close();
  });
}

export async function newCadence(teamIds: number[], ritual = 'roadmap-review'): Promise<number> {
  return await insertCadence(db, workspaceId, {
    ...{ key: `review-${teamIds.length}-${ritual}`, channelId, ritual, teamIds },
    ...{ schedule: '0 13 * * THU', nextDueAt: dueAt.toString() },
  });
}

/** A review of the cadence that was held then and that somebody closed; gives its occurrence. */
export async function heldOn(iso: string, closedBy: Actor | null = ana): Promise<number> {
  const { id } = await db
    .insertInto('occurrences')
    .values({
      ...{ workspace_id: workspaceId, cadence_id: cadenceId, name: iso.slice(0, 10), covers: null },
      ...{ due_at: iso, planned_at: iso, closed_at: iso, state: 'held', tz_version: 'x', reason: null },
      ...{ by_person_id: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('reviews')
    .values({
      ...{ workspace_id: workspaceId, occurrence_id: id, ritual: 'roadmap-review', name: 'Roadmap review' },
      ...{ looks_back_to: iso, ended_at: iso, ended_by: closedBy?.id ?? null },
      minutes: JSON.stringify({ decided: [], actions: [], deferred: [], untouched: [] }),
    })
    .execute();
  return id;
}

/** What the agenda would have: of one source, or of all that a roadmap review gathers. */
export async function agendaOf(
  sources: readonly LineSource[],
  of = cadenceId,
  points: readonly string[] = [],
) {
  const prospect = {
    workspaceId,
    cadenceId: of,
    local: Temporal.PlainDateTime.from('2026-12-03T13:00'),
    dueAt,
  };
  return await readAgenda(db, prospect, { points, sources });
}

/** The same as title and facts, a line each. */
export async function linesOf(source: LineSource, of = cadenceId): Promise<string[]> {
  return (await agendaOf([source], of)).lines.map(({ title, facts }) => `${title}: ${facts}`);
}

/** A review that begins now, in the channel. */
export async function openNow(ritual = 'roadmap-review', given: Partial<Occurrence> = {}): Promise<number> {
  const { id } = await db
    .insertInto('occurrences')
    .values({
      ...{ workspace_id: workspaceId, cadence_id: cadenceId, name: '2026-12-03', covers: null, reason: null },
      ...{
        due_at: dueAt.toString(),
        planned_at: dueAt.toString(),
        state: 'open',
        tz_version: 'x',
        by_person_id: null,
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const occurrence: Occurrence = {
    ...{ id, workspaceId, cadenceId, channelId, name: '2026-12-03', cycle: 'current', timezone: 'UTC' },
    ...{ local: Temporal.PlainDateTime.from('2026-12-03T13:00'), dueAt, plannedAt: dueAt, lateBy: null },
    ...{ beginsAt: dueAt, isAtMostDaily: true, isByHand: false, closeAt: null, nudgeAfter: null },
    dayOff: () => null,
    ...given,
  };
  await inTransaction(db, async (tx) => openReview(tx, occurrence, ritual));
  return id;
}
