import { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../platform/core/result.ts';
import { clockTime } from '../platform/core/time-words.ts';
import { companyNow } from '../platform/db/company-time.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { recordEvent } from '../platform/db/events.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { channelMention, inline } from '../platform/slack/mrkdwn.ts';
import { openByHand } from './by-hand.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import { findRunByHand, findTaken, lockCadence, saveCadence } from './cadence-store.ts';
import { markHomesOf } from './concern-store.ts';
import type { Cadence } from './core/cadence.ts';
import type { CadenceRule, DayOff } from './core/rule.ts';
import { spanWords } from './core/span-words.ts';
import { nextHeld, nextToPlan } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import { notLiveRefusal } from './not-live.ts';
import type { Rituals } from './opening.ts';
import { gone } from './operations.ts';
import { type Changer, changeRefusal } from './permission.ts';
import { readQuiet } from './quiet-store.ts';
import { clearLostReason } from './settings-store.ts';
import { skipSlot, skipSpan } from './skipping.ts';
import { tzVersion } from './tz-version.ts';

/** From now on nothing is planned, until somebody resumes it. */
export async function pauseCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
): Promise<Result<null>> {
  return await change(db, workspaceId, actor, id, async (tx, cadence, now) => {
    if (cadence.state === 'paused') return refused('already-paused', 'It is paused already.');
    if (cadence.state === 'ended') return refused('ended', 'It has ended, so there is nothing to pause.');
    const reason = `paused by ${actor.name}`;
    await saveCadence(tx, id, { state: 'paused', paused_at: now.toString(), pause_reason: reason });
    return accepted({ type: 'cadence.paused', after: { reason } });
  });
}

/**
 * Plans it again from now on. What lay between is one skipped occurrence that says why. Refuses while Cairn cannot
 * write in its channel, when its cycle is over, and, in a quiet workspace, while none of its teams is live.
 */
export async function resumeCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
): Promise<Result<null>> {
  return await change(db, workspaceId, actor, id, async (tx, cadence, now, dayOff) => {
    return await resumeLocked(tx, cadence, { now, actor, dayOff });
  });
}

/** The same of one that is locked already, in the transaction of something larger, which records the event. */
export async function resumeLocked(
  tx: Tx,
  cadence: Cadence,
  { now, actor, dayOff }: { now: Temporal.Instant; actor: Changer; dayOff: DayOff },
): Promise<Result<Step>> {
  if (cadence.state === 'active') return refused('already-active', 'It is not paused.');
  const problem = channelRefusal(cadence) ?? cycleRefusal(cadence, now) ?? (await quietRefusal(tx, cadence));
  if (problem !== null) return problem;
  const rule = ruleOfCadence(cadence, dayOff);
  await skipPause(tx, cadence, rule, { now, actor });
  await clearLostReason(tx, cadence.channel.id);
  const nextDueAt = await nextDue(tx, cadence, rule, now);
  await saveCadence(tx, cadence.id, {
    state: 'active',
    paused_at: null,
    pause_reason: null,
    next_due_at: nextDueAt?.toString() ?? null,
    tz_version: tzVersion,
  });
  return accepted({ type: 'cadence.resumed', before: { reason: cadence.pauseReason } });
}

/** Why nothing of it would be sent while the workspace is quiet, or null. */
async function quietRefusal(tx: Tx, { id, teams }: Cadence): Promise<Refusal | null> {
  const { mayCome, isAnyLive } = await readQuiet(tx, id);
  return mayCome ? null : notLiveRefusal(teams, isAnyLive);
}

/** Records what did not come of its rule while it was paused, up to now, as skipped. */
export async function skipPause(
  tx: Tx,
  cadence: Cadence,
  rule: CadenceRule,
  { now, actor }: { now: Temporal.Instant; actor: Changer },
): Promise<void> {
  await skipSpan(tx, cadence, rule, {
    from: earliest(cadence.pausedAt, cadence.nextDueAt) ?? now,
    to: now,
    reason: pauseWords(cadence, now),
    actor,
  });
}

/** The time that was skipped, in the cadence's zone. */
export type Skipped = { name: string; at: Temporal.Instant; zone: string; now: Temporal.Instant };

/**
 * Lets the next time go by: it is recorded as skipped, and the one after it comes next. `expected` is the name of
 * the time that whoever presses a button sees as the next one, so that a double click skips one.
 */
export async function skipNext(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
  expected: string | null = null,
): Promise<Result<Skipped>> {
  let skipped: Skipped | null = null;
  const done = await change(db, workspaceId, actor, id, async (tx, cadence, now, dayOff) => {
    if (cadence.state !== 'active') {
      return refused('not-active', 'Nothing comes of it at the moment, so there is nothing to skip.');
    }
    const rule = ruleOfCadence(cadence, dayOff);
    const taken = (await findTaken(tx, [id], now)).get(id) ?? [];
    const next = nextHeld(rule, now, { taken, lastDay: cadence.cycleEndsOn });
    if (next === null) return refused('never', 'It does not come again, so there is nothing to skip.');
    if (expected !== null && next.name !== expected)
      return refused('already-skipped', 'That one is skipped already.');
    await skipSlot(tx, cadence, next, { reason: `skipped by ${actor.name}`, actor, now });
    // One that is due at this moment and not planned yet stays due.
    if (cadence.nextDueAt === null || Temporal.Instant.compare(cadence.nextDueAt, now) > 0) {
      const nextDueAt = await nextDue(tx, cadence, rule, now);
      await saveCadence(tx, id, { next_due_at: nextDueAt?.toString() ?? null });
    }
    skipped = { name: next.name, at: next.at, zone: cadence.timezone, now };
    return accepted({ type: 'cadence.skipped', after: { name: next.name } });
  });
  if (!done.ok) return done;
  if (skipped === null) throw new Error('a time was skipped and is not known');
  return accepted(skipped);
}

