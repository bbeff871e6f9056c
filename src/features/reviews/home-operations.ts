import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { listOwedQuestions } from './answer-store.ts';
import { listEndedOf } from './part-store.ts';

const mostMinutes = 2;
const mostQuestions = 3;
/** Minutes of a review stand in Home for so long. */
const minutesDays = 21;

/** The latest reviews in which somebody took part, for their Home. */
export async function latestMinutes(db: Database, workspaceId: string, personId: number) {
  const since = (await companyNow(db, workspaceId)).subtract({ hours: minutesDays * 24 });
  const ended = await listEndedOf(db, workspaceId, personId, mostMinutes);
  return ended.filter(({ endedAt }) => endedAt.epochMilliseconds >= since.epochMilliseconds);
}

/** Rituals of the company's own whose questions somebody has not answered. */
export async function owedQuestions(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<{ occurrenceId: number; name: string }[]> {
  return await listOwedQuestions(db, workspaceId, personId, mostQuestions);
}
