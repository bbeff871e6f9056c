import { type RawBuilder, sql } from 'kysely';

/**
 * Whether somebody has left a cadence and not come back; where `since` is given, also whether they have left it since
 * then: what began meanwhile does not ask them, though the next one does.
 */
export function hasLeft(
  cadenceId: RawBuilder<unknown>,
  personId: RawBuilder<unknown>,
  since?: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const still =
    since === undefined ? sql`l.returned_at is null` : sql`(l.returned_at is null or l.left_at >= ${since})`;
  return sql<boolean>`exists (select from ritual_leavings l
    where l.cadence_id = ${cadenceId} and l.person_id = ${personId} and ${still})`;
}
