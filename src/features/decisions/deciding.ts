import type { Temporal } from 'temporal-polyfill';
import { type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import type { Decision } from './core/decision.ts';
import type { DecisionEntry, Making } from './core/form.ts';
import { findDecision } from './reading-store.ts';
import { insertDecision } from './store.ts';

export const gone: Refusal = refused('gone', 'That decision is not there any more.');

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

/** Writes a new one, and gives it as it stands. */
export async function insert(
  it: Deciding,
  given: { entry: DecisionEntry; made: Making | null; lineId: number | null; sourceUrl: string | null },
): Promise<Decision> {
  const { tx, workspaceId, actor, at } = it;
  const { entry, ...rest } = given;
  const id = await insertDecision(tx, { workspaceId, createdById: actor.id, at, ...entry, ...rest });
  return await get(it, id);
}

/** A decision that was just written. */
export async function get({ tx, workspaceId }: Deciding, id: number): Promise<Decision> {
  const decision = await findDecision(tx, workspaceId, { id }, null);
  if (decision === undefined) throw new Error(`decision ${id} was written and is not there`);
  return decision;
}

/** Who tells of it, and when. */
export function factOf({ workspaceId, at, actor }: Deciding) {
  return { workspaceId, at, actorId: actor.id };
}

export async function record(
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
