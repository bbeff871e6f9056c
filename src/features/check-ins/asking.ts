import type { Temporal } from 'temporal-polyfill';
import { nudgeAt } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { markHomes } from '../../delivery/homes.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type NewPart, sayAll } from '../daily/operations.ts';
import { isComplete } from './core/check-in.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { nudgeBlocks, promptBlocks } from './prompt-blocks.ts';
import type { RunPrompt } from './reading.ts';
import type { Reachable } from './run-store.ts';

/** What an occurrence says of its reminders and its end. */
export type Span = {
  workspaceId: string;
  /** From when on a reminder is counted. */
  beginsAt: Temporal.Instant;
  closeAt: Temporal.Instant | null;
  nudgeAfter: string | null;
  dayOff: DayOff;
};

/** A person who is asked, and when. */
export type Asking = { prompt: RunPrompt; person: Reachable; askedAt: Temporal.Instant; span: Span };

/** Puts questions, and the reminders of who will not have answered them, into people's messages of the day. */
export async function askAll(tx: Tx, askings: readonly Asking[]): Promise<void> {
  const waiting = askings.filter(({ prompt }) => !isComplete(prompt.items));
  await sayAll(tx, waiting.flatMap(partsOf));
  const byWorkspace = Map.groupBy(askings, ({ span }) => span.workspaceId);
  for (const [workspaceId, own] of byWorkspace) {
    await markHomes(tx, workspaceId, [...new Set(own.map(({ person }) => person.id))]);
  }
}

function partsOf({ prompt, person, askedAt, span }: Asking): NewPart[] {
  const common = {
    workspaceId: span.workspaceId,
    personId: person.id,
    ...(span.closeAt === null ? {} : { expiresAt: span.closeAt }),
  };
  const question = {
    ...common,
    key: promptKey(prompt.occurrenceId, person.id),
    at: askedAt,
    content: promptBlocks(prompt),
  };
  const remindedAt = nudgeAt(span, askedAt, person);
  if (remindedAt === null) return [question];
  const nudge = {
    ...common,
    key: nudgeKey(prompt.occurrenceId, person.id),
    at: remindedAt,
    content: nudgeBlocks(prompt),
    isNudge: true,
  };
  return [question, nudge];
}
