import type { PersonRef, RockCard } from './rock.ts';

/** Who answers for a rock today, and as what. */
export type Answerer = { person: PersonRef; as: 'owner' | 'carrier' | 'backup' };

/**
 * Who is asked about a rock now: who has it on loan; else the owner; else, while the owner is away or has left, the
 * first backup who is there. An owner who is away and has nobody standing in is still the one to ask; null where
 * nobody can be.
 */
export function whomToAsk({
  owner,
  backups,
  loan,
}: Pick<RockCard, 'owner' | 'backups' | 'loan'>): Answerer | null {
  if (owner === null) return null;
  if (loan !== null && !loan.to.isDeactivated) return { person: loan.to, as: 'carrier' };
  if (!owner.isDeactivated && owner.away === null) return { person: owner, as: 'owner' };
  const backup = backups.find(({ isDeactivated, away }) => !isDeactivated && away === null);
  if (backup !== undefined) return { person: backup, as: 'backup' };
  return owner.isDeactivated ? null : { person: owner, as: 'owner' };
}
