import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Askable } from '../../../cadence/core/asking.ts';
import type { Database } from '../../../platform/db/database.ts';

/** Those of these people who can be asked in Slack, with when they are away from today on, by name. */
export async function listAskable(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<(Askable & { slackId: string; name: string })[]> {
  const { rows } = await sql<
    Omit<Askable, 'absences'> & {
      slackId: string;
      name: string;
      absences: { from: string; to: string }[];
    }
  >`
    select p.id, p.slack_id as "slackId", p.name, coalesce(p.timezone, w.timezone) as timezone,
      p.working_days as "workingDays",
      coalesce((select json_agg(json_build_object('from', a.starts_on, 'to', a.ends_on)) from absences a
        where a.person_id = p.id and a.ends_on >= company_now(w)::date - 1), '[]') as absences
    from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[]) and p.slack_id is not null
    order by p.name, p.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    absences: row.absences.map(({ from, to }) => ({
      from: Temporal.PlainDate.from(from),
      to: Temporal.PlainDate.from(to),
    })),
  }));
}
