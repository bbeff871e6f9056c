import { sql } from 'kysely';
import { type Importing, portions, recordImport } from '../../platform/db/importing.ts';

export type Ownership = { rock: number; isNew: boolean; from: number | null; to: number | null };

/**
 * Gives new rocks their owners, and with `overwrite` the others too. What an operator imports counts as
 * confirmed. Returns the rocks that were there already and changed hands. They must be locked by the caller.
 */
export async function importStints(importing: Importing, ownerships: Ownership[]): Promise<number[]> {
  const { tx, workspaceId, at } = importing;
  const moved = ownerships.filter(({ isNew, from, to }) => !isNew && importing.overwrite && from !== to);

  for (const portion of portions(moved.filter(({ from }) => from !== null))) {
    await tx
      .updateTable('stints')
      // The playground's clock may have been turned back since.
      .set({ ended_at: sql<string>`greatest(began_at, ${at.toString()}::timestamptz)` })
      .where(
        'rock_id',
        'in',
        portion.map(({ rock }) => rock),
      )
      .where('ended_at', 'is', null)
      .execute();
  }
  const begun = [...ownerships.filter(({ isNew }) => isNew), ...moved].flatMap(({ rock, isNew, to }) => {
    if (to === null) return [];
    const began: 'created' | 'assigned' = isNew ? 'created' : 'assigned';
    const now = at.toString();
    return [
      { workspace_id: workspaceId, rock_id: rock, person_id: to, began, began_at: now, confirmed_at: now },
    ];
  });
  for (const portion of portions(begun)) await tx.insertInto('stints').values(portion).execute();

  await recordImport(
    importing,
    [...ownerships.filter(({ isNew, to }) => isNew && to !== null), ...moved].map(({ rock, from, to }) => ({
      type: to === null ? 'rock.unassigned' : 'rock.assigned',
      subject: { kind: 'rock', id: rock },
      before: { owner: from },
      after: { owner: to },
    })),
  );
  return moved.map(({ rock }) => rock);
}
