import type { Button, KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import type { Cadence, CadenceCard, Happening, ListedCadence } from '../../cadence/core/cadence.ts';
import { durationWords, spanWords } from '../../cadence/core/span-words.ts';
import { spreadMinutes } from '../../cadence/core/spread.ts';
import type { Upcoming } from '../../cadence/core/upcoming.ts';
import type { Ritual } from '../../cadence/ritual.ts';
import { lengthWords, momentWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { channelMention, inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Leaving } from '../check-ins/core/leaving.ts';
import { comeBackButton, leavingLine } from '../check-ins/leaving/blocks.ts';

/** Ids of the buttons; what they carry is read by `input.ts`. */
export const press = {
  list: 'cadence:list',
  look: 'cadence:look',
  add: 'cadence:add',
  edit: 'cadence:edit',
  run: 'cadence:run',
  rehearse: 'cadence:rehearse',
  pause: 'cadence:pause',
  resume: 'cadence:resume',
  skip: 'cadence:skip',
  history: 'cadence:history',
} as const;

/** So that twenty lines and what stands around them stay within one message. */
const longestLine = 400;
/** An occurrence that comes later than this says so; a tick may take a few seconds. */
const lateSeconds = 5 * 60;

/** Who reads, and what there is to say of rituals. */
export type Reader = {
  zone: string;
  ritualName(key: string): string;
  /** Absent: it asks about the key results of teams in a cycle. */
  asking(key: string): Ritual['asking'];
  /** Whether a ritual can show what it would say. */
  canRehearse(key: string): boolean;
};

/** What comes next, in order, each with a button to look at it. */
export function listBlocks(
  { now, total, cadences }: { now: Temporal.Instant; total: number; cadences: readonly ListedCadence[] },
  reader: Reader,
): Content {
  if (total === 0) {
    const text = 'Nothing is on the calendar yet. `/cadence add` sets up the first ritual.';
    return { text, blocks: [section(text), actions(button('Add one', press.add, 'add', 'primary'))] };
  }
  const lines = cadences.map((each) => ({ each, line: listLine(each, now, reader) }));
  const hidden = total - cadences.length;
  const more = hidden > 0 ? `… and ${hidden} more.` : null;
  const blocks: KnownBlock[] = [
    header('What comes next'),
    ...lines.map(({ each: { cadence }, line }) =>
      section(line, button('Look', `${press.look}/${cadence.id}`, String(cadence.id))),
    ),
    ...(more === null ? [] : [section(more)]),
    actions(button('Add one', press.add, 'add')),
  ];
  const text = ['What comes next:', ...lines.map(({ line }) => line), ...(more === null ? [] : [more])];
  return { text: text.join('\n').replaceAll('*', ''), blocks };
}

/** "OKR check-in in #checkout · every Monday at 9:00 · next Mon 23 Nov, 09:00". */
function listLine({ cadence, words, next }: ListedCadence, now: Temporal.Instant, reader: Reader): string {
  const when = next === null ? 'nothing to come' : `next ${moment(next, now, cadence, reader)}`;
  const state = cadence.state === 'active' ? when : stateWords(cadence);
  return shortenedMrkdwn(`*${title(cadence, reader)}* · ${inline(words)} · ${state}`, longestLine);
}

/** All of one cadence, with the buttons that this reader may press. `note` says what has just been done. */
export function cardBlocks(
  card: CadenceCard,
  reader: Reader & { mayChange: boolean; asked: number | null } & Partial<LeftOf>,
  note: string | null = null,
): Content {
  const { cadence, now } = card;
  const head = `*${title(cadence, reader)}* · \`${inline(cadence.key)}\`\n${when(card, reader)}`;
  const times = timeLines(card, reader);
  const about = [whom(cadence, reader), ...leftWords(reader), ...rules(cadence, reader), ...origin(cadence)];
  const paused = cadence.state === 'active' ? [] : [pausedWords(cadence, now, reader)];
  const blocks: KnownBlock[] = [
    ...(note === null ? [] : [section(note)]),
    section(head),
    ...paused.map((text) => section(text)),
    ...(times.length === 0 ? [] : sections(times)),
    context(about.join('\n')),
    actions(...(hasLeft(reader) ? [comeBackButton(cadence.id)] : []), ...buttonsOf(card, reader)),
  ];
  const text = [...(note === null ? [] : [note]), head, ...paused, ...times, ...about];
  return { text: text.join('\n').replaceAll('*', ''), blocks };
}

/** Who is not asked any more by their own word, and who reads. */
type LeftOf = { left: readonly Leaving[]; readerId: number };

function hasLeft({ left = [], readerId }: Partial<LeftOf>): boolean {
  return left.some(({ person }) => person.id === readerId);
}

/** The reasons are for whoever may change it; the reader's own leaving is for them as well. */
function leftWords(reader: { mayChange: boolean } & Partial<LeftOf>): string[] {
  const { left = [], mayChange } = reader;
  return [
    ...(hasLeft(reader) ? ['You have left it, so it asks you nothing'] : []),
    ...(mayChange && left.length > 0 ? [leavingLine(left)] : []),
  ];
}

/** Its rule in words and the zone of its times, where the reader's clock shows another time. */
function when({ cadence, words, times, now }: CadenceCard, reader: Reader): string {
  const at = times[0]?.slot.at ?? now;
  return `${inline(words)}${zoneWords(at, cadence, reader)}`;
}

/** The next times, each with the reason where nothing is held. */
export function timeLines({ times, now, cadence }: CadenceCard, reader: Reader): string[] {
  if (cadence.state !== 'active') return [];
  if (times.length === 0) return ['It does not come again.'];
  return ['Next:', ...times.map((time) => `• ${timeWords(time, now, cadence, reader)}`)];
}

function timeWords(
  { slot, skip }: Upcoming,
  now: Temporal.Instant,
  cadence: Cadence,
  reader: Reader,
): string {
  const at = moment(slot.at, now, cadence, reader);
  return skip === null ? at : `${at}: not held, ${inline(skip)}`;
}

/** "OKR check-in in #checkout". */
function title({ ritual, channel }: Pick<Cadence, 'ritual' | 'channel'>, { ritualName }: Reader): string {
  return `${inline(ritualName(ritual))} in ${channelMention(channel)}`;
}

/** When something is by the cadence's own clock, named where the reader's shows another time. */
function moment(at: Temporal.Instant, now: Temporal.Instant, cadence: Cadence, reader: Reader): string {
  return `${momentWords(at, now, cadence.timezone)}${zoneWords(at, cadence, reader)}`;
}

function zoneWords(at: Temporal.Instant, { timezone }: Pick<Cadence, 'timezone'>, { zone }: Reader): string {
  const local = (id: string) => at.toZonedDateTimeISO(id).toPlainDateTime().toString();
  return local(timezone) === local(zone) ? '' : ` (${inline(timezone)})`;
}

function stateWords({ state, pauseReason }: Cadence): string {
  if (state === 'ended') return 'ended';
  return pauseReason === null ? 'paused' : `paused: ${inline(plainReason(pauseReason))}`;
}

/** "paused by Ana" stands behind "paused: " as "by Ana". */
function plainReason(reason: string): string {
  return reason.replace(/^paused /, '');
}

function pausedWords(cadence: Cadence, now: Temporal.Instant, reader: Reader): string {
  const { pausedAt, state, pauseReason } = cadence;
  if (state === 'ended') return 'It has ended: nothing comes of it.';
  const since = pausedAt === null ? '' : ` since ${moment(pausedAt, now, cadence, reader)}`;
  const why = pauseReason === null ? '' : `: ${inline(plainReason(pauseReason))}`;
  return `It is paused${since}${why}`;
}

/** Whom it asks, and how many people that is as things stand; null where its ritual cannot tell. */
export function whom(cadence: Cadence, reader: Reader & { asked: number | null }): string {
  const of = askedWords(cadence, reader.asking(cadence.ritual));
  if (of === null) return 'Asks nobody yet: no team is picked, and none has its home here';
  const { asked } = reader;
  if (asked === null) return of;
  if (asked === 0) return `${of}; nobody has to answer as things stand`;
  const people = asked === 1 ? 'one person' : `${asked} people`;
  const minutes = spreadMinutes(asked);
  // Slack takes so many messages a minute, and whoever sets it up shall not wonder.
  const spread = minutes === 0 ? '' : `, asked over ${durationWords(`PT${minutes}M`)}`;
  return `${of}; ${people} as things stand${spread}`;
}

/** Whom it asks about which teams; null where that is nobody. */
function askedWords(cadence: Cadence, asking: Ritual['asking']): string | null {
  const teams = asking === undefined ? cadence.teams : cadence.teams.filter(({ isChosen }) => isChosen);
  if (teams.length === 0) return asking?.ofAll ?? null;
  const names = teams.slice(0, mostTeams).map(({ name }) => inline(name));
  if (teams.length > mostTeams) names.push(`${teams.length - mostTeams} more`);
  return `${asking?.ofTeams ?? 'Asks who answers for the key results of'} ${names.join(', ')}`;
}

const mostTeams = 5;

const holidayWords = {
  hold: 'On holidays it is held all the same',
  skip: 'On holidays it is skipped',
  previous: 'On holidays it is held on the working day before',
  next: 'On holidays it is held on the working day after',
};

function rules({ ritual, nudgeAfter, closeAfter, cycle, onHoliday }: Cadence, reader: Reader): string[] {
  const nudge = nudgeAfter === null ? 'No reminder' : `Reminder after ${durationWords(nudgeAfter)}`;
  const close = closeAfter === null ? 'open until the next one' : `closes after ${durationWords(closeAfter)}`;
  const named = cycle === 'current' ? 'the current cycle' : `cycle ${inline(cycle)}`;
  const of = reader.asking(ritual) === undefined ? `; for ${named}` : '';
  return [`${nudge}, ${close}${of}`, holidayWords[onHoliday]];
}

function origin({ createdBy }: Cadence): string[] {
  return [createdBy === null ? 'Set up by a file' : `Set up by ${personMention(createdBy)}`];
}

function buttonsOf(
  { cadence, times }: CadenceCard,
  { mayChange, canRehearse }: Pick<Reader, 'canRehearse'> & { mayChange: boolean },
): Button[] {
  const value = String(cadence.id);
  const next = times.find(({ skip }) => skip === null);
  const look = [button('History', press.history, value), button('All', press.list, 'list')];
  if (!mayChange) return look;
  const run: Button = {
    ...button('Run now', press.run, value),
    confirm: {
      title: { type: 'plain_text', text: 'Run it now?', emoji: false },
      text: {
        type: 'plain_text',
        text: 'It begins at once, and everybody whom it asks is asked. The next one comes all the same.',
        emoji: false,
      },
      confirm: { type: 'plain_text', text: 'Run now', emoji: false },
      deny: { type: 'plain_text', text: 'Not now', emoji: false },
    },
  };
  const isActive = cadence.state === 'active';
  return [
    ...(canRehearse(cadence.ritual) ? [button('Rehearse', press.rehearse, value)] : []),
    run,
    isActive ? button('Pause', press.pause, value) : button('Resume', press.resume, value, 'primary'),
    ...(isActive && next !== undefined
      ? [button('Skip next', press.skip, `${value} ${next.slot.name}`)]
      : []),
    button('Edit', press.edit, value),
    ...look,
  ];
}

/** What became of each, the latest first. */
export function historyBlocks(
  history: { cadence: Cadence; now: Temporal.Instant; happenings: readonly Happening[]; hasMore: boolean },
  reader: Reader,
): Content {
  const { cadence, now, happenings, hasMore } = history;
  const head = `What became of *${title(cadence, reader)}*`;
  const lines = happenings.map((it) => `• ${happeningLine(it, now, cadence, reader)}`);
  const shown = lines.length === 0 ? ['Nothing has happened yet.'] : fitted(lines, lines.length);
  const last = happenings.at(-1);
  const buttons = [
    ...(hasMore && last !== undefined ? [button('Earlier', press.history, `${cadence.id} ${last.id}`)] : []),
    button('Back', press.look, String(cadence.id)),
  ];
  return {
    text: [head, ...shown].join('\n').replaceAll('*', ''),
    blocks: [section(head), ...sections(shown), actions(...buttons)],
  };
}

function happeningLine(it: Happening, now: Temporal.Instant, cadence: Cadence, reader: Reader): string {
  const at = moment(it.dueAt, now, cadence, reader);
  return shortenedMrkdwn(`${at}  ${[...became(it), ...late(it)].join(', ')}`, longestLine);
}

/** What became of it and why; a reason of a skip that says who did it says it all. */
function became({ state, reason, by, covers }: Happening): string[] {
  const hand = covers === null ? [`run by hand${by === null ? '' : ` by ${personMention(by)}`}`] : [];
  const why = reason === null ? '' : inline(reason);
  if (state === 'skipped') {
    const isSaid = /^(skipped|paused|changed|ended)\b/.test(why);
    return [...hand, isSaid ? why : `nothing held: ${why}`];
  }
  if (state === 'missed') return [...hand, `missed${spanOf(covers)}: ${why}`];
  return [...hand, state === 'open' ? 'open for answers' : 'held'];
}

/** The longest that one occurrence covers is a quarter; what covers several of a shorter period names its end. */
function spanOf(covers: Happening['covers']): string {
  if (covers === null) return '';
  const from = covers.from.toPlainDate();
  const to = covers.to.subtract({ seconds: 1 }).toPlainDate();
  return from.until(to).days < 7 ? '' : ` ${spanWords(from, to)}`;
}

function late({ plannedAt, dueAt, state }: Happening): string[] {
  if (plannedAt === null || (state !== 'open' && state !== 'held')) return [];
  const seconds = (plannedAt.epochMilliseconds - dueAt.epochMilliseconds) / 1000;
  return seconds < lateSeconds ? [] : [`${lengthWords(seconds)} late`];
}
