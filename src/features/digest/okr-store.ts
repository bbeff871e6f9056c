import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { DigestKeyResult } from './core/okr-lines.ts';

/** The key results of the cycles that go on at a day, of objectives that everybody may see. */
export async function listKeyResults(
  db: Database,
  workspaceId: string,
  { on, since }: { on: Temporal.PlainDate; since: Temporal.Instant },
): Promise<DigestKeyResult[]> {
  const { rows } = await sql<
    Omit<DigestKeyResult, 'startsOn' | 'endsOn'> & {
      startsOn: Temporal.PlainDate;
      endsOn: Temporal.PlainDate;
    }
  >`
    select k.id, k.title, k.type, k.direction, k.start_value as start, k.target_value as target,
      k.current_value as current, k.objective_id as "objectiveId", k.commitment, k.confidence,
      k.health_overruled as "healthOverruled", k.outdated_since is not null as "isOutdated",
      y.starts_on as "startsOn", y.ends_on as "endsOn",
      case when p.id is not null then json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name) end as owner,
      case when a.id is not null then json_build_object('words', coalesce(a.words, k.health_words),
        'by', json_build_object('id', q.id, 'slackId', q.slack_id, 'name', q.name)) end as last,
      b.confidence as "confidenceBefore"
    from key_results k
    join objectives o on o.id = k.objective_id
    join cycles y on y.id = o.cycle_id
    left join people p on p.id = k.owner_id
    left join lateral (select c.id, c.words, c.person_id from check_ins c where c.key_result_id = k.id
      order by c.answered_at desc, c.id desc limit 1) a on true
    left join people q on q.id = a.person_id
    left join lateral (select c.confidence from check_ins c
      where c.key_result_id = k.id and c.answered_at < ${since.toString()}::timestamptz
      order by c.answered_at desc, c.id desc limit 1) b on true
    where k.workspace_id = ${workspaceId} and k.state = 'active' and o.state = 'active'
      and o.visibility = 'workspace' and y.state = 'active'
      and ${on.toString()}::date between y.starts_on and y.ends_on
    order by o.position, o.id, k.position, k.id`.execute(db);
  return rows;
}

/** The intents of the strategy in force with the lines below each, and its version; null: nothing is published. */
export async function findStrategy(
  db: Database,
  workspaceId: string,
): Promise<{
  version: { number: number; publishedAt: Temporal.Instant } | null;
  lines: { id: number; title: string; parentId: number | null }[];
}> {
  const version = await db
    .selectFrom('strategy_versions')
    .select(['number', 'published_at as publishedAt'])
    .where('workspace_id', '=', workspaceId)
    .where('number', 'is not', null)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const lines = await db
    .selectFrom('strategy_in_force')
    .select(['id', 'title', 'parent_id as parentId'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('rank')
    .orderBy('id')
    .execute();
  const { number = null, publishedAt = null } = version ?? {};
  return { version: number === null || publishedAt === null ? null : { number, publishedAt }, lines };
}
