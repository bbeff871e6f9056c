import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';

/** A Home that this process alone may publish now. */
export type ClaimedHome = {
  personId: number;
  page: number;
  /** What is published is at least this new. */
  revision: number;
  /** A digest of what Slack shows; null: whatever it is, it is published. */
  shown: string | null;
  leasedUntil: Temporal.Instant;
};

/** How long a claim is this process's alone, in seconds: reading and publishing take a few. Machine time. */
const leaseSeconds = 30;

/** Somebody looks at their Home, from its first page on. It is published even if nothing has changed. */
export async function keepOpened(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  await sql`
    insert into homes (workspace_id, person_id) values (${workspaceId}, ${personId})
    on conflict (workspace_id, person_id) do update set
      page = 1, shown = null, not_before = null, wanted_revision = homes.wanted_revision + 1`.execute(tx);
}

/** Another page shall be shown. */
export async function savePage(tx: Tx, workspaceId: string, personId: number, page: number): Promise<void> {
  await tx
    .updateTable('homes')
    .set((eb) => ({ page, wanted_revision: eb('wanted_revision', '+', 1) }))
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .execute();
}

/** Claims one person's Home, if it shall read differently and nobody else is about to publish it. */
export async function claimHome(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<ClaimedHome | undefined> {
  return (await claim(db, workspaceId, personId, 1))[0];
}

/** Claims Homes that shall read differently, at most `limit` of them. */
export async function claimStale(db: Database, workspaceId: string, limit: number): Promise<ClaimedHome[]> {
  return await claim(db, workspaceId, null, limit);
}

async function claim(
  db: Database,
  workspaceId: string,
  personId: number | null,
  limit: number,
): Promise<ClaimedHome[]> {
  const { rows } = await sql<ClaimedHome>`
    with due as (
      select workspace_id, person_id from homes
      where workspace_id = ${workspaceId} and shown_revision < wanted_revision
        and (${personId}::bigint is null or person_id = ${personId})
        and (leased_until is null or leased_until < now())
        and (not_before is null or not_before <= now())
      limit ${limit}
      for update skip locked
    )
    update homes set leased_until = now() + make_interval(secs => ${leaseSeconds})
    from due where homes.workspace_id = due.workspace_id and homes.person_id = due.person_id
    returning homes.person_id as "personId", homes.page, homes.wanted_revision as revision, homes.shown,
      homes.leased_until as "leasedUntil"`.execute(db);
  return rows;
}

/** Gives a claim back: the Home shows `shown`, unless somebody wanted it to change meanwhile. */
export async function settleHome(
  db: Database,
  workspaceId: string,
  home: ClaimedHome,
  shown: string | null,
): Promise<void> {
  await claimed(db, workspaceId, home)
    .set({ shown, shown_revision: home.revision, leased_until: null, not_before: null })
    .execute();
}

/** Gives a claim back unpublished, to be tried again after the pause. */
export async function postponeHome(
  db: Database,
  workspaceId: string,
  home: ClaimedHome,
  pauseMs: number,
): Promise<void> {
  await claimed(db, workspaceId, home)
    .set({ leased_until: null, not_before: sql<string>`now() + make_interval(secs => ${pauseMs / 1000})` })
    .execute();
}

/** The Home while the claim lasts: whoever claimed it after this process was late knows better what it shows. */
function claimed(db: Database, workspaceId: string, { personId, leasedUntil }: ClaimedHome) {
  return db
    .updateTable('homes')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('leased_until', '=', sql<Temporal.Instant>`${leasedUntil.toString()}::timestamptz`);
}
