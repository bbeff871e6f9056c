import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accepted, type Result } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Place, readCursor } from './core/cursor.ts';
import type { AnswerOf } from './core/endpoints.ts';
import type { Asked } from './core/query.ts';
import { listDecisions } from './decision-store.ts';
import { named, notFound } from './naming-operations.ts';
import { objectiveAnswer } from './okr-answers.ts';
import { listKeyResults, listObjectives, type ObjectiveFilter, type ObjectiveRow } from './okr-store.ts';
import { pageOf } from './paging.ts';
import { decisionAnswer, itemAnswer } from './plan-answers.ts';
import { listItems } from './roadmap-store.ts';
import { rockAnswer } from './rock-answers.ts';
import { listRocks } from './rock-store.ts';

const byKey = z.tuple([z.string()]);
const byNumber = z.tuple([z.int32()]);
const byRank = z.tuple([z.int32(), z.int32(), z.string()]);

const rockStates = z.enum(['active', 'set-down', 'retired']);
const horizons = z.enum(['now', 'next', 'later', 'shipped', 'stopped']);
const decisionStates = z.enum(['open', 'decided', 'superseded']);

/** A page of the register. Refuses a team or a person that there is not, and a cursor of something else. */
export async function readRocks(
  db: Database,
  workspaceId: string,
  { given, limit }: Asked,
): Promise<Result<AnswerOf<'rocks'>>> {
  const after = goesOnAfter('rocks', given['cursor'], byKey);
  if (!after.ok) return after;
  const team = await named(db, workspaceId, 'team', given['team']);
  if (!team.ok) return team;
  const isUnowned = given['owner']?.toLowerCase() === 'none';
  const owner = await named(db, workspaceId, 'person', isUnowned ? undefined : given['owner']);
  if (!owner.ok) return owner;
  const filter = {
    teamId: team.value,
    ownerId: isUnowned ? ('nobody' as const) : owner.value,
    state: rockStates.optional().parse(given['state']) ?? ('not-retired' as const),
    after: after.value?.[0],
  };
  const rows = await listRocks(db, workspaceId, filter, limit + 1);
  const { page, next_cursor } = pageOf('rocks', rows, limit, ({ key }) => [key]);
  return accepted({ rocks: page.map(rockAnswer), next_cursor });
}

/** One rock. Refuses what is not there, and what not everybody may see as if it were not. */
export async function readRock(
  db: Database,
  workspaceId: string,
  { key }: Asked,
): Promise<Result<AnswerOf<'rock'>>> {
  const [row] = await listRocks(db, workspaceId, { key }, 1);
  return row === undefined ? await notFound(db, workspaceId, 'rock', key) : accepted(rockAnswer(row));
}

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

/** A page of the roadmap. */
export async function readRoadmap(
  db: Database,
  workspaceId: string,
  { given, limit }: Asked,
): Promise<Result<AnswerOf<'roadmap'>>> {
  const after = goesOnAfter('roadmap', given['cursor'], byRank);
  if (!after.ok) return after;
  const team = await named(db, workspaceId, 'team', given['team']);
  if (!team.ok) return team;
  const owner = await named(db, workspaceId, 'person', given['owner']);
  if (!owner.ok) return owner;
  const horizon = horizons.optional().parse(given['horizon']);
  const filter = {
    horizons: horizon === undefined ? (['now', 'next', 'later'] as const) : [horizon],
    teamId: team.value,
    ownerId: owner.value,
    after: after.value,
  };
  const rows = await listItems(db, workspaceId, filter, limit + 1);
  const { page, next_cursor } = pageOf('roadmap', rows, limit, ({ rank, position, key }) => [
    rank,
    position,
    key,
  ]);
  return accepted({ items: page.map(itemAnswer), next_cursor });
}

/** A page of the decisions, the newest first. */
export async function readDecisions(
  db: Database,
  workspaceId: string,
  { given, limit }: Asked,
): Promise<Result<AnswerOf<'decisions'>>> {
  const after = goesOnAfter('decisions', given['cursor'], byNumber);
  if (!after.ok) return after;
  const rock = await named(db, workspaceId, 'rock', given['rock']);
  if (!rock.ok) return rock;
  const filter = {
    state: decisionStates.optional().parse(given['state']),
    rockId: rock.value,
    words: given['q'],
    below: after.value?.[0],
  };
  const rows = await listDecisions(db, workspaceId, filter, limit + 1);
  const { page, next_cursor } = pageOf('decisions', rows, limit, ({ number }) => [number]);
  return accepted({ decisions: page.map(decisionAnswer), next_cursor });
}

async function listWithKeyResults(
  db: Database,
  workspaceId: string,
  filterOn: (today: Temporal.PlainDate) => ObjectiveFilter,
  limit: number,
): Promise<AnswerOf<'okr'>[]> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const rows: ObjectiveRow[] = await listObjectives(db, workspaceId, filterOn(today), limit);
  const ids = rows.map(({ id }) => id);
  const byObjective = Map.groupBy(
    await listKeyResults(db, workspaceId, ids),
    ({ objectiveId }) => objectiveId,
  );
  return rows.map((row) => objectiveAnswer(row, byObjective.get(row.id) ?? [], today));
}

/** The place at which a page goes on; undefined: it is the first one. */
function goesOnAfter<P extends Place>(
  of: string,
  cursor: string | undefined,
  shape: z.ZodType<P>,
): Result<P | undefined> {
  return cursor === undefined ? accepted(undefined) : readCursor(of, cursor, shape);
}
