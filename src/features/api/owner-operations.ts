import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Answer } from '../ownership/core/rock.ts';
import { lookUp } from '../ownership/lookup-operations.ts';
import type { PeopleDeps } from '../people/operations.ts';
import type { AnswerOf } from './core/endpoints.ts';
import { nobody } from './parts-sql.ts';
import { rockAnswer } from './rock-answers.ts';
import { listRocks } from './rock-store.ts';

type OwnerAnswer = AnswerOf<'owner'>;

/**
 * Answers "who owns this?" as `/owner` does, of rocks that everybody may see. What finds nothing is no miss: a tool asks
 * it, and nobody waits for an owner.
 */
export async function answerOwner(
  deps: PeopleDeps,
  workspaceId: string,
  text: string,
): Promise<Result<OwnerAnswer>> {
  const question = /^https?:\/\//i.test(text)
    ? ({ kind: 'url', url: text } as const)
    : ({ kind: 'name', text } as const);
  const found = await lookUp(deps, workspaceId, question, nobody);
  if (!found.ok)
    return found.code === 'no-name'
      ? refused('bad-value', 'q holds no letter. Ask for a name, for example ?q=payments.')
      : found;
  return accepted(await answerWith(deps.db, workspaceId, found.value));
}

async function answerWith(db: Database, workspaceId: string, answer: Answer): Promise<OwnerAnswer> {
  if (answer.kind === 'card') {
    const { card, successor, insteadOf } = answer;
    const ids = successor === null ? [card.id] : [card.id, successor.id];
    const [rock, last] = await rocksOf(db, workspaceId, ids);
    if (rock === undefined) return { match: 'none' };
    const match = insteadOf === null ? 'exact' : 'likely';
    return last === undefined ? { match, rock } : { match, rock, successor: last };
  }
  if (answer.kind === 'choice') {
    const ids = answer.rocks.map(({ id }) => id);
    return { match: 'candidates', candidates: await rocksOf(db, workspaceId, ids) };
  }
  return { match: 'none' };
}

/** In the order of their ids here; one that is gone by now is left out. */
async function rocksOf(db: Database, workspaceId: string, ids: readonly number[]) {
  const rows = await listRocks(db, workspaceId, { ids }, ids.length);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).map(rockAnswer);
}
