import type { HomeView, KnownBlock } from '@slack/types';
import { dateWords } from '../../platform/core/time-words.ts';
import { actions, button, context, header, section, sections } from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { checkInButton } from '../check-ins/blocks.ts';
import { dayOf, type OwedCheckIn } from '../check-ins/core/check-in.ts';
import { handOffButton, offerActions, waitingLine, withdrawButton } from '../handoffs/blocks.ts';
import type { Handoff, Waiting } from '../handoffs/core/handoff.ts';
import type { Backpack } from '../ownership/core/rock.ts';
import type { Home, Page } from './core/home.ts';

export const pageAction = 'home:page';

/** Each rock's line: with a page of them the texts of a Home stay well below what Slack takes. */
const longestLine = 300;
const mostCheckIns = 3;

/** What waits for the person first, then what they wait for, then what they carry. */
export function homeView(home: Home): HomeView {
  const { checkIns, forActor, forOthers, backpack, page } = home;
  const waits = [...checkInBlocks(checkIns), ...offerBlocks(forActor)];
  const asked = askedBlocks(forOthers);
  const carried = backpackBlocks(backpack, page, forOthers.handoffs);
  if (waits.length + asked.length + carried.length === 0) return view(welcome());
  return view([
    ...(waits.length > 0
      ? [header('Waits for you'), ...waits]
      : [section('Nothing waits for you right now.')]),
    ...(asked.length > 0 ? [header('You wait for'), ...asked] : []),
    ...(carried.length > 0 ? [header('Your backpack'), ...carried] : []),
    context('`/owner payments` says who owns something, `/cairn help` what else I can do.'),
  ]);
}

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
    offerActions(handoff.id),
  ]);
  return [...offers, ...rest(total - handoffs.length, '`/handoff` lists what waits.')];
}

function askedBlocks({ handoffs, total }: Waiting): KnownBlock[] {
  const offers = handoffs.map((handoff) => section(waitingLine(handoff, false), withdrawButton(handoff.id)));
  return [...offers, ...rest(total - handoffs.length, '`/handoff` lists what waits.')];
}

function backpackBlocks(
  { rocks, owned, backedUp }: Backpack,
  page: Page,
  offered: readonly Handoff[],
): KnownBlock[] {
  if (owned + backedUp === 0) return [];
  const mine = rocks.filter((rock) => rock.as === 'owner');
  const others = rocks.filter((rock) => rock.as === 'backup');
  return [
    section(sums(owned, backedUp)),
    ...mine.map((rock) => {
      const open = offered.find((handoff) => handoff.rock.id === rock.id);
      if (open !== undefined) return section(rockLine(rock, `offered to ${personMention(open.to)}`));
      return section(rockLine(rock, null), handOffButton(rock.id));
    }),
    ...(others.length === 0
      ? []
      : sections([
          '*You stand in for*',
          ...others.map(
            (rock) => `• ${rockLine(rock, rock.owner === null ? 'nobody' : personMention(rock.owner))}`,
          ),
        ])),
    ...pager(page, rocks.length, owned + backedUp),
  ];
}

function sums(owned: number, backedUp: number): string {
  const rocks = (count: number): string => (count === 1 ? 'one rock' : `${count} rocks`);
  if (owned === 0) return `You carry none of your own, and stand in for ${rocks(backedUp)}.`;
  const more = backedUp === 1 ? 'one more' : `${backedUp} more`;
  return `You carry ${rocks(owned)}${backedUp === 0 ? '' : `, and stand in for ${more}`}.`;
}

function rockLine({ name, team }: Backpack['rocks'][number], more: string | null): string {
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
