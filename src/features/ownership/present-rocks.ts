import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { dayOf } from '../../platform/db/import-days.ts';
import { type Importing, portions } from '../../platform/db/importing.ts';
import type { RockState as StateName, Visibility } from '../../platform/db/tables.ts';

/** A rock without its owner, as file and database have it in common; references are ids, days of the workspace's zone. */
export type RockState = {
  name: string;
  summary: string | null;
  type: 'area' | 'activity';
  discipline: string | null;
  importance: string | null;
  weight: number;
  team_id: number | null;
  channel_id: number | null;
  /** The line of the strategy in force that it supports. */
  line_id: number | null;
  aliases: string[];
  links: { label: string; url: string }[];
  backups: number[];
  visibility: Visibility;
  /** In order. */
  viewers: number[];
  /** In order of person and discipline. */
  contributors: { person: number; discipline: string }[];
  set_down: { by: number | null; on: string; why: string | null; look_again: string | null } | null;
  /** `into` is a key: a file may name what it adds. */
  retired: { on: string; why: string | null; into: string | null } | null;
};

/** Who carries a rock now. */
export type PresentStint = {
  id: number;
  personId: number;
  began: string;
  beganAt: Temporal.Instant;
  confirmedAt: Temporal.Instant | null;
};

export type PresentRock = {
  id: number;
  state: RockState;
  /** The key of the line that it supports. */
  supports: string | null;
  stint: PresentStint | null;
  /** When somebody before ceased to carry it, the latest; null: nobody did. */
  lastEndedAt: Temporal.Instant | null;
  /** Since when it is set down or retired. */
  standingSince: Temporal.Instant | null;
};

/**
 * The rocks of `keys` that are there, by key. They are locked, as every change of an owner locks its rock, so
 * that a handoff accepted meanwhile waits for the import or is seen by it.
 */
export async function presentRocks(
  { tx, workspaceId, timezone }: Importing,
  keys: readonly string[],
): Promise<Map<string, PresentRock>> {
  const present = new Map<string, PresentRock>();
  const ids: number[] = [];
  for (const portion of portions(keys, 5_000)) {
    const rows = await tx
      .selectFrom('rocks')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('key', 'in', portion)
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  for (const portion of portions(
    ids.sort((a, b) => a - b),
    5_000,
  )) {
    await tx.selectFrom('rocks').select('id').where('id', 'in', portion).orderBy('id').forUpdate().execute();
    const rocks = await readRocks(tx, workspaceId, timezone, portion);
    for (const [key, rock] of rocks) present.set(key, rock);
  }
  return present;
}

/** Rocks as they are, by key: those of `ids`, or all of the workspace. Days are of `timezone`. */
export async function readRocks(
  db: Database,
  workspaceId: string,
  timezone: string,
  ids?: readonly number[],
): Promise<Map<string, PresentRock>> {
  const query = db
    .selectFrom('rocks as r')
    .leftJoin('rocks as successor', 'successor.id', 'r.successor_id')
    .leftJoin('strategy_in_force as line', 'line.id', 'r.line_id')
    .leftJoin('stints as s', (join) => join.onRef('s.rock_id', '=', 'r.id').on('s.ended_at', 'is', null))
    .where('r.workspace_id', '=', workspaceId)
    .select([
      'r.id',
      'r.key',
      'r.name',
      'r.summary',
      'r.type',
      'r.discipline',
      'r.importance',
      'r.weight',
      'r.team_id',
      'r.channel_id',
      'line.id as line_id',
      'line.key as supports',
      sql<string[]>`coalesce((select json_agg(n.name order by n.position) from rock_names n
        where n.rock_id = r.id and n.kind = 'alias'), '[]')`.as('aliases'),
      sql<RockState['links']>`coalesce((select json_agg(json_build_object('label', l.label, 'url', l.url)
        order by l.position) from rock_links l where l.rock_id = r.id), '[]')`.as('links'),
      sql<number[]>`coalesce((select json_agg(b.person_id order by b.position) from rock_backups b
        where b.rock_id = r.id), '[]')`.as('backups'),
      'r.visibility',
      sql<number[]>`coalesce((select json_agg(v.person_id order by v.person_id) from rock_viewers v
        where v.rock_id = r.id), '[]')`.as('viewers'),
      sql<RockState['contributors']>`coalesce((
        select json_agg(json_build_object('person', c.person_id, 'discipline', c.discipline)
          order by c.person_id, c.discipline collate "C") from rock_contributors c
        where c.rock_id = r.id), '[]')`.as('contributors'),
      'r.state',
      'r.set_down_by',
      'r.set_down_at',
      'r.set_down_reason',
      'r.look_again_on',
      'r.retired_at',
      'r.retired_reason',
      'successor.key as successor',
      's.id as stintId',
      's.person_id as personId',
      's.began',
      's.began_at as beganAt',
      's.confirmed_at as confirmedAt',
      sql<Temporal.Instant | null>`(select max(o.ended_at) from stints o where o.rock_id = r.id)`.as(
        'lastEndedAt',
      ),
    ]);
  const rows = await (ids === undefined ? query : query.where('r.id', 'in', ids)).execute();
  const rocks = new Map<string, PresentRock>();
  for (const row of rows) {
    const { id, key, visibility, viewers, contributors, aliases, links, backups } = row;
    const { name, summary, type, discipline, importance, weight, team_id, channel_id, line_id } = row;
    const state: RockState = {
      ...{ name, summary, type, discipline, importance, weight, team_id, channel_id, line_id },
      ...{ aliases, links, backups, visibility, viewers, contributors },
      ...standingOf(row, timezone),
    };
    const { stintId, personId, began, beganAt, confirmedAt, lastEndedAt } = row;
    const stint =
      stintId === null || personId === null || began === null || beganAt === null
        ? null
        : { id: stintId, personId, began, beganAt, confirmedAt };
    rocks.set(key, {
      id,
      state,
      supports: row.supports,
      stint,
      lastEndedAt,
      standingSince: row.set_down_at ?? row.retired_at,
    });
  }
  return rocks;
}

type StandingRow = {
  state: StateName;
  set_down_by: number | null;
  set_down_at: Temporal.Instant | null;
  set_down_reason: string | null;
  look_again_on: Temporal.PlainDate | null;
  retired_at: Temporal.Instant | null;
  retired_reason: string | null;
  successor: string | null;
};

function standingOf(row: StandingRow, timezone: string): Pick<RockState, 'set_down' | 'retired'> {
  const { set_down_at: setDownAt, retired_at: retiredAt } = row;
  return {
    set_down:
      row.state !== 'set-down' || setDownAt === null
        ? null
        : {
            by: row.set_down_by,
            on: dayOf(setDownAt, timezone),
            why: row.set_down_reason,
            look_again: row.look_again_on?.toString() ?? null,
          },
    retired:
      row.state !== 'retired' || retiredAt === null
        ? null
        : { on: dayOf(retiredAt, timezone), why: row.retired_reason, into: row.successor },
  };
}
