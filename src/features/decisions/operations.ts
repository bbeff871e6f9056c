import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import { checkEntry, checkMaking } from './checking.ts';
import { type Decision, madeRefusal } from './core/decision.ts';
import { type DecisionEntry, entryOf, type Making } from './core/form.ts';
import { type Deciding, deciding, factOf, get, gone, insert, record } from './deciding.ts';
import { findDecision } from './reading-store.ts';
import { changeRefusal } from './roles.ts';
import { lockDecision, saveEntry, saveMade } from './store.ts';
import { tellMade, tellOpened, untellChanged, untellMade } from './telling.ts';

export type { Decision, DecisionEntry, Making };

/** Writes down what is to be decided. Those who have a part in it are told, and its driver is reminded. */
export async function openDecision(
  db: Database,
  workspaceId: string,
  actor: Actor,
  given: { entry: DecisionEntry; sourceUrl: string | null },
): Promise<Result<Decision>> {
  return await deciding(db, workspaceId, actor, async (it) => {
    const problem = await checkEntry(it.tx, workspaceId, actor, given.entry, it.today);
    if (!problem.ok) return problem;
    const decision = await insert(it, { ...given, lineId: null, made: null });
    await record(it, decision, 'opened', { question: decision.question, driver: decision.driver.id });
    await tellOpened(it.tx, factOf(it), decision);
    return accepted(decision);
  });
}

/** Writes down what was decided already, in the transaction of what it belongs to. Refuses as a form would. */
export async function recordDecision(
  it: Deciding,
  given: { entry: DecisionEntry; made: Making; lineId: number | null },
): Promise<Result<Decision>> {
  const { entry, made } = given;
  const problem = await checkEntry(it.tx, it.workspaceId, it.actor, entry, it.today);
  if (!problem.ok) return problem;
  const late = checkMaking(made, it.today);
  if (late !== null) return late;
  const decision = await insert(it, { ...given, sourceUrl: null });
  await record(it, decision, 'made', { question: decision.question, outcome: decision.outcome });
  await tellMade(it.tx, factOf(it), decision);
  return accepted(decision);
}

/** Makes an open decision, in the transaction of what it belongs to. The approver is who approved, whoever presses. */
export async function makeDecision(
  it: Deciding,
  decisionId: number,
  { made, approverId, lineId }: { made: Making; approverId: number; lineId: number | null },
): Promise<Result<Decision>> {
  const { tx, workspaceId, actor, at } = it;
  await lockDecision(tx, workspaceId, decisionId);
  const open = await findDecision(tx, workspaceId, { id: decisionId }, actor.id);
  if (open === undefined) return gone;
  const problem = madeRefusal(open) ?? checkMaking(made, it.today);
  if (problem !== null) return problem;
  await untellMade(tx, workspaceId, open);
  await saveMade(tx, decisionId, { made, at, byId: actor.id, approverId, lineId });
  const decision = await get(it, decisionId);
  await record(it, decision, 'made', { outcome: decision.outcome });
  await tellMade(tx, factOf(it), decision);
  return accepted(decision);
}

/** The same by itself. */
export async function decide(
  db: Database,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
  given: { made: Making; approverId: number },
): Promise<Result<Decision>> {
  return await deciding(db, workspaceId, actor, async (it) =>
    makeDecision(it, decisionId, { ...given, lineId: null }),
  );
}

/** Changes an open decision, of which the form was filled with `stamp`. Those who have a part in it read the new one. */
export async function changeDecision(
  db: Database,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
  entry: DecisionEntry,
  stamp: string,
): Promise<Result<Decision>> {
  return await deciding(db, workspaceId, actor, async (it) => {
    const { tx } = it;
    await lockDecision(tx, workspaceId, decisionId);
    const before = await findDecision(tx, workspaceId, { id: decisionId }, actor.id);
    if (before === undefined) return gone;
    const problem = madeRefusal(before) ?? (await changeRefusal(tx, workspaceId, actor, before));
    if (problem !== null) return problem;
    const now = entryOf(before);
    if (stampOf(now) !== stamp)
      return { ...refused('changed-meanwhile', changedMeanwhile), field: 'question' };
    const dueStays = entry.dueOn !== null && now.dueOn !== null && entry.dueOn.equals(now.dueOn);
    const checked = { ...entry, dueOn: dueStays ? null : entry.dueOn };
    const wrong = await checkEntry(tx, workspaceId, actor, checked, it.today, now.about);
    if (!wrong.ok) return wrong;
    if (stampOf(entry) === stamp) return accepted(before);
    await untellChanged(tx, workspaceId, before);
    await saveEntry(tx, workspaceId, decisionId, entry);
    const decision = await get(it, decisionId);
    await record(it, decision, 'changed', entry, now);
    await tellOpened(tx, factOf(it), decision);
    return accepted(decision);
  });
}

const changedMeanwhile =
  'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.';

/** Whether the actor could change it now, before a form is opened. */
export async function readChangeable(
  db: Database,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
): Promise<Result<Decision>> {
  const decision = await findDecision(db, workspaceId, { id: decisionId }, actor.id);
  if (decision === undefined) return gone;
  return (
    madeRefusal(decision) ?? (await changeRefusal(db, workspaceId, actor, decision)) ?? accepted(decision)
  );
}
