import { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result } from '../platform/core/result.ts';
import { dateWords, momentWords } from '../platform/core/time-words.ts';
import { isTimeZone } from '../platform/core/time-zone.ts';
import type { Tx } from '../platform/db/database.ts';
import { Names } from '../platform/file/names.ts';
import { listKeys } from './cadence-store.ts';
import type { Cadence } from './core/cadence.ts';
import { nextSlot } from './core/calendar.ts';
import { type CadenceRule, type DayOff, ruleOf } from './core/rule.ts';
import { parseSchedule } from './core/schedule.ts';
import { hoursOf } from './core/span-words.ts';
import { type CadenceSettings, findChannel, findCycleEnd } from './settings-store.ts';

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

type Checked = { rule: CadenceRule; channel: { name: string; isPrivate: boolean } };

/** Everything that is wrong with settings at once, or what follows from them. */
export async function checkSettings(
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
  Object.assign(problems, checkTime(settings.schedule, settings.timezone));
  const schedule = parseSchedule(settings.schedule);

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

/** What is wrong with a time as somebody wrote it, beside each of its parts. */
export function checkTime(schedule: string, timezone: string): { schedule?: string; timezone?: string } {
  const read = parseSchedule(schedule);
  const mend = 'write one such as Europe/Berlin.';
  return {
    ...(isTimeZone(timezone)
      ? {}
      : { timezone: `I don't know this time zone; ${zones.mend(timezone, mend)}` }),
    ...(read.ok ? {} : { schedule: sentence(read.words) }),
  };
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
export async function freeKey(
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

export function keyTaken(key: string): SettingsRefusal {
  const words = `There is a cadence ${key} already. Choose another key, or leave this empty.`;
  return { ok: false, code: 'settings', words, problems: { key: words } };
}

function sentence(words: string): string {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}
