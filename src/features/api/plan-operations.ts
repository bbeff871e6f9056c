import { z } from 'zod';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AnswerOf } from './core/endpoints.ts';
import type { Asked } from './core/query.ts';
import { listDecisions } from './decision-store.ts';
import { named } from './naming-operations.ts';
import { goesOnAfter, pageOf } from './paging.ts';
import { decisionAnswer, itemAnswer } from './plan-answers.ts';
import { listItems } from './roadmap-store.ts';

const byRank = z.tuple([z.int32(), z.int32(), z.string()]);
const byNumber = z.tuple([z.int32()]);
const horizons = z.enum(['now', 'next', 'later', 'shipped', 'stopped']);
const decisionStates = z.enum(['open', 'decided', 'superseded']);

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
