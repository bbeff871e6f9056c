import type { Temporal } from 'temporal-polyfill';
import type { Tx } from './database.ts';

/** Whose doing a change is: a person's in Slack, the clock's, or the operator's with a file. */
export type Doer = { kind: 'person'; personId: number } | { kind: 'clock' } | { kind: 'operator' };

/** A recorded fact, in the past tense: who, what, when, before, after. `at` is company time. */
export type NewEvent = {
  workspaceId: string;
  at: Temporal.Instant;
  doer: Doer;
  type: string;
  subject: { kind: string; id: number };
  before?: unknown;
  after?: unknown;
};

/** Saves events in the transaction of the change that they tell of. */
export async function recordEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx
    .insertInto('events')
    .values(
      events.map((event) => ({
        workspace_id: event.workspaceId,
        at: event.at.toString(),
        actor: event.doer.kind,
        actor_id: event.doer.kind === 'person' ? event.doer.personId : null,
        type: event.type,
        subject_kind: event.subject.kind,
        subject_id: event.subject.id,
        before: event.before === undefined ? null : JSON.stringify(event.before),
        after: event.after === undefined ? null : JSON.stringify(event.after),
      })),
    )
    .execute();
}

export async function recordEvent(tx: Tx, event: NewEvent): Promise<void> {
  await recordEvents(tx, [event]);
}
