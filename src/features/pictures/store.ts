import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Spec } from './core/spec.ts';

export type Picture = {
  spec: Spec;
  altText: string;
  state: 'wanted' | 'uploaded' | 'given-up';
  fileId: string | null;
  attempts: number;
};

/** Keeps what is to be drawn. Another drawing under the same key takes the place of the one before. */
export async function savePicture(
  tx: Tx,
  { workspaceId, key, spec, altText }: { workspaceId: string; key: string; spec: Spec; altText: string },
): Promise<void> {
  await sql`
    insert into pictures (workspace_id, key, spec, alt_text)
    values (${workspaceId}, ${key}, ${JSON.stringify(spec)}::jsonb, ${altText})
    on conflict (workspace_id, key) do update
      set spec = excluded.spec, alt_text = excluded.alt_text, state = 'wanted', file_id = null, attempts = 0,
        reason = null
      where pictures.spec is distinct from excluded.spec or pictures.state = 'given-up'`.execute(tx);
}

export async function findPicture(
  db: Database,
  workspaceId: string,
  key: string,
): Promise<Picture | undefined> {
  const { rows } = await sql<Picture>`
    select spec, alt_text as "altText", state, file_id as "fileId", attempts
    from pictures where workspace_id = ${workspaceId} and key = ${key}`.execute(db);
  return rows[0];
}

/** Slack has it, if it still is what was drawn. */
export async function saveFile(
  db: Database,
  workspaceId: string,
  key: string,
  { spec, fileId }: { spec: Spec; fileId: string },
): Promise<void> {
  await sql`
    update pictures set state = 'uploaded', file_id = ${fileId}, reason = null
    where workspace_id = ${workspaceId} and key = ${key} and spec = ${JSON.stringify(spec)}::jsonb`.execute(
    db,
  );
}

/** Counts a try that failed; from the `most`-th on it is given up. */
export async function saveFailure(
  db: Database,
  workspaceId: string,
  key: string,
  { reason, most }: { reason: string; most: number },
): Promise<void> {
  await sql`
    update pictures set attempts = attempts + 1, reason = ${reason.slice(0, 500)},
      state = case when attempts + 1 >= ${most} then 'given-up' else state end
    where workspace_id = ${workspaceId} and key = ${key} and state = 'wanted'`.execute(db);
}
