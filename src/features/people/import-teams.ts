import { sql } from 'kysely';
import type { Tx } from '../../platform/db/database.ts';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  type Sorted,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { TeamEntry } from './file.ts';

/** The keys of the workspace's teams. */
export async function presentTeams(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx.selectFrom('teams').select('key').where('workspace_id', '=', workspaceId).execute();
  return rows.map((row) => row.key);
}

type TeamState = {
  name: string;
  lead_id: number | null;
  channel_id: number | null;
  /** In order. */
  members: number[];
};
type References = { people: ReadonlyMap<string, number>; channels: ReadonlyMap<string, number> };

/**
 * Adds and changes teams. Returns every team's id by key. The members of a team that has some stay as people made
 * them in Slack, unless the operator overwrites.
 */
export async function importTeams(
  importing: Importing,
  entries: TeamEntry[],
  refer: References,
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { ids, states } = await presentTeamStates(importing);
  const sorted = sortOut<TeamState>(
    new Map(entries.map((entry) => [entry.key, wantedState(entry, states.get(entry.key), refer, importing)])),
    states,
  );
  const { tx, workspaceId } = importing;
  for (const portion of portions([...sorted.added, ...sorted.changed])) {
    const saved = await tx
      .insertInto('teams')
      .values(
        portion.map(({ key, wanted: { members: _members, ...columns } }) => ({
          key,
          ...columns,
          workspace_id: workspaceId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          lead_id: eb.ref('excluded.lead_id'),
          channel_id: eb.ref('excluded.channel_id'),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of saved) ids.set(key, id);
  }
  await replaceMembers(importing, sorted, ids);
  await recordImport(
    importing,
    eventsOf('team', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}

async function presentTeamStates({
  tx,
  workspaceId,
}: Importing): Promise<{ ids: Map<string, number>; states: Map<string, TeamState> }> {
  const rows = await tx
    .selectFrom('teams as t')
    .select([
      't.id',
      't.key',
      't.name',
      't.lead_id',
      't.channel_id',
      sql<number[]>`coalesce((select json_agg(m.person_id order by m.person_id) from team_members m
        where m.team_id = t.id), '[]')`.as('members'),
    ])
    .where('t.workspace_id', '=', workspaceId)
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(rows.map(({ id: _id, key, ...state }) => [key, state])),
  };
}

function wantedState(
  { name, lead, channel, members }: TeamEntry,
  present: TeamState | undefined,
  { people, channels }: References,
  { overwrite, isPartial }: Importing,
): TeamState {
  const hasMembers = present !== undefined && present.members.length > 0;
  const isKept = members === undefined || (hasMembers && !overwrite);
  const told = {
    lead_id: lead === undefined ? null : got(people, lead),
    channel_id: channel === undefined ? null : got(channels, channel),
  };
  return {
    name,
    lead_id: isPartial ? (told.lead_id ?? present?.lead_id ?? null) : told.lead_id,
    channel_id: isPartial ? (told.channel_id ?? present?.channel_id ?? null) : told.channel_id,
    members: isKept
      ? (present?.members ?? [])
      : members.map((handle) => got(people, handle)).sort((a, b) => a - b),
  };
}

async function replaceMembers(
  { tx, workspaceId }: Importing,
  { added, changed }: Sorted<TeamState>,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const regrouped = changed.filter(({ after }) => after.members !== undefined);
  for (const portion of portions(regrouped)) {
    const old = portion.map(({ key }) => got(ids, key));
    await tx.deleteFrom('team_members').where('team_id', 'in', old).execute();
  }
  const rows = [...added, ...regrouped].flatMap(({ key, wanted }) =>
    wanted.members.map((person) => ({
      workspace_id: workspaceId,
      team_id: got(ids, key),
      person_id: person,
    })),
  );
  for (const portion of portions(rows, 5_000)) await tx.insertInto('team_members').values(portion).execute();
}
