import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { type Candidate, mostSlips } from './core/ranking.ts';

/**
 * Names that look like `normal`, have it among their words, or are about as long and not wholly unlike it,
 * most alike first. A single slip leaves a short word few trigrams in common ("refnud" and "refund"), too few
 * for Postgres to call them alike; whether it was a slip is for the ranking to say.
 */
export async function findCandidates(
  db: Database,
  workspaceId: string,
  normal: string,
  viewerId: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select rock_id as "rockId", normal,
      greatest(similarity(normal, ${normal}), word_similarity(${normal}, normal) * 0.9)::float8 as similarity
    from rock_names n join rocks r on r.id = n.rock_id
    where n.workspace_id = ${workspaceId} and (r.visibility = 'workspace' or sees(r, ${viewerId})) and (normal % ${normal} or ${normal} <% normal
      or (abs(length(normal) - length(${normal})) <= ${mostSlips} and similarity(normal, ${normal}) >= 0.1))
    order by similarity desc limit 50`.execute(db);
  return rows;
}