/** What became of a run by hand. */
export type Ran = { held: true } | { held: false; reason: string };

/**
 * Runs a cadence now, besides what its rule says: an extra one, after which the next one comes all the same. Twice in
 * a minute is one run, and refuses so. Refuses while Cairn cannot write in its channel, and, in a quiet workspace, while none of its teams
 * is live.
 */
export async function runCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
  rituals: Rituals,
): Promise<Result<Ran>> {
  let ran: Ran = { held: true };
  const done = await change(db, workspaceId, actor, id, async (tx, cadence, now) => {
    const problem = channelRefusal(cadence) ?? (await quietRefusal(tx, cadence));
    if (problem !== null) return problem;
    const before = await findRunByHand(tx, id, now.subtract({ minutes: 1 }));
    if (before !== undefined) return alreadyRun(before.by, before.dueAt, cadence.timezone);
    const opened = await openByHand(tx, rituals, { workspaceId, cadenceId: id, personId: actor.id });
    if (opened === undefined) return gone;
    if (!opened.isNew) return alreadyRun(null, now, cadence.timezone);
    ran = opened.held ? { held: true } : { held: false, reason: opened.reason };
    return accepted({ type: 'cadence.run', after: { name: opened.name, ...ran } });
  });
  return done.ok ? accepted(ran) : done;
}

function alreadyRun(by: string | null, at: Temporal.Instant, zone: string): Refusal {
  const who = by === null ? 'It was run' : `${inline(by)} ran it`;
  return refused('already-run', `${who} at ${clockTime(at, zone)} already, which is this same run.`);
}

type Step = { type: string; before?: unknown; after?: unknown };

/** One change of one cadence: locked, the actor checked at this moment, the event with it in one transaction. */
async function change(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
  step: (tx: Tx, cadence: Cadence, now: Temporal.Instant, dayOff: DayOff) => Promise<Result<Step>>,
): Promise<Result<null>> {
  // Read before the lock: loading a country's holidays takes a moment.
  const dayOff = await readDaysOff(db, workspaceId);
  return await inTransaction(db, async (tx) => {
    const cadence = await lockCadence(tx, workspaceId, id);
    if (cadence === undefined) return gone;
    const problem = changeRefusal(cadence, actor);
    if (problem !== null) return problem;
    const at = await companyNow(tx, workspaceId);
    const done = await step(tx, cadence, at, dayOff);
    if (!done.ok) return done;
    await recordEvent(tx, {
      ...done.value,
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      subject: { kind: 'cadence', id },
    });
    await markHomesOf(tx, workspaceId, [id]);
    return accepted(null);
  });
}

/** Why Cairn cannot write in a cadence's channel, or null. */
export function channelRefusal({ channel, key }: Cadence): Refusal | null {
  const place = channelMention(channel);
  if (channel.isArchived) {
    return refused(
      'archived',
      `${place} is archived. Bring it back first, or choose another channel with \`/cadence edit ${key}\`.`,
    );
  }
  if (channel.hasCairn) return null;
  return refused(
    'not-in-channel',
    `I am not in ${place}. Invite me there with \`/invite @Cairn\`, then try again.`,
  );
}

function cycleRefusal({ cycle, cycleEndsOn, timezone, key }: Cadence, now: Temporal.Instant): Refusal | null {
  const today = now.toZonedDateTimeISO(timezone).toPlainDate();
  if (cycleEndsOn === null || Temporal.PlainDate.compare(cycleEndsOn, today) >= 0) return null;
  return refused(
    'cycle-over',
    `Its cycle ${inline(cycle)} is over. Choose one that goes on with \`/cadence edit ${key}\`, then resume it.`,
  );
}

async function nextDue(
  tx: Tx,
  cadence: Cadence,
  rule: CadenceRule,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const taken = (await findTaken(tx, [cadence.id], now)).get(cadence.id) ?? [];
  return nextToPlan(rule, now, taken);
}

/** "paused by Ana from 3 to 17 November"; a pause that Cairn made itself says why. */
function pauseWords({ pauseReason, pausedAt, timezone, state }: Cadence, now: Temporal.Instant): string {
  const dateOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timezone).toPlainDate();
  const span = spanWords(pausedAt === null ? dateOf(now) : dateOf(pausedAt), dateOf(now));
  if (state === 'ended') return `ended ${span}`;
  if (pauseReason === null) return pausedAt === null ? 'paused until then' : `paused ${span}`;
  return /^paused\b/.test(pauseReason) ? `${pauseReason} ${span}` : `paused ${span}: ${pauseReason}`;
}

function earliest(...instants: (Temporal.Instant | null)[]): Temporal.Instant | null {
  const [first = null] = instants.filter((it) => it !== null).sort(Temporal.Instant.compare);
  return first;
}
