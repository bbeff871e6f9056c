import { Temporal } from 'temporal-polyfill';
import { may, rolesInWorkspace } from '../permission/permissions.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import { companyNow, readCompanyClock } from '../platform/db/company-time.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { recordEvent } from '../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../platform/db/transaction.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import { findCadenceById, findTaken, findTwin, lockCadence, saveCadence } from './cadence-store.ts';
import { skipPause } from './change-operations.ts';
import { markHomesOf } from './concern-store.ts';
import type { Cadence } from './core/cadence.ts';
import { nextSlot } from './core/calendar.ts';
import type { CadenceRule, DayOff } from './core/rule.ts';
import { nextToPlan } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import { gone } from './operations.ts';
import { type Changer, changeRefusal } from './permission.ts';
import { pauseNotLive } from './quiet-store.ts';
import { checkSettings, freeKey, keyTaken, type Settings, type SetUp, type TwinRefusal } from './settings.ts';
import { clearLostReason, insertCadence, listChoices, saveSettings } from './settings-store.ts';
import { skipSpan } from './skipping.ts';
import { tzVersion } from './tz-version.ts';

/** What can be picked, and the company's zone for a start. */
export async function readChoices(
  db: Database,
  workspaceId: string,
): Promise<{
  teams: { id: number; name: string }[];
  cycles: string[];
  zone: string;
  today: Temporal.PlainDate;
}> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return { ...(await listChoices(db, workspaceId, today)), zone, today };
}

/** The cadence that somebody wants to edit, if they may. */
export async function checkEdit(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
): Promise<Result<Cadence>> {
  const cadence = await findCadenceById(db, workspaceId, id);
  if (cadence === undefined) return gone;
  return changeRefusal(cadence, actor) ?? accepted(cadence);
}

/**
 * Sets a cadence up; it comes from now on, or, in a quiet workspace, once one of its teams is live. Refuses what could
 * not be held, beside each setting, and stores nothing.
 */
export async function addCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  settings: Settings,
  { twinId = null }: { twinId?: number | null } = {},
): Promise<SetUp> {
  if (!may('add a cadence', rolesInWorkspace(actor))) return notAMember;
  const dayOff = await readDaysOff(db, workspaceId);
  return await inTransaction(
    db,
    async (tx) => await addLocked(tx, workspaceId, actor, settings, { twinId, dayOff }),
    { timeoutMs: submissionTimeoutMs },
  );
}

/** The same in the transaction of something larger. `actor` may add cadences. */
export async function addLocked(
  tx: Tx,
  workspaceId: string,
  actor: Changer,
  settings: Settings,
  { twinId, dayOff }: { twinId: number | null; dayOff: DayOff },
): Promise<SetUp> {
  const now = await companyNow(tx, workspaceId);
  const checked = await checkSettings(tx, workspaceId, settings, now, dayOff);
  if (!checked.ok) return checked;
  const { value } = checked;
  const twin = await findTwin(tx, workspaceId, { ...settings, exceptId: null });
  if (twin !== undefined && twin.id !== twinId) return twinRefusal(twin);
  const key = settings.key ?? (await freeKey(tx, workspaceId, settings.ritual, value.channel));
  const nextDueAt = nextSlot(value.rule, now)?.at ?? null;
  const row = { ...settings, period: value.rule.period, key, createdBy: actor.id, nextDueAt };
  const id = await insertCadence(tx, workspaceId, row);
  if (id === undefined) return keyTaken(key);
  await clearLostReason(tx, settings.channelId);
  // In a quiet workspace it waits until one of its teams is live.
  await pauseNotLive(tx, workspaceId, now, id);
  const cadence = await getCadence(tx, workspaceId, id);
  await recordEvent(tx, {
    workspaceId,
    at: now,
    doer: { kind: 'person', personId: actor.id },
    type: 'cadence.added',
    subject: { kind: 'cadence', id },
    after: settingsOf(cadence),
  });
  await markHomesOf(tx, workspaceId, [id]);
  return accepted(cadence);
}

/**
 * Changes a cadence. Its next time is reckoned from now on when its rule or its zone changes; a time that is due and
 * not planned yet is then recorded as skipped. Its key stays.
 */
export async function editCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  id: number,
  settings: Settings,
  { twinId = null }: { twinId?: number | null } = {},
): Promise<SetUp> {
  const dayOff = await readDaysOff(db, workspaceId);
  return await inTransaction(
    db,
    async (tx) => await editLocked(tx, workspaceId, actor, id, settings, { twinId, dayOff }),
    { timeoutMs: submissionTimeoutMs },
  );
}

