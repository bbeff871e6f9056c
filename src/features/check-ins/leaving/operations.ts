import type { Temporal } from 'temporal-polyfill';
import { nextMorning } from '../../../cadence/core/morning.ts';
import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { resay, sayAll } from '../../daily/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import { readWorksOn } from '../../people/working-days.ts';
import type { LeaveReason, Leaving, Snoozes } from '../core/leaving.ts';
import { promptKey } from '../keys.ts';
import { passPromptsOfCadence } from '../passing-operations.ts';
import { findPrompt, readOrigin, teamsOfCadence } from '../store.ts';
import { type Left, leftPromptBlocks, toldBlocks } from './blocks.ts';
import {
  countSnoozes,
  endLeaving,
  insertLeaving,
  listAdmins,
  listLeads,
  listLeavingsSince,
  listLeft,
  listLeftBy,
} from './store.ts';

/**
 * The cadence that asks in an occurrence asks the actor nothing any more. What it asks them now goes to backups, or is
 * asked of nobody, and then who leads the team is told once. Who leads a team of it may leave as well, and admins read
 * so: a team's lead who is not asked is worth a word. Refuses who is not asked, and who has left already.
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
    const at = await companyNow(tx, workspaceId);
    const { cadenceId } = row;
    const { key } = await readOrigin(tx, cadenceId);
    const id = await insertLeaving(tx, { workspaceId, cadenceId, personId: actor.id, reason, at });
    if (id === undefined)
      return refused(
        'left',
        'You have left this ritual already. Your Home has `Come back`, should you want to.',
      );
    const { passed, unasked, occurrenceIds, teamIds } = await passPromptsOfCadence(
      tx,
      workspaceId,
      { personId: actor.id, cadenceId },
      at,
    );
    const isLead = (await listLeads(tx, await teamsOfCadence(tx, cadenceId))).some(
      (it) => it.id === actor.id,
    );
    const leads =
      unasked === 0 || isLead ? [] : (await listLeads(tx, teamIds)).filter((it) => it.id !== actor.id);
    const told: Left['told'] = isLead
      ? { kind: 'admins' }
      : leads.length === 0
        ? null
        : { kind: 'leads', people: leads };
    const left: Left = { cadenceId, key, reason, passed, unasked, told };
    const hear = isLead ? (await listAdmins(tx, workspaceId)).filter((it) => it.id !== actor.id) : leads;
    await tellThem(
      tx,
      workspaceId,
      hear.map((it) => it.id),
      { id, at, content: toldBlocks(actor, left, isLead) },
    );
    for (const occurrence of new Set([occurrenceId, ...occurrenceIds]))
      await resay(tx, workspaceId, promptKey(occurrence, actor.id), leftPromptBlocks(left));
    await markHomes(tx, workspaceId, [actor.id]);
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'ritual.left',
      subject: { kind: 'cadence', id: cadenceId },
      before: null,
      after: { reason, unasked, passed: passed.map(({ to, count }) => ({ to: to.id, count })) },
    });
    return accepted(left);
  });
}

/** Once, in their message of a working morning. */
async function tellThem(
  tx: Tx,
  workspaceId: string,
  people: readonly number[],
  { id, at, content }: { id: number; at: Temporal.Instant; content: ReturnType<typeof toldBlocks> },
): Promise<void> {
  const lives = await readWorksOn(tx, workspaceId, people, at);
  await sayAll(
    tx,
    people.flatMap((personId) => {
      const life = lives.get(personId);
      const morning = life === undefined ? null : nextMorning(at, life.timezone, life.worksOn);
      return morning === null
        ? []
        : [
            {
              workspaceId,
              personId,
              key: `ritual-left:${id}:${personId}`,
              at: morning,
              content,
              isNudge: true,
            },
          ];
    }),
  );
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
