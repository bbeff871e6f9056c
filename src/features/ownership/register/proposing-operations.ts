import type { Temporal } from 'temporal-polyfill';
import { tell } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { StintBeginning } from '../../../platform/db/tables.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { beginOwning } from '../operations.ts';
import { proposalBlocks } from './proposal-blocks.ts';

/**
 * Gives a rock that nobody owns the owner whom somebody names, in the caller's transaction, which has locked the rock.
 * Themself, they have confirmed it by that; anybody else is told, and it is a proposal until they confirm it.
 */
export async function nameOwner(
  tx: Tx,
  {
    workspaceId,
    rockId,
    at,
    began,
  }: {
    workspaceId: string;
    rockId: number;
    at: Temporal.Instant;
    began: Extract<StintBeginning, 'created' | 'claimed' | 'assigned'>;
  },
  { actor, owner, name }: { actor: Actor; owner: Person; name: string },
): Promise<void> {
  const isConfirmed = owner.id === actor.id;
  const personId = owner.id;
  const doer = { kind: 'person', personId: actor.id } as const;
  const stintId = await beginOwning(tx, { workspaceId, rockId, personId, began, isConfirmed, at, doer });
  if (isConfirmed) return;
  await tell(tx, {
    workspaceId,
    dedupeKey: `rock-proposed:${stintId}`,
    to: { personId },
    content: proposalBlocks({ rockId, name, by: actor }),
    dueAt: at,
    isAnswer: true,
  });
}
