import type { HomeView, KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { dateWords, shortDateWords } from '../../platform/core/time-words.ts';
import {
  actions,
  button,
  context,
  header,
  section,
  sections,
  textLength,
} from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { doneButton, workLine } from '../actions/blocks.ts';
import type { Action } from '../actions/core/action.ts';
import { awayOn, spanWords } from '../away/core/absence.ts';
import { dayOf, type OwedCheckIn } from '../check-ins/core/check-in.ts';
import { checkInButton } from '../check-ins/prompt-blocks.ts';
import { answerButtons, firstButton, handOffButton, returnButton, waitingLine } from '../handoffs/blocks.ts';
import type { Waiting } from '../handoffs/core/handoff.ts';
import { loadLines } from '../ownership/load/blocks.ts';
import type { Backpack, BackpackRock } from '../ownership/load/core/backpack.ts';
import type { LoadView } from '../ownership/load/core/load.ts';
import { countOf, type Home, type Page } from './core/home.ts';
import {
  adminBlocks,
  decisionBlocks,
  keyResultBlocks,
  minutesBlocks,
  proposalBlocks,
  questionBlocks,
  ritualBlocks,
} from './more-blocks.ts';

export const pageAction = 'home:page';

/** Each rock's line: with a page of them the texts of a Home stay well below what Slack takes. */
const longestLine = 180;
const mostCheckIns = 3;
const mostWork = 3;

/** What waits for the person first, then what they wait for, then what they carry. */
export function homeView(home: Home): HomeView {
  const {
    checkIns,
    work,
    forActor,
    forOthers,
    away: { today },
  } = home;
  const waits = [
    ...checkInBlocks(checkIns),
    ...proposalBlocks(home.proposals),
    ...questionBlocks(home.questions),
    ...offerBlocks(forActor),
    ...decisionBlocks(home.decisions, today),
    ...workBlocks(work, today),
  ];
  const asked = askedBlocks(forOthers);
  const carried = backpackBlocks(home);
  const gone = awayBlocks(home);
  const more = [
    keyResultBlocks(home.keyResults, today),
    ritualBlocks(home),
    minutesBlocks(home.minutes, today, home.zone),
    adminBlocks(home.admin),
  ];
  if (waits.length + asked.length + carried.length === 0) return view(roomFor([...gone, ...welcome()], more));
  const first = [
    ...(waits.length > 0
      ? [header('Waits for you'), ...waits]
      : [section('Nothing waits for you right now.')]),
    ...gone,
    ...(asked.length > 0 ? [header('You wait for'), ...asked] : []),
    ...(carried.length > 0 ? [header('Your backpack'), ...carried] : []),
  ];
  const last = context('`/owner payments` says who owns something, `/cairn help` what else I can do.');
  return view([...roomFor(first, more), last]);
}

/** What Slack is known to take of text in one view, with room for the last line. */
const mostText = 11_500;

/** As many more parts as there is room for; where one does not fit, a line says where it is. */
function roomFor(first: readonly KnownBlock[], parts: readonly KnownBlock[][]): KnownBlock[] {
  const blocks = [...first];
  let isCut = false;
  for (const part of parts) {
    if (textLength(blocks) + textLength(part) > mostText) isCut = true;
    else blocks.push(...part);
  }
  return isCut ? [...blocks, elsewhere] : blocks;
}

const elsewhere = context('There is more than a Home holds: `/okr`, `/cadence` and `/cairn health` have it.');

/** Where nothing is asked or carried yet: a kind word, and what to do first. */
function welcome(): KnownBlock[] {
  return [
    header('Good to see you'),
    section('Nothing waits for you, and you carry nothing yet. Whatever changes, you will find it here.'),
    section(
      'To begin: `/owner payments` says who owns payments, or whatever you name instead. `/owner unowned` lists what nobody carries yet; perhaps one of these is yours to take.',
    ),
  ];
}

function checkInBlocks(checkIns: OwedCheckIn[]): KnownBlock[] {
  const lines = checkIns.slice(0, mostCheckIns).map(({ occurrenceId, occurrenceName, asked, left }) => {
    const many = left === 1 ? 'One key result' : `${left} key results`;
    const of = left === asked ? '' : ` of ${asked}`;
    const text = `*OKR check-in, ${dateWords(dayOf(occurrenceName))}*\n${many}${of} to answer.`;
    return section(text, checkInButton(occurrenceId));
  });
  return [...lines, ...rest(checkIns.length - lines.length, '`/checkin` opens what waits.')];
}

function offerBlocks({ handoffs, total }: Waiting): KnownBlock[] {
  const offers = handoffs.flatMap((handoff) => [
    section(waitingLine(handoff, true)),
    actions(...answerButtons(handoff)),
  ]);
  return [...offers, ...rest(total - handoffs.length, '`/handoff` lists what waits.')];
}

/** What they have taken on to do, each with the press that ends it. */
function workBlocks(work: readonly Action[], today: Temporal.PlainDate): KnownBlock[] {
  const lines = work
    .slice(0, mostWork)
    .map((action) => section(workLine(action, today), doneButton(action.id)));
  return [...lines, ...rest(work.length - lines.length, '`/cairn actions` lists them.')];
}

function askedBlocks({ handoffs, total }: Waiting): KnownBlock[] {
  const offers = handoffs.map((handoff) => section(waitingLine(handoff, false), firstButton(handoff)));
  return [...offers, ...rest(total - handoffs.length, '`/handoff` lists what waits.')];
}

/** That they are away, or will be, and how to change it. */
function awayBlocks({ away: { today, absences } }: Home): KnownBlock[] {
  const [next] = absences;
  if (next === undefined) return [];
  const isNow = awayOn([next], today) !== undefined;
  const others = absences.length - 1;
  const more = others === 0 ? '' : ` I know of ${others} more; \`/ooo\` lists them.`;
  return [
    section(
      isNow
        ? `*You are away* until ${shortDateWords(next.until, today)}. \`/ooo back\` ends it.${more}`
        : `*You will be away*: ${spanWords(next, today)}. \`/ooo\` changes it.${more}`,
    ),
  ];
}

function backpackBlocks({ backpack, page, load, away: { today } }: Home): KnownBlock[] {
  if (countOf(backpack) === 0) return [];
  const { rocks, counts } = backpack;
  const mine = rocks.filter((rock) => rock.as !== 'backup');
  const others = rocks.filter((rock) => rock.as === 'backup');
  return [
    section([sums(counts), ...(load === null ? [] : loadWords(load))].join('\n')),
    ...mine.map((rock) => carriedBlock(rock, today)),
    ...(others.length === 0
      ? []
      : sections([
          '*You stand in for*',
          ...others.map((rock) => `• ${rockLine(rock, ownerWords(rock, today))}`),
        ])),
    ...pager(page, rocks.length, countOf(backpack)),
  ];
}

/** The sum, and the one thing that would help first. */
function loadWords({ suggestions, ...load }: LoadView): string[] {
  return loadLines({ ...load, suggestions: suggestions.slice(0, 1) });
}

/** A rock that somebody carries, with what can be done with it: what is lent or offered is not theirs to hand off. */
function carriedBlock(rock: BackpackRock, today: Temporal.PlainDate): KnownBlock {
  const { loan, offeredTo } = rock;
  if (loan !== null) {
    const isCarrier = rock.as === 'carrier';
    return section(rockLine(rock, loanWords(rock, loan, today)), returnButton(loan.handoffId, isCarrier));
  }
  if (offeredTo !== null) return section(rockLine(rock, `offered to ${personMention(offeredTo)}`));
  return section(rockLine(rock, null), handOffButton(rock.id));
}

function loanWords(
  { as, owner }: BackpackRock,
  { to, until }: NonNullable<BackpackRock['loan']>,
  today: Temporal.PlainDate,
): string {
  const lastDay = `until ${shortDateWords(until, today)}`;
  if (as === 'owner') return `on loan to ${personMention(to)} ${lastDay}`;
  return `on loan ${owner === null ? '' : `from ${personMention(owner)} `}${lastDay}`;
}

function ownerWords({ owner, ownerAwayUntil }: BackpackRock, today: Temporal.PlainDate): string {
  if (owner === null) return 'nobody';
  const away = ownerAwayUntil === null ? '' : `, away until ${shortDateWords(ownerAwayUntil, today)}`;
  return `${personMention(owner)}${away}`;
}

function sums({ owner, carrier, backup }: Backpack['counts']): string {
  const rocks = (count: number): string => (count === 1 ? 'one rock' : `${count} rocks`);
  const loans = carrier === 0 ? [] : [`have ${rocks(carrier)} on loan`];
  if (owner === 0) {
    return `You ${['carry none of your own', ...loans, ...(backup === 0 ? [] : [`stand in for ${rocks(backup)}`])].join(', and ')}.`;
  }
  const more = backup === 1 ? 'one more' : `${backup} more`;
  const standing = backup === 0 ? [] : [`stand in for ${more}`];
  return `You ${[`carry ${rocks(owner)}`, ...loans, ...standing].join(', and ')}.`;
}

function rockLine({ name, team }: BackpackRock, more: string | null): string {
  const parts = [`*${inline(name)}*`, team === null ? null : inline(team), more];
  return shortenedMrkdwn(parts.filter((part) => part !== null).join(' · '), longestLine);
}

/** Two buttons of one row need ids of their own; each carries the page that it turns to. */
function pager({ number, count, offset }: Page, shown: number, total: number): KnownBlock[] {
  if (count === 1) return [];
  const to = (label: string, side: string, page: number) =>
    button(label, `${pageAction}/${side}`, String(page));
  return [
    context(`${offset + 1} to ${offset + shown} of ${total}`),
    actions(
      ...(number > 1 ? [to('Back', 'back', number - 1)] : []),
      ...(number < count ? [to('More', 'more', number + 1)] : []),
    ),
  ];
}

function rest(count: number, where: string): KnownBlock[] {
  return count > 0 ? [context(`… and ${count} more. ${where}`)] : [];
}

function view(blocks: KnownBlock[]): HomeView {
  return { type: 'home', blocks };
}
