import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import type { LeaveReason, Leaving, Snoozes } from '../core/leaving.ts';
import { promptKey } from '../keys.ts';
import { passPromptsOfCadence } from '../passing-operations.ts';
import { findPrompt } from '../store.ts';
import type { Left } from './blocks.ts';
import { leaveCadence } from './cadence-operations.ts';
import { countSnoozes } from './snooze-store.ts';
import { endLeaving, listLeavingsSince, listLeft, listLeftBy } from './store.ts';

/**
 * The cadence of a check-in asks the actor nothing any more. What it asks them now goes to backups, or is asked of nobody,
 * and then who leads the team is told once. Who leads a team of it may leave as well, and admins read so: a team's lead
 * who is not asked is worth a word. Refuses who is not asked, and who has left already.
 */
export async function leaveRitual(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, reason }: { occurrenceId: number; reason: LeaveReason },
): Promise<Result<Left>> {
  return await inTransaction(db, async (tx) => {
    const row = await findPrompt(tx, workspaceId, occurrenceId, actor.id);
    if (row === undefined) return refused('not-yours', 'This check-in is for somebody else to answer.');
    const { cadenceId } = row;
    return await leaveCadence(tx, workspaceId, actor, { cadenceId, reason }, async (at) => {
      const who = { personId: actor.id, cadenceId };
      const { occurrenceIds, ...settled } = await passPromptsOfCadence(tx, workspaceId, who, at);
      const asked = new Set([occurrenceId, ...occurrenceIds]);
      return { ...settled, thing: 'key result', keys: [...asked].map((id) => promptKey(id, actor.id)) };
    });
  });
}

/** The actor is asked again, from the next one on. Refuses who has not left. */
export async function comeBackTo(
  db: Database,
  workspaceId: string,
  actor: Actor,
  cadenceId: number,
): Promise<Result<{ key: string }>> {
  return await inTransaction(db, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const ended = await endLeaving(tx, { workspaceId, cadenceId, personId: actor.id, at });
    if (ended === undefined)
      return refused('not-left', 'You have not left that ritual, so it asks you as before.');
    await markHomes(tx, workspaceId, [actor.id]);
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'ritual.returned',
      subject: { kind: 'cadence', id: cadenceId },
      before: null,
      after: null,
    });
    return accepted({ key: ended.key });
  });
}

/** Who has left which cadences since then, also those who came back: for the feedback about rituals. */
export async function leavingsOf(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Leaving[]> {
  return await listLeavingsSince(db, workspaceId, since);
}

/** How often questions of each cadence were put off since then, and why: for the feedback about rituals. */
export async function snoozesOf(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Snoozes[]> {
  return await countSnoozes(db, workspaceId, since);
}

/** Who is not asked by a cadence now. */
export async function whoLeft(db: Database, workspaceId: string, cadenceId: number): Promise<Leaving[]> {
  return await listLeft(db, workspaceId, [cadenceId]);
}

/** The cadences that somebody has left. */
export async function leftBy(db: Database, workspaceId: string, personId: number): Promise<number[]> {
  return await listLeftBy(db, workspaceId, personId);
}
