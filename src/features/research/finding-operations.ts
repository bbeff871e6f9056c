import { accepted, type Result } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { mostRanked, readSearch, searching } from '../../platform/db/search.ts';
import type { Actor } from '../people/core/person.ts';
import type { Found } from './core/lists.ts';
import { findTalks } from './search-store.ts';
import { researchRefusal } from './standing-operations.ts';

const onPage = 5;

/** Finds conversations by words of their topics and notes. Refuses what is no search, kindly. */
export async function findConversations(
  db: Database,
  workspaceId: string,
  actor: Actor,
  typed: string,
  wanted: number,
): Promise<Result<Found>> {
  const refusal = researchRefusal(actor, 'log and look up conversations with customers');
  if (refusal !== null) return refusal;
  const search = readSearch(typed);
  if (!search.ok) return search;
  const pageNumber = Math.min(Math.max(wanted, 0), mostRanked / onPage - 1);
  const found = await searching(db, search.value, async (tx, query) => {
    const hits = await findTalks(tx, workspaceId, query, { skip: pageNumber * onPage, most: onPage });
    return { hits, ...(await readCompanyClock(tx, workspaceId)) };
  });
  if (!found.ok) return found;
  const { hits, now, zone } = found.value;
  const matches = hits[0]?.total ?? 0;
  const total = Math.min(matches, mostRanked);
  return accepted({
    typed: search.value.typed,
    hits,
    pageNumber,
    pages: Math.max(1, Math.ceil(total / onPage)),
    total,
    isMore: matches > total,
    today: now.toZonedDateTimeISO(zone).toPlainDate(),
  });
}
