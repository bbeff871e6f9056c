import { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../platform/core/result.ts';
import { dateWords, momentWords } from '../platform/core/time-words.ts';
import { isTimeZone } from '../platform/core/time-zone.ts';
import { companyNow, readCompanyClock } from '../platform/db/company-time.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { recordEvent } from '../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../platform/db/transaction.ts';
import { Names } from '../platform/file/names.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import {
  type CadenceSettings,
  clearLostReason,
  findCadenceById,
  findChannel,
  findCycleEnd,
  findTaken,
  findTwin,
  insertCadence,
  listChoices,
  listKeys,
  lockCadence,
  saveCadence,
  saveSettings,
} from './cadence-store.ts';
import type { Cadence } from './core/cadence.ts';
import { nextSlot } from './core/calendar.ts';
import { type CadenceRule, type DayOff, ruleOf } from './core/rule.ts';
import { parseSchedule } from './core/schedule.ts';
import { hoursOf } from './core/span-words.ts';
import { nextToPlan } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import { type Changer, changeRefusal } from './permission.ts';
import { skipSpan } from './skipping.ts';

const zones = new Names(['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** What people set in the modal. A key is made from ritual and channel where none is given. */
export type Settings = Omit<CadenceSettings, 'period'> & { key: string | null };

export type SettingName =
  | 'key'
  | 'ritual'
  | 'channel'
  | 'schedule'
  | 'timezone'
  | 'starts'
  | 'teams'
  | 'cycle'
  | 'nudge';

/** What was not taken, as plain words beside each setting. */
export type SettingsRefusal = Refusal & { code: 'settings'; problems: Partial<Record<SettingName, string>> };

/** There is one of the same ritual in the same channel: whoever means it says so by the twin's id. */
export type TwinRefusal = Refusal & { code: 'twin'; twin: Cadence };

export type SetUp = Result<Cadence> | SettingsRefusal | TwinRefusal;

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

/** Sets a cadence up; it comes from now on. Refuses what could not be held, beside each setting, and stores nothing. */
export async function addCadence(
  db: Database,
  workspaceId: string,
  actor: Changer,
  settings: Settings,
  { twinId = null }: { twinId?: number | null } = {},
): Promise<SetUp> {
  const dayOff = await readDaysOff(db, workspaceId);
  return await inTransaction(
    db,
    async (tx) => {
      const now = await companyNow(tx, workspaceId);
      const checked = await check(tx, workspaceId, settings, now, dayOff);
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
      const cadence = await getCadence(tx, workspaceId, id);
      await recordEvent(tx, {
        workspaceId,
        at: now,
        doer: { kind: 'person', personId: actor.id },
        type: 'cadence.added',
        subject: { kind: 'cadence', id },
        after: settingsOf(cadence),
      });
      return accepted(cadence);
    },
    { timeoutMs: submissionTimeoutMs },
  );
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
    async (tx) => {
      const before = await lockCadence(tx, workspaceId, id);
      if (before === undefined) return gone;
      const problem = changeRefusal(before, actor);
      if (problem !== null) return problem;
      const now = await companyNow(tx, workspaceId);
      const checked = await check(tx, workspaceId, { ...settings, key: null }, now, dayOff);
      if (!checked.ok) return checked;
      const { rule } = checked.value;
      const isMoved = before.ritual !== settings.ritual || before.channel.id !== settings.channelId;
      const twin = isMoved ? await findTwin(tx, workspaceId, { ...settings, exceptId: id }) : undefined;
      if (twin !== undefined && twin.id !== twinId) return twinRefusal(twin);
      await saveSettings(tx, workspaceId, id, { ...settings, period: rule.period });
      await clearLostReason(tx, settings.channelId);
      if (before.state === 'active' && comesOtherwise(before, settings)) {
        await reschedule(tx, before, rule, { actor, now, dayOff });
      }
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
      return accepted(cadence);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const gone: Refusal = refused('gone', 'That cadence is not there any more.');

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
    tz_version: process.versions['tz'] ?? 'unknown',
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

type Checked = { rule: CadenceRule; channel: { name: string; isPrivate: boolean } };

/** Everything that is wrong with settings at once, or what follows from them. */
async function check(
  tx: Tx,
  workspaceId: string,
  settings: Settings,
  now: Temporal.Instant,
  dayOff: DayOff,
): Promise<Result<Checked> | SettingsRefusal> {
  const problems: SettingsRefusal['problems'] = {};
  const channel = await findChannel(tx, workspaceId, settings.channelId);
  if (channel === undefined || !channel.hasCairn) {
    problems.channel = 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.';
  } else if (channel.isArchived) {
    problems.channel = 'That channel is archived. Bring it back first, or choose another one.';
  }
  if (settings.key !== null) {
    const keys = await listKeys(tx, workspaceId);
    if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(settings.key)) {
      problems.key = 'A key has small letters, digits and hyphens, such as weekly-okr.';
    } else if (keys.some(({ key }) => key === settings.key)) problems.key = keyTaken(settings.key).words;
  }
  const { nudgeAfter, closeAfter } = settings;
  if (nudgeAfter !== null && closeAfter !== null && hoursOf(nudgeAfter) >= hoursOf(closeAfter)) {
    problems.nudge = 'The reminder would come when it is closed already. Choose an earlier one.';
  }
  if (!isTimeZone(settings.timezone)) {
    const mend = zones.mend(settings.timezone, 'write one such as Europe/Berlin.');
    problems.timezone = `I don't know this time zone; ${mend}`;
  }
  const schedule = parseSchedule(settings.schedule);
  if (!schedule.ok) problems.schedule = sentence(schedule.words);

  let rule: CadenceRule | null = null;
  if (schedule.ok && problems.timezone === undefined) {
    const { startsOn, onHoliday, timezone: zone } = settings;
    rule = ruleOf({ schedule: schedule.value, zone, startsOn, onHoliday, dayOff });
    const found = await cycleProblem(tx, workspaceId, settings, rule, now);
    if (found !== null) problems[found.setting] = found.words;
  }
  const words = Object.values(problems).join(' ');
  if (rule === null || channel === undefined || words !== '') {
    return { ok: false, code: 'settings', words, problems };
  }
  return accepted({ rule, channel });
}

async function cycleProblem(
  tx: Tx,
  workspaceId: string,
  { cycle, timezone }: Settings,
  rule: CadenceRule,
  now: Temporal.Instant,
): Promise<{ setting: SettingName; words: string } | null> {
  const first = nextSlot(rule, now);
  if (first === null) {
    return { setting: 'schedule', words: 'This never comes. Name a day that exists.' };
  }
  if (cycle === 'current') return null;
  const endsOn = await findCycleEnd(tx, workspaceId, cycle);
  if (endsOn === undefined) return { setting: 'cycle', words: 'I do not know this cycle.' };
  if (Temporal.PlainDate.compare(first.local.toPlainDate(), endsOn) <= 0) return null;
  const words = `It would first come on ${momentWords(first.at, now, timezone)}, and ${cycle} ends on ${dateWords(endsOn)}. Choose a later cycle, or the current one.`;
  return { setting: 'cycle', words };
}

/** A key from ritual and channel that nobody has; a private channel's name is not told by it. */
async function freeKey(
  tx: Tx,
  workspaceId: string,
  ritual: string,
  channel: { name: string; isPrivate: boolean },
): Promise<string> {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
  const name = channel.isPrivate ? '' : plain(channel.name);
  const wanted = [plain(ritual), name].filter(Boolean).join('-').slice(0, 70) || 'cadence';
  const known = new Set((await listKeys(tx, workspaceId)).map(({ key }) => key));
  if (!known.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!known.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

function keyTaken(key: string): SettingsRefusal {
  const words = `There is a cadence ${key} already. Choose another key, or leave this empty.`;
  return { ok: false, code: 'settings', words, problems: { key: words } };
}

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

function sentence(words: string): string {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}
