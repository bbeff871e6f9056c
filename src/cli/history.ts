import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { readNaming } from '../features/people/export.ts';
import type { Database } from '../platform/db/database.ts';

const batch = 5_000;

type EventRow = {
  id: number;
  at: Temporal.Instant;
  actor: 'person' | 'clock' | 'operator';
  by: number | null;
  type: string;
  kind: string;
  subject: number;
  before: unknown;
  after: unknown;
};
type Name = (id: number) => string | undefined;
type Names = Readonly<Record<string, Name>>;

/** Which fields of an event hold whose number; everything else stays as it was recorded. */
const holders: Readonly<Record<string, string>> = {
  ...of('person', 'owner', 'from', 'to', 'by', 'person', 'lead', 'carrier', 'backup', 'reviewer', 'receiver'),
  ...of(
    'person',
    'owner_id',
    'backup_id',
    'lead_id',
    'reviewer_id',
    'person_id',
    'backups',
    'viewers',
    'members',
    'driver',
    'driverId',
    'approverId',
    'contributorIds',
    'informedIds',
    'viewerIds',
  ),
  ...of('team', 'team', 'team_id', 'teamId', 'teams', 'needs'),
  ...of('person', 'editors'),
  ...of(
    'channel',
    'channels',
    'channel',
    'channel_id',
    'product_operations_channel_id',
    'leaders_channel_id',
  ),
  ...of('rock', 'rock', 'rock_id', 'successor', 'into', 'splitFrom'),
  ...of('objective', 'objective_id'),
  ...of('cycle', 'cycle_id'),
  ...of('line', 'line_id'),
  ...of('roadmap-item', 'item_id'),
  ...of('account', 'account'),
};

/**
 * Every event of a workspace as a line of JSON, the oldest first, in batches. People, teams, channels and rocks are named
 * as the export names them; a number that is nobody's any more stays one.
 */
export async function* historyLines(db: Database, workspaceId: string): AsyncGenerator<string[]> {
  const names = await readNames(db, workspaceId);
  for (let after = 0; ; ) {
    const rows = await readEvents(db, workspaceId, after);
    yield rows.map((row) => lineOf(row, names));
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) return;
    after = last.id;
  }
}

function lineOf({ at, actor, by, type, kind, subject, before, after }: EventRow, names: Names): string {
  return JSON.stringify({
    at: at.toString(),
    actor,
    ...(by === null ? {} : { by: names['person']?.(by) ?? by }),
    type,
    subject: { kind, key: names[kind]?.(subject) ?? subject },
    ...(before === null ? {} : { before: named(before, '', names) }),
    ...(after === null ? {} : { after: named(after, '', names) }),
  });
}

function named(value: unknown, field: string, names: Names): unknown {
  if (Array.isArray(value)) return value.map((item) => named(item, field, names));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, named(inner, name, names)]),
    );
  }
  const holder = Object.hasOwn(holders, field) ? holders[field] : undefined;
  if (typeof value !== 'number' || holder === undefined) return value;
  return names[holder]?.(value) ?? value;
}

async function readEvents(db: Database, workspaceId: string, after: number): Promise<EventRow[]> {
  return await db
    .selectFrom('events')
    .select(['id', 'at', 'actor', 'actor_id as by', 'type', 'subject_kind as kind', 'subject_id as subject'])
    .select(['before', 'after'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(batch)
    .execute();
}

async function readNames(db: Database, workspaceId: string): Promise<Names> {
  const naming = await readNaming(db, workspaceId);
  const tables = { rock: 'rocks', team: 'teams', objective: 'objectives', cycle: 'cycles' } as const;
  const more = {
    'key-result': 'key_results',
    cadence: 'cadences',
    line: 'strategy_lines',
    'playbook-page': 'playbook_pages',
    'roadmap-item': 'roadmap_items',
    account: 'accounts',
  } as const;
  const names: Record<string, Name> = { person: (id) => naming.person(id) };
  for (const [kind, table] of Object.entries({ ...tables, ...more })) {
    const { rows } = await sql<{ id: number; key: string }>`
      select id, key from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(db);
    const keys = new Map(rows.map(({ id, key }) => [id, key]));
    names[kind] = (id) => keys.get(id);
  }
  const channels = await db
    .selectFrom('channels')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const byId = new Map(channels.map(({ id, name }) => [id, `#${name}`]));
  names['channel'] = (id) => byId.get(id);
  return names;
}

function of(holder: string, ...fields: string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, holder]));
}
