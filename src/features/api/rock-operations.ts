import { z } from 'zod';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AnswerOf } from './core/endpoints.ts';
import type { Asked } from './core/query.ts';
import { named, notFound } from './naming-operations.ts';
import { goesOnAfter, pageOf } from './paging.ts';
import { rockAnswer } from './rock-answers.ts';
import { listRocks } from './rock-store.ts';

const byKey = z.tuple([z.string()]);
const rockStates = z.enum(['active', 'set-down', 'retired']);

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
  // What was set down is carried by nobody on purpose: it is no gap.
  const usualState = isUnowned ? ('active' as const) : ('not-retired' as const);
  const filter = {
    teamId: team.value,
    ownerId: isUnowned ? ('nobody' as const) : owner.value,
    state: rockStates.optional().parse(given['state']) ?? usualState,
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
