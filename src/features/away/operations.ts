import type { Temporal } from 'temporal-polyfill';
import { changeAbsences } from '../../cadence/absence-lock.ts';
import { markHomes } from '../../delivery/homes.ts';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { passPrompts } from '../check-ins/passing-operations.ts';
import { passAudits } from '../ownership/confirming/asking-operations.ts';
import type { StandIn } from '../ownership/load/core/stand-in.ts';
import { readStandIns } from '../ownership/load/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { type Absence, awayOn, mergedWith } from './core/absence.ts';
import { readAbsence } from './core/spoken.ts';
import {
  deleteAbsence,
  type KeptAbsence,
  listAbsences,
  lockAbsences,
  replaceAbsences,
  saveLastDay,
} from './store.ts';

/** What Cairn knows of somebody's days away, from their own today on. */
export type KnownAway = { today: Temporal.PlainDate; absences: KeptAbsence[] };

/** That somebody will be away, and who stands in for what. */
export type ToldAway = { today: Temporal.PlainDate; absence: Absence; standIns: StandIn[] };

/** What became of `/ooo back`. */
export type CameBack =
  | { kind: 'back'; today: Temporal.PlainDate; lastDay: Temporal.PlainDate | null }
  /** They are not away, and will be: whether that was meant is theirs to say. */
  | ({ kind: 'not-yet' } & KnownAway);

/** When the actor is away, from today on. */
export async function readAway(db: Database, workspaceId: string, actor: Actor): Promise<KnownAway> {
  const { today } = await clockOf(db, workspaceId, actor);
  return { today, absences: await listAbsences(db, workspaceId, actor.id, today) };
}

/**
 * The actor is away on the days that they say, in their own zone. Days that overlap or touch others become one
 * absence; saying the same twice changes nothing. What check-ins would ask them then goes to who stands in; what an
 * ownership audit would ask them waits until they are back.
 */
export async function goAway(
  db: Database,
  workspaceId: string,
  actor: Actor,
  text: string,
): Promise<Result<ToldAway>> {
  if (!may('say when one is away', rolesInWorkspace(actor))) return notYou;
  return await inTransaction(db, async (tx) => {
    await changeAbsences(tx, workspaceId);
    const { now, today } = await clockOf(tx, workspaceId, actor);
    const read = readAbsence(text, today);
    if (!read.ok) return read;
    const known = await lockAbsences(tx, workspaceId, actor.id, today);
    const merged = mergedWith(known, read.value, today);
    if (!merged.ok) return merged;
    const { absence, replaced } = merged.value;
    const standIns = await readStandIns(tx, workspaceId, actor.id, absence);
    const [only, ...more] = replaced;
    const isKnown = more.length === 0 && only?.from.equals(absence.from) && only.until.equals(absence.until);
    if (isKnown === true) return accepted({ today, absence, standIns });

    await replaceAbsences(tx, workspaceId, actor.id, absence, replaced);
    await recordEvent(tx, {
      workspaceId,
      at: now,
      doer: { kind: 'person', personId: actor.id },
      type: 'person.said-away',
      subject: { kind: 'person', id: actor.id },
      before: replaced.map(daysOf),
      after: [daysOf(absence)],
    });
    await passPrompts(tx, workspaceId, actor.id, now);
    await passAudits(tx, workspaceId, actor.id, now);
    await markHomes(tx, workspaceId, [
      actor.id,
      ...standIns.flatMap(({ by }) => (by === null ? [] : [by.id])),
    ]);
    return accepted({ today, absence, standIns });
  });
}

/**
 * The actor is back today: yesterday was the last day of their absence; one that began today has not been. Refuses,
 * kindly, who was not away; whose absence is still to come is asked whether it was meant.
 */
export async function comeBack(db: Database, workspaceId: string, actor: Actor): Promise<Result<CameBack>> {
  return await inTransaction(db, async (tx) => {
    await changeAbsences(tx, workspaceId);
    const { now, today } = await clockOf(tx, workspaceId, actor);
    const absences = await lockAbsences(tx, workspaceId, actor.id, today);
    const current = awayOn(absences, today);
    if (current === undefined) {
      return absences.length === 0 ? notAway : accepted({ kind: 'not-yet', today, absences });
    }
    const lastDay = current.from.equals(today) ? null : today.subtract({ days: 1 });
    if (lastDay === null) await deleteAbsence(tx, current.id);
    else await saveLastDay(tx, current.id, lastDay);
    const after = lastDay === null ? [] : [daysOf({ from: current.from, until: lastDay })];
    await keepEnded(tx, workspaceId, actor, now, 'person.came-back', current, after);
    return accepted({ kind: 'back', today, lastDay });
  });
}

/** The actor will not be away after all. A second press finds nothing, and says so. */
export async function cancelAbsence(
  db: Database,
  workspaceId: string,
  actor: Actor,
  absenceId: number,
): Promise<Result<KnownAway & { cancelled: Absence }>> {
  return await inTransaction(db, async (tx) => {
    await changeAbsences(tx, workspaceId);
    const { now, today } = await clockOf(tx, workspaceId, actor);
    const absences = await lockAbsences(tx, workspaceId, actor.id, today);
    const meant = absences.find(({ id }) => id === absenceId);
    if (meant === undefined) {
      return refused('no-absence', 'That is not on my list any more. `/ooo` shows what I know.');
    }
    if (awayOn([meant], today) !== undefined) {
      return refused('begun', 'That has begun meanwhile. `/ooo back` ends it.');
    }
    await deleteAbsence(tx, meant.id);
    await keepEnded(tx, workspaceId, actor, now, 'person.cancelled-away', meant, []);
    return accepted({ today, absences: absences.filter(({ id }) => id !== absenceId), cancelled: meant });
  });
}

async function keepEnded(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  at: Temporal.Instant,
  type: string,
  absence: Absence,
  after: unknown[],
): Promise<void> {
  const doer = { kind: 'person', personId: actor.id } as const;
  const subject = { kind: 'person', id: actor.id };
  await recordEvent(tx, { workspaceId, at, doer, type, subject, before: [daysOf(absence)], after });
  await passAudits(tx, workspaceId, actor.id, at);
  const standIns = await readStandIns(tx, workspaceId, actor.id, absence);
  await markHomes(tx, workspaceId, [actor.id, ...standIns.flatMap(({ by }) => (by === null ? [] : [by.id]))]);
}

async function clockOf(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<{ now: Temporal.Instant; today: Temporal.PlainDate }> {
  const now = await companyNow(db, workspaceId);
  return { now, today: now.toZonedDateTimeISO(actor.timezone).toPlainDate() };
}

function daysOf({ from, until }: Absence): { from: string; until: string } {
  return { from: from.toString(), until: until.toString() };
}

const notAway: Refusal = refused(
  'not-away',
  'I did not know that you were away, so nothing changes. Good to see you.',
);
const notYou: Refusal = refused('not-yours', 'Full members of this workspace say when they are away.');
