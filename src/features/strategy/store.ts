import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { LineKind, Strategy } from './core/strategy.ts';
import type { Version } from './core/version.ts';

type VersionRow = Omit<Version, 'strategy'> & Strategy;

const named = sql.raw(`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name)`);

async function selectVersions(db: Database, which: RawBuilder<unknown>): Promise<Version[]> {
  const { rows } = await sql<VersionRow>`
    select v.id, v.number, v.vision, v.changed_at as "changedAt", v.published_at as "publishedAt",
      (select ${named} from people p where p.id = v.published_by) as "publishedBy",
      coalesce((select json_agg(json_build_object(
          'id', l.id, 'key', l.key, 'kind', l.kind, 'title', w.title, 'parentId', w.parent_id, 'rank', w.rank,
          'owner', (select ${named} from people p where p.id = w.owner_id), 'measure', w.measure,
          'horizon', w.horizon, 'notDoing', w.not_doing, 'problem', w.problem, 'metric', w.metric)
          order by w.rank, l.key collate "C")
        from strategy_wordings w join strategy_lines l on l.id = w.line_id where w.version_id = v.id), '[]') as lines
    from strategy_versions v where ${which}`.execute(db);
  return rows.map(({ vision, lines, ...version }) => ({ ...version, strategy: { vision, lines } }));
}

/** The version in force: the latest that was published. */
export async function findInForce(db: Database, workspaceId: string): Promise<Version | undefined> {
  const [version] = await selectVersions(
    db,
    sql`v.workspace_id = ${workspaceId} and v.number is not null order by v.number desc limit 1`,
  );
  return version;
}

export async function findDraft(db: Database, workspaceId: string): Promise<Version | undefined> {
  const [version] = await selectVersions(db, sql`v.workspace_id = ${workspaceId} and v.number is null`);
  return version;
}

/** A published version by its id. */
export async function findVersion(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Version | undefined> {
  const [version] = await selectVersions(
    db,
    sql`v.workspace_id = ${workspaceId} and v.id = ${id} and v.number is not null`,
  );
  return version;
}

/** Published versions below a number, the latest first. */
export async function listVersions(
  db: Database,
  workspaceId: string,
  { below, most }: { below: number | null; most: number },
): Promise<Version[]> {
  return await selectVersions(
    db,
    sql`v.workspace_id = ${workspaceId} and v.number is not null
      and (${below}::int is null or v.number < ${below}::int) order by v.number desc limit ${most}`,
  );
}

/** Whoever changes the strategy goes one after the other. */
export async function lockStrategy(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`strategy of ${workspaceId}`}, 0))`.execute(tx);
}

/** Makes a version without lines; `published` null: the draft. Returns its id. */
export async function insertVersion(
  tx: Tx,
  workspaceId: string,
  at: Temporal.Instant,
  published: { number: number } | null,
): Promise<number> {
  const { id } = await tx
    .insertInto('strategy_versions')
    .values({
      workspace_id: workspaceId,
      number: published?.number ?? null,
      vision: null,
      changed_at: at.toString(),
      published_at: published === null ? null : at.toString(),
      published_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Makes the draft the version of that number. */
export async function publishDraft(
  tx: Tx,
  versionId: number,
  published: { number: number; at: Temporal.Instant; byId: number },
): Promise<void> {
  await tx
    .updateTable('strategy_versions')
    .set({ number: published.number, published_at: published.at.toString(), published_by: published.byId })
    .where('id', '=', versionId)
    .execute();
}

/** Keeps what a version says, all of it. */
export async function saveStrategy(
  tx: Tx,
  workspaceId: string,
  versionId: number,
  { vision, lines }: Strategy,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('strategy_versions')
    .set({ vision, changed_at: at.toString() })
    .where('id', '=', versionId)
    .execute();
  await tx.deleteFrom('strategy_wordings').where('version_id', '=', versionId).execute();
  if (lines.length === 0) return;
  await tx
    .insertInto('strategy_wordings')
    .values(
      lines.map((line) => ({
        workspace_id: workspaceId,
        version_id: versionId,
        line_id: line.id,
        parent_id: line.parentId,
        title: line.title,
        rank: line.rank,
        owner_id: line.owner?.id ?? null,
        measure: line.measure,
        horizon: line.horizon,
        not_doing: line.notDoing,
        problem: line.problem,
        metric: line.metric,
      })),
    )
    .execute();
}

/** Gives lines their ids by key; one that was dropped before is the same again. */
export async function insertLines(
  tx: Tx,
  workspaceId: string,
  lines: readonly { key: string; kind: LineKind }[],
): Promise<Map<string, number>> {
  if (lines.length === 0) return new Map();
  const rows = await tx
    .insertInto('strategy_lines')
    .values(lines.map(({ key, kind }) => ({ workspace_id: workspaceId, key, kind })))
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({ key: eb.ref('excluded.key') })),
    )
    .returning(['id', 'key'])
    .execute();
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Every line that there ever was, with whether it is in force. */
export async function listLines(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; key: string; kind: LineKind; isInForce: boolean }[]> {
  return await db
    .selectFrom('strategy_lines as l')
    .leftJoin('strategy_in_force as f', 'f.id', 'l.id')
    .where('l.workspace_id', '=', workspaceId)
    .select((eb) => [
      'l.id',
      'l.key',
      'l.kind',
      eb('f.id', 'is not', null).$castTo<boolean>().as('isInForce'),
    ])
    .execute();
}
