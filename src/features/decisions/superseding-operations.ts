import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import { checkMaking } from './checking.ts';
import { type Decision, supersedeRefusal } from './core/decision.ts';
import { entryOf, type Making } from './core/form.ts';
import { type Deciding, deciding, factOf, get, gone, insert, record } from './deciding.ts';
import { findDecision } from './reading-store.ts';
import { lockDecision, saveLookedAgain, saveSuperseded } from './store.ts';
import { planLook, tellMade, untellLook } from './telling.ts';

/**
 * A later decision takes the place of one that was made, about the same and with the same people, in the transaction of what
 * it belongs to.
 */
export async function supersedeDecision(
  it: Deciding,
  decisionId: number,
  given: { question: string; made: Making; approverId: number; lineId: number | null },
): Promise<Result<Decision>> {
  const { tx, workspaceId, actor } = it;
  await lockDecision(tx, workspaceId, decisionId);
  const before = await findDecision(tx, workspaceId, { id: decisionId }, actor.id);
  if (before === undefined) return gone;
  const problem = supersedeRefusal(before) ?? checkMaking(given.made, it.today);
  if (problem !== null) return problem;
  const { question, made, approverId, lineId } = given;
  const entry = { ...entryOf(before), question, approverId, options: [], dueOn: null };
  const later = await insert(it, { entry, made, lineId, sourceUrl: null });
  const words = `Decision ${before.number} was superseded by decision ${later.number}.`;
  await untellLook(tx, workspaceId, before, words);
  await saveSuperseded(tx, decisionId, later.id);
  const decision = await get(it, later.id);
  await record(it, before, 'superseded', { by: decision.number });
  await record(it, decision, 'made', { outcome: decision.outcome, supersedes: before.number });
  await tellMade(tx, factOf(it), decision);
  return accepted(decision);
}

/** The same by itself. */
export async function supersede(
  db: Database,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
  given: { question: string; made: Making; approverId: number },
): Promise<Result<Decision>> {
  return await deciding(db, workspaceId, actor, async (it) =>
    supersedeDecision(it, decisionId, { ...given, lineId: null }),
  );
}

/** Somebody has looked again and it still holds; the next look is on `nextOn`, or there is none. */
export async function keepDecision(
  db: Database,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
  nextOn: Temporal.PlainDate | null,
): Promise<Result<Decision>> {
  return await deciding(db, workspaceId, actor, async (it) => {
    await lockDecision(it.tx, workspaceId, decisionId);
    const before = await findDecision(it.tx, workspaceId, { id: decisionId }, actor.id);
    if (before === undefined) return gone;
    const problem = supersedeRefusal(before);
    if (problem !== null) return problem;
    if (before.lookAgainOn === null && nextOn === null) return accepted(before);
    await untellLook(it.tx, workspaceId, before, `Decision ${before.number} still holds.`);
    await saveLookedAgain(it.tx, decisionId, it.at, nextOn);
    await record(it, before, 'looked-at-again', { look_again_on: nextOn?.toString() ?? null });
    await planLook(it.tx, workspaceId, before, nextOn);
    return accepted(await get(it, decisionId));
  });
}
