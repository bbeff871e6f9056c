import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/db/database.ts';
import { type NewEvent, recordEvents } from '../../../platform/db/events.ts';
import type { Actor } from '../../people/core/person.ts';
import { teamKey } from './core/naming.ts';
import type { Effect } from './core/proposal.ts';
import type { Created, PreviewTeam } from './preview.ts';
import { addMembers, insertMadeTeam, listPresent, saveLeadAndHome } from './store.ts';

type By = { workspaceId: string; actor: Actor; at: Temporal.Instant };

/** Writes what a preview showed, in the caller's transaction, with its events. */
export async function createAll(tx: Tx, by: By, teams: readonly PreviewTeam[]): Promise<Created> {
  const taken = new Set((await listPresent(tx, by.workspaceId)).map(({ key }) => key));
  const added: string[] = [];
  const changed: string[] = [];
  const events: NewEvent[] = [];
  for (const team of teams.filter(({ isLeftOut }) => !isLeftOut)) {
    const { effect, name } = team;
    if (effect.kind === 'new') {
      const key = teamKey(name, taken);
      taken.add(key);
      events.push(await add(tx, by, key, team));
      added.push(name);
    } else if (effect.kind === 'changed') {
      events.push(await extend(tx, by, effect));
      changed.push(effect.team.name);
    }
  }
  await recordEvents(tx, events);
  return { added, changed };
}

async function add(tx: Tx, by: By, key: string, team: PreviewTeam): Promise<NewEvent> {
  const { workspaceId, actor, at } = by;
  const state = {
    name: team.name,
    lead: team.leader?.person.id ?? null,
    channel_id: team.home?.hasCairn === true ? team.home.id : null,
    members: team.members.map(({ id }) => id),
  };
  const row = { key, name: state.name, leadId: state.lead, channelId: state.channel_id };
  const id = await insertMadeTeam(tx, workspaceId, row, { personId: actor.id, at });
  await addMembers(tx, workspaceId, id, state.members);
  return { ...told(by), type: 'team.created', subject: { kind: 'team', id }, after: state };
}

async function extend(
  tx: Tx,
  by: By,
  { team, added, leadId, channelId }: Effect & { kind: 'changed' },
): Promise<NewEvent> {
  const before = { lead: team.leadId, channel_id: team.channelId, members: team.memberIds };
  const after = {
    lead: leadId ?? team.leadId,
    channel_id: channelId ?? team.channelId,
    members: [...team.memberIds, ...added].sort((a, b) => a - b),
  };
  const { workspaceId } = by;
  await saveLeadAndHome(tx, workspaceId, team.id, { leadId: after.lead, channelId: after.channel_id });
  await addMembers(tx, workspaceId, team.id, added);
  return { ...told(by), type: 'team.changed', subject: { kind: 'team', id: team.id }, before, after };
}

function told({ workspaceId, actor, at }: By): Pick<NewEvent, 'workspaceId' | 'at' | 'doer'> {
  return { workspaceId, at, doer: { kind: 'person', personId: actor.id } };
}
