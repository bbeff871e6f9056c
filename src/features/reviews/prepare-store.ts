import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';

export type Coming = {
  cadenceId: number;
  ritual: string;
  dueAt: Temporal.Instant;
  timezone: string;
  cycle: string;
  channel: { slackId: string | null; name: string };
};

/** Cadences of these rituals, or of pages of the company's own, that come before a moment and for which nobody was asked yet. */
export async function listComing(
  db: Database,
  workspaceId: string,
  given: { rituals: readonly string[]; before: Temporal.Instant; lock?: boolean },
): Promise<Coming[]> {
  const lock = given.lock === true ? sql`for update of c skip locked` : sql``;
  const { rows } = await sql<Coming>`
    select c.id as "cadenceId", c.ritual, c.next_due_at as "dueAt", c.timezone, c.cycle,
      json_build_object('slackId', h.slack_id, 'name', h.name) as channel
    from cadences c join channels h on h.id = c.channel_id
    where c.workspace_id = ${workspaceId} and c.state = 'active' and c.next_due_at < ${given.before.toString()}::timestamptz
      and (c.ritual = any(${[...given.rituals]}::text[])
        or exists (select from playbook_pages p where p.workspace_id = c.workspace_id and p.key = c.ritual))
      and not exists (select from review_preparations r where r.cadence_id = c.id and r.due_at = c.next_due_at)
    order by c.next_due_at, c.id ${lock}`.execute(db);
  return rows;
}

export async function insertPreparation(
  tx: Tx,
  workspaceId: string,
  { cadenceId, dueAt }: Pick<Coming, 'cadenceId' | 'dueAt'>,
  asked: number,
): Promise<void> {
  await tx
    .insertInto('review_preparations')
    .values({ workspace_id: workspaceId, cadence_id: cadenceId, due_at: dueAt.toString(), asked })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
