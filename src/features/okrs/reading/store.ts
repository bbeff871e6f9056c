import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import { listOwed } from '../store.ts';
import type { TargetChange } from './core/page.ts';
import type { PersonRef, ShownKeyResult, ShownObjective } from './core/shown.ts';

/** What is shown: of which cycles (null: those that are current on the day), and of whom. */
export type Wanted = {
  cycle: string | null;
  on: Temporal.PlainDate;
  ownerId?: number;
  teamId?: number;
  objectiveId?: number;
  keyResultId?: number;
};

type Row = Omit<ShownObjective, 'keyResults' | 'line'>;

/** The objectives that somebody sees, with their key results, in the order in which people keep them; two statements. */
export async function listShown(
  db: Database,
  workspaceId: string,
  viewerId: number,
  wanted: Wanted,
): Promise<Omit<ShownObjective, 'line'>[]> {
  const person = (of: string): RawBuilder<PersonRef | null> =>
    sql`case when ${sql.ref(`${of}.id`)} is not null then json_build_object('id', ${sql.ref(`${of}.id`)},
      'slackId', ${sql.ref(`${of}.slack_id`)}, 'name', ${sql.ref(`${of}.name`)}) end`;
  const { rows } = await sql<Row>`
    select o.id, o.key, o.title, o.state, ${person('p')} as owner, ${person('r')} as reviewer,
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as team,
      y.key as "cycleKey", y.state as "cycleState", o.supports_id as "supportsId",
      array(select n.name from objective_needs x join teams n on n.id = x.team_id
        where x.objective_id = o.id order by n.name) as needs
    from objectives o
    join cycles y on y.id = o.cycle_id
    left join teams t on t.id = o.team_id
    left join people p on p.id = o.owner_id
    left join people r on r.id = coalesce(o.reviewer_id, t.lead_id)
    where o.workspace_id = ${workspaceId} and ${conditions(wanted)} and sees_objective(o, ${viewerId})
    order by y.starts_on, y.key, o.position, o.id`.execute(db);
  const keyResults = await listOwed(db, workspaceId, {
    objectiveIds: rows.map(({ id }) => id),
    ownerId: wanted.ownerId ?? null,
  });
  const byObjective = Map.groupBy<number, ShownKeyResult>(keyResults, ({ objectiveId }) => objectiveId);
  return rows.map((row) => ({ ...row, keyResults: byObjective.get(row.id) ?? [] }));
}

function conditions({ cycle, on, ownerId, teamId, objectiveId, keyResultId }: Wanted): RawBuilder<boolean> {
  if (objectiveId !== undefined) return sql`o.id = ${objectiveId}`;
  if (keyResultId !== undefined)
    return sql`o.id = (select objective_id from key_results where id = ${keyResultId})`;
  const inCycle =
    cycle === null
      ? sql`${on.toString()}::date between y.starts_on and y.ends_on and y.state <> 'draft'`
      : sql`lower(y.key) = lower(${cycle})`;
  const parts = [
    inCycle,
    // What was dropped is found by its key alone.
    sql`o.state <> 'dropped'`,
    ...(ownerId === undefined
      ? []
      : [
          sql`(o.owner_id = ${ownerId} or exists (select from key_results k
            where k.objective_id = o.id and k.owner_id = ${ownerId} and k.state <> 'dropped'))`,
        ]),
    ...(teamId === undefined ? [] : [sql`o.team_id = ${teamId}`]),
  ];
  return sql`${sql.join(parts, sql` and `)}`;
}

/** The keys of the workspace's cycles, the latest first. */
export async function listCycleKeys(db: Database, workspaceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cycles')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .orderBy('starts_on', 'desc')
    .execute();
  return rows.map(({ key }) => key);
}

/** The cycle in which a day lies, where it is a draft still: the shortest of them. */
export async function findDraftKey(
  db: Database,
  workspaceId: string,
  on: Temporal.PlainDate,
): Promise<string | null> {
  const row = await db
    .selectFrom('cycles')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'draft')
    .where(sql<boolean>`${on.toString()}::date between starts_on and ends_on`)
    .orderBy(sql`ends_on - starts_on`)
    .limit(1)
    .executeTakeFirst();
  return row?.key ?? null;
}

/** A team by its key or name, of those that there are. */
export async function findTeam(
  db: Database,
  workspaceId: string,
  text: string,
): Promise<{ id: number; name: string } | undefined> {
  return await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where((eb) =>
      eb.or([
        eb(eb.fn('lower', ['key']), '=', text.toLowerCase()),
        eb(eb.fn('lower', ['name']), '=', text.toLowerCase()),
      ]),
    )
    .orderBy('id')
    .executeTakeFirst();
}

/** The key result that one was carried over from, if the viewer sees it. */
export async function findCarriedFrom(
  db: Database,
  keyResultId: number,
  viewerId: number,
): Promise<{ key: string; cycleKey: string } | null> {
  const { rows } = await sql<{ key: string; cycleKey: string }>`
    select b.key, y.key as "cycleKey"
    from key_results k
    join key_results b on b.id = k.carried_from_id
    join objectives o on o.id = b.objective_id
    join cycles y on y.id = o.cycle_id
    where k.id = ${keyResultId} and sees_objective(o, ${viewerId})`.execute(db);
  return rows[0] ?? null;
}

/** How the target of a key result has changed, the latest first. */
export async function listTargetChanges(db: Database, keyResultId: number): Promise<TargetChange[]> {
  return await db
    .selectFrom('target_changes')
    .select(['changed_at as at', 'old_target as from', 'new_target as to', 'reason'])
    .where('key_result_id', '=', keyResultId)
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(5)
    .execute();
}