/** The same in the transaction of something larger. */
export async function editLocked(
  tx: Tx,
  workspaceId: string,
  actor: Changer,
  id: number,
  settings: Settings,
  { twinId, dayOff }: { twinId: number | null; dayOff: DayOff },
): Promise<SetUp> {
  const before = await lockCadence(tx, workspaceId, id);
  if (before === undefined) return gone;
  const problem = changeRefusal(before, actor);
  if (problem !== null) return problem;
  const now = await companyNow(tx, workspaceId);
  const checked = await checkSettings(tx, workspaceId, { ...settings, key: null }, now, dayOff);
  if (!checked.ok) return checked;
  const { rule } = checked.value;
  const isMoved = before.ritual !== settings.ritual || before.channel.id !== settings.channelId;
  const twin = isMoved ? await findTwin(tx, workspaceId, { ...settings, exceptId: id }) : undefined;
  if (twin !== undefined && twin.id !== twinId) return twinRefusal(twin);
  await saveSettings(tx, workspaceId, id, { ...settings, period: rule.period });
  await clearLostReason(tx, settings.channelId);
  if (comesOtherwise(before, settings)) {
    if (before.state === 'active') await reschedule(tx, before, rule, { actor, now, dayOff });
    if (before.state === 'paused') {
      await skipPause(tx, before, ruleOfCadence(before, dayOff), { now, actor });
      await saveCadence(tx, id, { paused_at: now.toString(), next_due_at: null });
    }
  }
  await pauseNotLive(tx, workspaceId, now, id);
  const cadence = await getCadence(tx, workspaceId, id);
  await recordEvent(tx, {
    workspaceId,
    at: now,
    doer: { kind: 'person', personId: actor.id },
    type: 'cadence.changed',
    subject: { kind: 'cadence', id },
    before: settingsOf(before),
    after: settingsOf(cadence),
  });
  await markHomesOf(tx, workspaceId, [id]);
  return accepted(cadence);
}

async function reschedule(
  tx: Tx,
  before: Cadence,
  rule: CadenceRule,
  { actor, now, dayOff }: { actor: Changer; now: Temporal.Instant; dayOff: DayOff },
): Promise<void> {
  const { nextDueAt } = before;
  if (nextDueAt !== null && Temporal.Instant.compare(nextDueAt, now) <= 0) {
    const reason = `changed by ${actor.name} before it was held`;
    await skipSpan(tx, before, ruleOfCadence(before, dayOff), { from: nextDueAt, to: now, reason, actor });
  }
  const taken = (await findTaken(tx, [before.id], now)).get(before.id) ?? [];
  await saveCadence(tx, before.id, {
    next_due_at: nextToPlan(rule, now, taken)?.toString() ?? null,
    tz_version: tzVersion,
  });
}

function comesOtherwise(before: Cadence, after: Settings): boolean {
  const startsOn = (date: Temporal.PlainDate | null) => date?.toString() ?? null;
  return (
    before.schedule !== after.schedule ||
    before.timezone !== after.timezone ||
    before.onHoliday !== after.onHoliday ||
    startsOn(before.startsOn) !== startsOn(after.startsOn)
  );
}

const notAMember = refused(
  'not-a-member',
  'Full members of this workspace set cadences up. Ask one of them.',
);

function twinRefusal(twin: Cadence): TwinRefusal {
  return { ok: false, code: 'twin', words: 'There is such a cadence in this channel already.', twin };
}

async function getCadence(tx: Tx, workspaceId: string, id: number): Promise<Cadence> {
  const cadence = await findCadenceById(tx, workspaceId, id);
  if (cadence === undefined) throw new Error('the cadence just saved is not there');
  return cadence;
}

/** What an event keeps of a cadence. */
function settingsOf(cadence: Cadence): Record<string, unknown> {
  const { key, ritual, schedule, timezone, startsOn, onHoliday, cycle, nudgeAfter, closeAfter } = cadence;
  return {
    ...{ key, ritual, schedule, timezone, onHoliday, cycle, nudgeAfter, closeAfter },
    startsOn: startsOn?.toString() ?? null,
    channelId: cadence.channel.id,
    teamIds: cadence.teams.filter(({ isChosen }) => isChosen).map(({ id }) => id),
  };
}
