import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accepted, type Result } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AnswerOf } from './core/endpoints.ts';
import type { Asked } from './core/query.ts';
import { named, notFound } from './naming-operations.ts';
import { objectiveAnswer } from './okr-answers.ts';
import { listKeyResults, listObjectives, type ObjectiveFilter } from './okr-store.ts';
import { goesOnAfter, pageOf } from './paging.ts';

const byKey = z.tuple([z.string()]);

/** A page of the objectives of a cycle, or of the cycles that today lies in. */
export async function readObjectives(
  db: Database,
  workspaceId: string,
  { given, limit }: Asked,
): Promise<Result<AnswerOf<'okrs'>>> {
  const after = goesOnAfter('okrs', given['cursor'], byKey);
  if (!after.ok) return after;
  const cycle = await named(db, workspaceId, 'cycle', given['cycle']);
  if (!cycle.ok) return cycle;
  const team = await named(db, workspaceId, 'team', given['team']);
  if (!team.ok) return team;
  const owner = await named(db, workspaceId, 'person', given['owner']);
  if (!owner.ok) return owner;
  const rows = await listWithKeyResults(
    db,
    workspaceId,
    (on) => ({
      on,
      cycleId: cycle.value,
      teamId: team.value,
      ownerId: owner.value,
      after: after.value?.[0],
    }),
    limit + 1,
  );
  const { page, next_cursor } = pageOf('okrs', rows, limit, ({ key }) => [key]);
  return accepted({ objectives: page, next_cursor });
}

/** One objective, by its key or by one of its key results'. */
export async function readObjective(
  db: Database,
  workspaceId: string,
  { key }: Asked,
): Promise<Result<AnswerOf<'okr'>>> {
  const [answer] = await listWithKeyResults(db, workspaceId, () => ({ key }), 1);
  return answer === undefined ? await notFound(db, workspaceId, 'objective', key) : accepted(answer);
}

async function listWithKeyResults(
  db: Database,
  workspaceId: string,
  filterOn: (today: Temporal.PlainDate) => ObjectiveFilter,
  limit: number,
): Promise<AnswerOf<'okr'>[]> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const rows = await listObjectives(db, workspaceId, filterOn(today), limit);
  const ids = rows.map(({ id }) => id);
  const byObjective = Map.groupBy(
    await listKeyResults(db, workspaceId, ids),
    ({ objectiveId }) => objectiveId,
  );
  return rows.map((row) => objectiveAnswer(row, byObjective.get(row.id) ?? [], today));
}
