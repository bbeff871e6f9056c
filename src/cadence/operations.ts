import { Temporal } from 'temporal-polyfill';
import { nearest } from '../platform/core/edit-distance.ts';
import { accepted, type Refusal, type Result, refused } from '../platform/core/result.ts';
import { companyNow } from '../platform/db/company-time.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { recordEvent } from '../platform/db/events.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { channelMention, inline } from '../platform/slack/mrkdwn.ts';
import { ruleOfCadence, shortWordsOfCadence, wordsOfCadence } from './cadence-rule.ts';
import {
  clearLostReason,
  findCadenceById,
  findTaken,
  listCadenceRows,
  listKeys,
  listPausedRows,
  lockCadence,
  saveCadence,
} from './cadence-store.ts';
import type { Cadence, CadenceCard, Happening, ListedCadence } from './core/cadence.ts';
import type { CadenceRule, DayOff } from './core/rule.ts';
import { spanWords } from './core/span-words.ts';
import { nextHeld, nextToPlan, upcomingTimes } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import { listOccurrences } from './history-store.ts';
import { type Changer, changeRefusal } from './permission.ts';
import { skipSlot, skipSpan } from './skipping.ts';

/** As many as a list shows; the rest is counted. */
const mostListed = 20;
const timesShown = 5;
const historyPage = 10;

/** What comes next, in order, and what is paused or has ended. Everybody may look. */
export async function listCadences(
  db: Database,
  workspaceId: string,
): Promise<{ now: Temporal.Instant; total: number; cadences: ListedCadence[] }> {
  const now = await companyNow(db, workspaceId);
  const { cadences, total } = await listCadenceRows(db, workspaceId, mostListed);
  const taken = await findTaken(
    db,
    cadences.map(({ id }) => id),
    now,
  );
  const dayOff = await readDaysOff(db, workspaceId);
  const listed = cadences.map((cadence) => {
    const given = { taken: taken.get(cadence.id) ?? [], lastDay: cadence.cycleEndsOn };
    const next = cadence.state === 'active' ? nextHeld(ruleOfCadence(cadence, dayOff), now, given) : null;
    return { cadence, words: shortWordsOfCadence(cadence), next: next?.at ?? null };
  });
  return { now, total, cadences: listed };
}

/** Paused cadences with why they are; the first few. */
export async function listPaused(
  db: Database,
  workspaceId: string,
): Promise<{ key: string; channel: Cadence['channel']; reason: string | null }[]> {
  const rows = await listPausedRows(db, workspaceId, mostListed);
  return rows.map(({ key, channel, pauseReason }) => ({ key, channel, reason: pauseReason }));
}

/** The id of the cadence that a key names, without regard to case and hyphens; refuses with the nearest one. */
export async function findCadence(db: Database, workspaceId: string, typed: string): Promise<Result<number>> {
  const keys = await listKeys(db, workspaceId);
  const plain = (key: string) => key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found = keys.find(({ key }) => key === typed) ?? keys.find(({ key }) => plain(key) === plain(typed));
  if (found !== undefined) return accepted(found.id);
  const meant = nearest(
    typed.slice(0, 80),
    keys.map(({ key }) => key),
  );
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return refused(
    'unknown-cadence',
    `I don't know a cadence called “${inline(typed.slice(0, 80))}”.${guess} \`/cadence list\` shows them all.`,
  );
}

/** The only cadence there is, for whoever names none. */
export async function findOnlyCadence(db: Database, workspaceId: string): Promise<number | undefined> {
  const [only, ...more] = await listKeys(db, workspaceId);
  return more.length === 0 ? only?.id : undefined;
}

/** One cadence in words, with its next five times. Everybody may look. */
export async function readCadence(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Result<CadenceCard>> {
  const cadence = await findCadenceById(db, workspaceId, id);
  if (cadence === undefined) return gone;
  const now = await companyNow(db, workspaceId);
  const taken = (await findTaken(db, [id], now)).get(id) ?? [];
  const rule = ruleOfCadence(cadence, await readDaysOff(db, workspaceId));
  const times = upcomingTimes(rule, now, timesShown, { taken, lastDay: cadence.cycleEndsOn });
  return accepted({ cadence, words: wordsOfCadence(cadence), now, times });
}

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
 * write in its channel, and when its cycle is over.
 */
export async function resumeCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
): Promise<Result<null>> {
  return await change(db, workspaceId, actor, id, async (tx, cadence, now, dayOff) => {
    if (cadence.state === 'active') return refused('already-active', 'It is not paused.');
    const problem = channelRefusal(cadence) ?? cycleRefusal(cadence, now);
    if (problem !== null) return problem;
    const rule = ruleOfCadence(cadence, dayOff);
    await skipSpan(tx, cadence, rule, {
      from: earliest(cadence.pausedAt, cadence.nextDueAt) ?? now,
      to: now,
      reason: pauseWords(cadence, now),
      actor,
    });
    await clearLostReason(tx, cadence.channel.id);
    const nextDueAt = await nextDue(tx, cadence, rule, now);
    await saveCadence(tx, id, {
      state: 'active',
      paused_at: null,
      pause_reason: null,
      next_due_at: nextDueAt?.toString() ?? null,
      tz_version: process.versions['tz'] ?? 'unknown',
    });
    return accepted({ type: 'cadence.resumed', before: { reason: cadence.pauseReason } });
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

/** What was held, skipped and missed, and why; the latest first, a page of it. Everybody may look. */
export async function listHistory(
  db: Database,
  workspaceId: string,
  id: number,
  beforeId: number | null = null,
): Promise<Result<{ cadence: Cadence; now: Temporal.Instant; happenings: Happening[]; hasMore: boolean }>> {
  const cadence = await findCadenceById(db, workspaceId, id);
  if (cadence === undefined) return gone;
  const rows = await listOccurrences(db, workspaceId, id, { beforeId, limit: historyPage + 1 });
  const happenings = rows.slice(0, historyPage);
  const now = await companyNow(db, workspaceId);
  return accepted({ cadence, now, happenings, hasMore: rows.length > historyPage });
}

const gone: Refusal = refused('gone', 'That cadence is not there any more.');

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
    return accepted(null);
  });
}

/** Why Cairn cannot write in a cadence's channel, or null. */
function channelRefusal({ channel, key }: Cadence): Refusal | null {
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
