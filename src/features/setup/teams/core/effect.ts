import { isSameName } from './naming.ts';
import type { Effect, PresentTeam, ProposedTeam } from './proposal.ts';

/**
 * What becomes of a proposed team beside those that are there. One of the same name gains who is missing; it gets a lead
 * where it has none or an admin chose one, and a home where it has none.
 */
export function effectOf(
  proposed: Pick<ProposedTeam, 'name' | 'memberIds' | 'lead' | 'channelId'>,
  present: readonly PresentTeam[],
): Effect {
  const team = present.find(({ name }) => isSameName(name, proposed.name));
  if (team === undefined) return { kind: 'new' };
  const { lead } = proposed;
  const added = proposed.memberIds.filter((id) => !team.memberIds.includes(id));
  const isLeadNew =
    lead !== null && lead.id !== team.leadId && (team.leadId === null || lead.why === 'chosen');
  const leadId = isLeadNew ? lead.id : null;
  const channelId = team.channelId === null ? proposed.channelId : null;
  return added.length === 0 && leadId === null && channelId === null
    ? { kind: 'same', team }
    : { kind: 'changed', team, added, leadId, channelId };
}

/** Teams that were read in two places, such as a channel and a group, are one: with whoever is in either. */
export function merged(teams: readonly ProposedTeam[]): ProposedTeam[] {
  const whole: ProposedTeam[] = [];
  for (const team of teams) {
    const at = whole.findIndex(({ name }) => isSameName(name, team.name));
    const first = whole[at];
    if (first === undefined) whole.push(team);
    else {
      whole[at] = {
        ...first,
        from: [...first.from, ...team.from],
        memberIds: [...new Set([...first.memberIds, ...team.memberIds])],
        lead: first.lead ?? team.lead,
        channelId: first.channelId ?? team.channelId,
        leftOut: [...first.leftOut, ...team.leftOut.filter(({ name }) => !names(first).has(name))],
      };
    }
  }
  return whole;
}

function names({ leftOut }: ProposedTeam): Set<string> {
  return new Set(leftOut.map(({ name }) => name));
}
