import { sql } from 'kysely';
import type { Tx } from '../../platform/db/database.ts';
import { touchedInSlack } from '../../platform/db/import-touched.ts';
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
  lead: number | null;
  channel_id: number | null;
  /** In order. */
  members: number[];
};
type References = { people: ReadonlyMap<string, number>; channels: ReadonlyMap<string, number> };

/**
 * Adds and changes teams. Returns every team's id by key. Lead, members and name stay as people made them in Slack,
 * unless the operator overwrites.
 */
export async function importTeams(
  importing: Importing,
  entries: TeamEntry[],
  refer: References,
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { ids, states } = await presentTeamStates(importing);
  const touched = await touchedInSlack(importing, 'team', [...ids.values()]);
  const wanted = entries.map((entry): [string, TeamState] => {
    const present = states.get(entry.key);
    const told = toldState(entry, present, refer, importing);
    const id = ids.get(entry.key);
    return [
      entry.key,
      present === undefined || id === undefined
        ? told
        : kept(importing, entry.key, told, present, (...fields) => touched(id, ...fields)),
    ];
  });
  const sorted = sortOut<TeamState>(new Map(wanted), states);
  const { tx, workspaceId } = importing;
  for (const portion of portions([...sorted.added, ...sorted.changed])) {
    const saved = await tx
      .insertInto('teams')
      .values(
        portion.map(({ key, wanted: { members: _members, lead, ...columns } }) => ({
          key,
          ...columns,
          lead_id: lead,
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
      't.lead_id as lead',
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

function toldState(
  { name, lead, channel, members }: TeamEntry,
  present: TeamState | undefined,
  { people, channels }: References,
  { isPartial }: Importing,
): TeamState {
  const leadId = lead === undefined ? null : got(people, lead);
  const channelId = channel === undefined ? null : got(channels, channel);
  return {
    name,
    lead: isPartial ? (leadId ?? present?.lead ?? null) : leadId,
    channel_id: isPartial ? (channelId ?? present?.channel_id ?? null) : channelId,
    members: members?.map((handle) => got(people, handle)).sort((a, b) => a - b) ?? present?.members ?? [],
  };
}

/** What the file says of a team, but for what people changed in Slack. */
function kept(
  importing: Importing,
  key: string,
  told: TeamState,
  present: TeamState,
  isTouched: (...fields: string[]) => boolean,
): TeamState {
  const state = { ...told };
  for (const field of ['name', 'lead', 'channel_id', 'members'] as const) {
    if (!isTouched(field) || JSON.stringify(told[field]) === JSON.stringify(present[field])) continue;
    Object.assign(state, { [field]: present[field] });
    importing.kept.push(`teams.${key} ${field.replace('_id', '')}`);
  }
  return state;
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
