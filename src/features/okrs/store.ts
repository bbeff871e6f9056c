import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Owed } from './core/owed.ts';

function keyResults(db: Database, workspaceId: string) {
  return db
    .selectFrom('key_results as k')
    .innerJoin('objectives as o', 'o.id', 'k.objective_id')
    .innerJoin('cycles as y', 'y.id', 'o.cycle_id')
    .leftJoin('teams as t', 't.id', 'o.team_id')
    .leftJoin('people as p', 'p.id', 'k.owner_id')
    .where('k.workspace_id', '=', workspaceId)
    .select([
      'k.id',
      'k.key',
      'k.title',
      'o.title as objective',
      'k.unit',
      'k.type',
      'k.direction',
      'k.start_value as start',
      'k.target_value as target',
      'k.current_value as current',
      sql<Owed['owner']>`case when p.id is not null
        then json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name) end`.as('owner'),
      'k.backup_id as backupId',
      'k.commitment',
      'o.id as objectiveId',
      'o.team_id as teamId',
      sql<number | null>`coalesce(o.reviewer_id, t.lead_id)`.as('reviewerId'),
      'k.state',
      'y.key as cycleKey',
      'y.state as cycleState',
      'y.starts_on as startsOn',
      'y.ends_on as endsOn',
      'k.due_on as dueOn',
      'k.first_due_on as firstDueOn',
      'k.slips',
      'k.confidence',
      'k.health_overruled as healthOverruled',
      'k.health_words as healthWords',
      sql<boolean>`k.outdated_since is not null`.as('isOutdated'),
    ])
    .orderBy('o.position')
    .orderBy('o.id')
    .orderBy('k.position')
    .orderBy('k.id');
}

/** Whose cycle: the one that `on` lies in for `current`, else the one of that key. */
export type CycleChoice = { cycle: string; on: Temporal.PlainDate };

function inCycle({ cycle, on }: CycleChoice) {
  return cycle === 'current'
    ? sql<boolean>`${on.toString()}::date between y.starts_on and y.ends_on`
    : sql<boolean>`y.key = ${cycle}`;
}

/**
 * The key results of each cadence's teams, or of the teams whose home is its channel where it names none; one that two of
 * the cadences ask about comes for each.
 */
export async function listKeyResultsOfCadences(
  db: Database,
  workspaceId: string,
  choices: readonly (CycleChoice & { cadenceId: number })[],
): Promise<(Owed & { cadenceId: number })[]> {
  const given = JSON.stringify(
    choices.map(({ cadenceId, cycle, on }) => ({ cadence: cadenceId, cycle, day: on })),
  );
  const asked = sql<{ cadence_id: number; team_id: number; cycle: string; day: string }>`(
    select c.id as cadence_id, coalesce(ct.team_id, t.id) as team_id, g.cycle, g.day
    from json_to_recordset(${given}::json) as g (cadence bigint, cycle text, day date)
    join cadences c on c.id = g.cadence
    left join cadence_teams ct on ct.cadence_id = c.id
    left join teams t on t.channel_id = c.channel_id and ct.team_id is null)`.as('asked');
  return await keyResults(db, workspaceId)
    .innerJoin(asked, 'asked.team_id', 'o.team_id')
    .where('k.state', '=', 'active')
    .where('y.state', '=', 'active')
    .where(
      sql<boolean>`case when asked.cycle = 'current' then asked.day between y.starts_on and y.ends_on
        else y.key = asked.cycle end`,
    )
    .select('asked.cadence_id as cadenceId')
    .execute();
}

/** What one person owns in a cycle. */
export async function listKeyResultsOfOwner(
  db: Database,
  workspaceId: string,
  ownerId: number,
  choice: CycleChoice,
): Promise<Owed[]> {
  return await keyResults(db, workspaceId)
    .where(inCycle(choice))
    .where('k.owner_id', '=', ownerId)
    .where('k.state', '<>', 'dropped')
    .execute();
}

/** Key results by id, in the order of the objectives; one that is gone is left out. */
export async function getKeyResults(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<Owed[]> {
  if (ids.length === 0) return [];
  return await keyResults(db, workspaceId).where('k.id', 'in', ids).execute();
}

/** The key results of objectives, of one owner where that is said; those that were dropped come last. */
export async function listOwed(
  db: Database,
  workspaceId: string,
  { objectiveIds, ownerId }: { objectiveIds: readonly number[]; ownerId: number | null },
): Promise<(Owed & { score: number | null; gradeWords: string | null })[]> {
  if (objectiveIds.length === 0) return [];
  return await keyResults(db, workspaceId)
    .select(['k.score', 'k.grade_words as gradeWords'])
    // One parameter however many they are, so that it is one statement to the database.
    .where(sql<boolean>`k.objective_id = any(${objectiveIds}::bigint[])`)
    .$if(ownerId !== null, (query) =>
      query.where((eb) => eb.or([eb('k.owner_id', '=', ownerId), eb('o.owner_id', '=', ownerId)])),
    )
    .execute();
}
