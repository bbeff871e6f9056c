import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Handoff, Waiting } from './core/handoff.ts';
import { handoffs } from './store.ts';

/** What waits for a person's answer, or for the answer of others to them: the oldest, and how many in all. */
export async function listWaitingOf(
  db: Database,
  workspaceId: string,
  personId: number,
  whose: 'for-them' | 'for-others',
  limit: number,
): Promise<Waiting> {
  // An offer waits for its receiver; a wish, and a brief that shall change, for the sender.
  const awaited = sql`case h.state when 'offered' then h.to_id
    else case h.kind when 'assign' then h.by_id else h.from_id end end`;
  const other = sql`case h.state when 'offered' then case h.kind when 'assign' then h.by_id else h.from_id end
    else h.to_id end`;
  const query = handoffs(db, workspaceId)
    .where('h.state', 'in', ['asked', 'offered', 'changes-suggested'])
    // Spelled out for the indexes on the parties.
    .where((eb) =>
      eb.or([eb('h.to_id', '=', personId), eb('h.from_id', '=', personId), eb('h.by_id', '=', personId)]),
    )
    .where(sql<boolean>`${whose === 'for-them' ? awaited : other} = ${personId}`);
  return await counted(query, limit);
}

/** Loans that somebody has, or that are of rocks that they own. */
export async function listLoansOf(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<Waiting> {
  const query = handoffs(db, workspaceId)
    .where('h.kind', '=', 'lend')
    .where('h.state', '=', 'accepted')
    .where(
      sql<boolean>`(h.to_id = ${personId} or exists (select from stints s
        where s.rock_id = h.rock_id and s.ended_at is null and s.person_id = ${personId}))`,
    );
  return await counted(query, limit);
}

/** What is not decided between somebody and others, and what they have on loan, in the order of the rocks' ids. */
export async function listUndecidedOf(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<Handoff[]> {
  return await handoffs(db, workspaceId)
    .where((eb) =>
      eb.or([eb('h.to_id', '=', personId), eb('h.from_id', '=', personId), eb('h.by_id', '=', personId)]),
    )
    .where((eb) =>
      eb.or([
        eb('h.state', 'in', ['asked', 'offered', 'changes-suggested']),
        eb.and([eb('h.kind', '=', 'lend'), eb('h.state', '=', 'accepted'), eb('h.to_id', '=', personId)]),
      ]),
    )
    .orderBy('h.rock_id')
    .orderBy('h.id')
    .execute();
}

/** Handoffs in which a person still helps, or is still helped. */
export async function listOverlapsOf(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<Waiting> {
  const query = handoffs(db, workspaceId)
    .where('h.state', '=', 'overlap')
    .where('h.from_id', 'is not', null)
    .where((eb) => eb.or([eb('h.to_id', '=', personId), eb('h.from_id', '=', personId)]))
    .where(sql<boolean>`h.overlap_until > company_now(w)`);
  return await counted(query, limit);
}

async function counted(query: ReturnType<typeof handoffs>, limit: number): Promise<Waiting> {
  const rows = await query
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('h.offered_at')
    .orderBy('h.id')
    .limit(limit)
    .execute();
  return { handoffs: rows.map(({ total: _, ...handoff }) => handoff), total: rows[0]?.total ?? 0 };
}
