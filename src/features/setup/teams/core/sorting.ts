import { type Actor, isActor, type Person } from '../../../people/core/person.ts';
import type { LeftOut } from './proposal.ts';

/** Who of a group or a channel can be in a team, and who cannot and why. `undefined`: Slack does not know them. */
export function sortMembers(people: readonly (Person | undefined)[]): { fit: Actor[]; leftOut: LeftOut[] } {
  const fit: Actor[] = [];
  const leftOut: LeftOut[] = [];
  for (const person of people) {
    if (person === undefined) leftOut.push({ name: 'somebody', why: 'unknown' });
    else if (isActor(person)) fit.push(person);
    else leftOut.push({ name: person.name, why: whyNot(person) });
  }
  return { fit, leftOut };
}

function whyNot({ kind, isDeactivated }: Person): LeftOut['why'] {
  if (isDeactivated) return 'deactivated';
  return kind === 'member' ? 'unknown' : kind;
}
