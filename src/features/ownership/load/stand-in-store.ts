import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { PersonRef } from '../core/rock.ts';
import { personRef } from '../lookup-sql.ts';
import type { Backups } from './core/stand-in.ts';
import { carried } from './load-store.ts';

/** What a person carries, by name, with who stands in for each, in order, and when they are away from a day on. */
export async function listBackups(
  db: Database,
  workspaceId: string,
  personId: number,
  since: Temporal.PlainDate,
): Promise<Backups[]> {
  type Json = { person: PersonRef; absences: { from: string; until: string }[] | null };
  const { rows } = await sql<{ rock: Backups['rock']; backups: Json[] | null }>`
    select json_build_object('id', r.id, 'key', r.key, 'name', r.name) as rock,
      (select json_agg(json_build_object('person', json_build_object(${sql.raw(personRef)}), 'absences', (
          select json_agg(json_build_object('from', a.starts_on, 'until', a.ends_on)) from absences a
          where a.person_id = p.id and a.ends_on >= ${since.toString()}::date)) order by b.position)
        from rock_backups b join people p on p.id = b.person_id
        where b.rock_id = r.id and p.id <> ${personId} and p.kind = 'member' and p.deactivated_at is null) as backups
    from (${carried(workspaceId, [personId])}) c
    join rocks r on r.id = c.rock_id and r.state = 'active'
    order by r.name, r.id`.execute(db);
  return rows.map(({ rock, backups }) => ({
    rock,
    backups: (backups ?? []).map(({ person, absences }) => ({
      person,
      absences: (absences ?? []).map(({ from, until }) => ({
        from: Temporal.PlainDate.from(from),
        until: Temporal.PlainDate.from(until),
      })),
    })),
  }));
}

/** Everybody who stands in for a rock that a person owns: their Homes say until when its owner is away. */
export async function listBackupsOfOwner(
  db: Database,
  workspaceId: string,
  ownerId: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('stints as s')
    .innerJoin('rock_backups as b', 'b.rock_id', 's.rock_id')
    .select('b.person_id as id')
    .distinct()
    .where('s.workspace_id', '=', workspaceId)
    .where('s.person_id', '=', ownerId)
    .where('s.ended_at', 'is', null)
    .orderBy('b.person_id')
    .execute();
  return rows.map(({ id }) => id);
}
