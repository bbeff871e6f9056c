import { stampOf } from '../../../platform/core/stamp.ts';
import type { Database } from '../../../platform/db/database.ts';
import { isActor } from '../../people/core/person.ts';
import { findPeople } from '../../people/operations.ts';
import { countZones } from '../guide/store.ts';
import { effectOf } from './core/effect.ts';
import type { ProposedTeam } from './core/proposal.ts';
import type { PreviewTeam, TeamPreview } from './preview.ts';
import { findHomes, listPresent, type ProposalRow } from './store.ts';

/** What a proposal would do as things stand now: who has left since is in no team, and leads none. */
export async function previewOf(
  db: Database,
  workspaceId: string,
  { id, teams: proposed, troubles }: ProposalRow,
): Promise<TeamPreview> {
  const personIds = proposed.flatMap(({ memberIds, lead }) =>
    lead === null ? memberIds : [...memberIds, lead.id],
  );
  const people = (await findPeople(db, workspaceId, personIds)).filter(isActor);
  const channelIds = proposed.flatMap(({ channelId }) => (channelId === null ? [] : [channelId]));
  const homes = await findHomes(db, workspaceId, channelIds);
  const present = await listPresent(db, workspaceId);

  const shown = (team: ProposedTeam): PreviewTeam => {
    const wanted = new Set(team.memberIds);
    const members = people.filter((person) => wanted.has(person.id));
    const person = people.find((one) => one.id === team.lead?.id);
    const leader = person === undefined || team.lead === null ? null : { person, why: team.lead.why };
    const home = homes.find((channel) => channel.id === team.channelId) ?? null;
    const effect = effectOf(
      {
        name: team.name,
        memberIds: members.map((member) => member.id),
        lead: leader === null ? null : team.lead,
        // A home that Cairn is not in could be told nothing.
        channelId: home?.hasCairn === true ? home.id : null,
      },
      present,
    );
    return { ...team, effect, members, leader, home };
  };

  const teams = proposed.map(shown);
  const included = teams.filter(({ isLeftOut }) => !isLeftOut).flatMap(({ members }) => members);
  return {
    ...{ id, teams, troubles },
    zones: await countZones(
      db,
      workspaceId,
      included.map((person) => person.id),
    ),
    stamp: stampOf(
      teams.map(({ name, isLeftOut, effect, members, leader, home }) => [
        ...[name, isLeftOut, effect, leader?.person.id ?? null, home?.hasCairn === true ? home.id : null],
        members.map((member) => member.id),
      ]),
    ),
  };
}
