import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Token } from './core/token.ts';

/** Of two who make tokens at once the second waits, and counts the first one's. */
export async function lockTokens(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select id from workspaces where id = ${workspaceId} for no key update`.execute(tx);
}

/** All tokens, those in use first, the latest first. */
export async function listTokens(db: Database, workspaceId: string): Promise<Token[]> {
  const { rows } = await sql<
    Omit<Token, 'revoked'> & { revokedAt: Temporal.Instant | null; revokedBy: Token['madeBy'] }
  >`
    select t.id, t.name, t.hint, t.created_at as "madeAt", t.last_used_at as "lastUsedAt",
      json_build_object('slackId', m.slack_id, 'name', m.name) as "madeBy",
      t.revoked_at as "revokedAt", json_build_object('slackId', r.slack_id, 'name', r.name) as "revokedBy"
    from api_tokens t
    join people m on m.id = t.created_by
    left join people r on r.id = t.revoked_by
    where t.workspace_id = ${workspaceId}
    order by t.revoked_at is not null, coalesce(t.revoked_at, t.created_at) desc, t.id desc`.execute(db);
  return rows.map(({ revokedAt, revokedBy, ...token }) => ({
    ...token,
    revoked: revokedAt === null ? null : { by: revokedBy, at: revokedAt },
  }));
}

export async function insertToken(
  tx: Tx,
  workspaceId: string,
  token: { name: string; digest: string; hint: string; at: Temporal.Instant; byId: number },
): Promise<number> {
  const { id } = await tx
    .insertInto('api_tokens')
    .values({
      workspace_id: workspaceId,
      name: token.name,
      digest: token.digest,
      hint: token.hint,
      created_at: token.at.toString(),
      created_by: token.byId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Revokes a token; undefined: it was revoked before, or is not there. */
export async function markRevoked(
  tx: Tx,
  workspaceId: string,
  tokenId: number,
  { at, byId }: { at: Temporal.Instant; byId: number },
): Promise<{ name: string } | undefined> {
  return await tx
    .updateTable('api_tokens')
    .set({ revoked_at: at.toString(), revoked_by: byId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
}

/** The name of a token, whether it was revoked or not. */
export async function findToken(
  db: Database,
  workspaceId: string,
  tokenId: number,
): Promise<{ name: string } | undefined> {
  return await db
    .selectFrom('api_tokens')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', tokenId)
    .executeTakeFirst();
}

/**
 * Counts a request of the token with this digest, and gives how many there were in its window with this one, and the
 * seconds until that is over. One statement, whose lock on the row makes the count one for all processes. Undefined:
 * no token in use has this digest. The window is machine time, since nobody turns the clock of other tools.
 */
export async function countRequest(
  db: Database,
  workspaceId: string,
  digest: string,
  windowSeconds: number,
): Promise<{ id: number; count: number; secondsLeft: number } | undefined> {
  const length = sql`make_interval(secs => ${windowSeconds})`;
  const isNew = sql`window_began_at is null or window_began_at <= now() - ${length}`;
  const { rows } = await sql<{ id: number; count: number; secondsLeft: number }>`
    update api_tokens set
      window_began_at = case when ${isNew} then now() else window_began_at end,
      window_count = case when ${isNew} then 1 else window_count + 1 end,
      last_used_at = (select company_now(w) from workspaces w where w.id = api_tokens.workspace_id)
    where workspace_id = ${workspaceId} and digest = ${digest} and revoked_at is null
    returning id, window_count as count,
      greatest(1, ceil(extract(epoch from window_began_at + ${length} - now())))::int as "secondsLeft"`.execute(
    db,
  );
  return rows[0];
}

/** Whether a token with this digest was there once. */
export async function wasRevoked(db: Database, workspaceId: string, digest: string): Promise<boolean> {
  const row = await db
    .selectFrom('api_tokens')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('digest', '=', digest)
    .where('revoked_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
