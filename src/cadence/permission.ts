import { may, type Role, rolesInWorkspace } from '../permission/permissions.ts';
import { type Refusal, refused } from '../platform/core/result.ts';
import { personMention } from '../platform/slack/mrkdwn.ts';
import type { Cadence } from './core/cadence.ts';

/** Who acts, as far as a cadence asks: checked at this moment by whoever calls. */
export type Changer = { id: number; name: string; isAdmin: boolean };

/** Who set a cadence up, leads of its teams and admins may change it; others are told whom to ask. */
export function changeRefusal(
  cadence: Pick<Cadence, 'createdBy' | 'teams'>,
  { id, isAdmin }: Changer,
): Refusal | null {
  if (mayChange(cadence, { id, isAdmin })) return null;
  const { createdBy, teams } = cadence;
  const leads = new Map(teams.flatMap(({ lead }) => (lead === null ? [] : [[lead.id, lead] as const])));
  const asked = [
    ...(createdBy === null ? [] : [`${personMention(createdBy)}, who set it up`]),
    ...[...leads.values()]
      .filter((lead) => lead.id !== createdBy?.id)
      .slice(0, mostNamed)
      .map((lead) => `${personMention(lead)}, who leads a team of it`),
    'an admin',
  ];
  const whom = asked.length === 1 ? asked[0] : `${asked.slice(0, -1).join('; ')}; or ${asked.at(-1)}`;
  return refused('not-yours', `You can look at this cadence, and change it through ${whom}. Just ask.`);
}

/** So many leads are named, where a cadence asks many teams. */
const mostNamed = 3;

/** The table decides, with whoever set it up as its owner and the leads of its teams as its leads. */
export function mayChange(
  { createdBy, teams }: Pick<Cadence, 'createdBy' | 'teams'>,
  { id, isAdmin }: Pick<Changer, 'id' | 'isAdmin'>,
): boolean {
  const roles: Role[] = rolesInWorkspace({ isAdmin });
  if (createdBy?.id === id) roles.push('owner');
  if (teams.some(({ lead }) => lead?.id === id)) roles.push('lead');
  return may('change a cadence', roles);
}
