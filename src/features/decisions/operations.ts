import type { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { checkEntry, checkMaking } from './checking.ts';
import { type Decision, madeRefusal, supersedeRefusal } from './core/decision.ts';
import { type DecisionEntry, entryOf, type Making } from './core/form.ts';
import { changeRefusal } from './roles.ts';
import {
  findDecision,
  insertDecision,
  lockDecision,
  saveEntry,
  saveLookedAgain,
  saveMade,
  saveSuperseded,
} from './store.ts';
import { planLook, tellMade, tellOpened, untellChanged, untellLook, untellMade } from './telling.ts';

export type { Decision, DecisionEntry, Making };

const gone: Refusal = refused('gone', 'That decision is not there any more.');

/** One change of decisions by a person: its transaction, moment, and the day where they are. */
export type Deciding = {
  tx: Tx;
  workspaceId: string;
  actor: Actor;
  at: Temporal.Instant;
  today: Temporal.PlainDate;
};

/** Begins one, in a transaction that ends in time for a form. What is refused must be refused before anything is changed. */
export async function deciding<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  work: (deciding: Deciding) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      const today = at.toZonedDateTimeISO(actor.timezone).toPlainDate();
      return await work({ tx, workspaceId, actor, at, today });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

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

async function insert(
  it: Deciding,
  given: { entry: DecisionEntry; made: Making | null; lineId: number | null; sourceUrl: string | null },
): Promise<Decision> {
  const { tx, workspaceId, actor, at } = it;
  const { entry, ...rest } = given;
  const id = await insertDecision(tx, { workspaceId, createdById: actor.id, at, ...entry, ...rest });
  return await get(it, id);
}

async function get({ tx, workspaceId }: Deciding, id: number): Promise<Decision> {
  const decision = await findDecision(tx, workspaceId, { id }, null);
  if (decision === undefined) throw new Error(`decision ${id} was written and is not there`);
  return decision;
}

function factOf({ workspaceId, at, actor }: Deciding) {
  return { workspaceId, at, actorId: actor.id };
}

async function record(
  { tx, workspaceId, at, actor }: Deciding,
  { id }: Decision,
  what: string,
  after: unknown,
  before?: unknown,
): Promise<void> {
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId: actor.id },
    type: `decision.${what}`,
    subject: { kind: 'decision', id },
    after,
    ...(before === undefined ? {} : { before }),
  });
}
