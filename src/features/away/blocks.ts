import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { plain } from '../../platform/slack/commands.ts';
import { button, type Content, fitted, section, sections } from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { StandIn } from '../ownership/load/core/stand-in.ts';
import { type Absence, awayOn, spanWords } from './core/absence.ts';
import { examples } from './core/spoken.ts';

export const cancelAction = 'ooo:cancel';

type Known = { today: Temporal.PlainDate; absences: readonly (Absence & { id: number })[] };

/** As many rocks as are named of each who stands in; the rest is counted. */
const mostNames = 10;
const longestLine = 1_000;
/** As many absences as are shown. */
const mostAbsences = 10;

/** That somebody will be away, who stands in for what, and what nobody stands in for. */
export function toldBlocks({
  today,
  absence,
  standIns,
}: {
  today: Temporal.PlainDate;
  absence: Absence;
  standIns: readonly StandIn[];
}): Content {
  const isOneDay = absence.from.equals(absence.until);
  const days = isOneDay ? `on ${spanWords(absence, today)}` : `from ${spanWords(absence, today)}`;
  const first = `You are away ${days}. Whoever looks up what you carry will see it, and check-ins go to who stands in for you.`;
  const lines = standInLines(standIns, absence, today);
  const last = 'Back earlier, or changed your mind? `/ooo back`.';
  return {
    text: [first, ...lines, last].join('\n').replaceAll('*', ''),
    blocks: [section(first), ...sections(lines), section(last)],
  };
}

/** One line for each person who stands in, with all that they stand in for; then what waits for a backup. */
function standInLines(standIns: readonly StandIn[], absence: Absence, today: Temporal.PlainDate): string[] {
  const present = standIns.flatMap(({ rock, by }) => (by === null ? [] : [{ rock, by }]));
  const byPerson = [...Map.groupBy(present, ({ by }) => by.id).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const names = own.slice(0, mostNames).map(({ rock }) => `*${inline(rock.name)}*`);
    const more = own.length > names.length ? ` and ${own.length - names.length} more` : '';
    return shortenedMrkdwn(
      `• ${personMention(first.by)} stands in for ${names.join(', ')}${more}`,
      longestLine,
    );
  });
  const alone = standIns.filter(({ by }) => by === null);
  const [one] = alone;
  if (one === undefined) return fitted(byPerson, byPerson.length);
  const day = shortDateWords(absence.until, today);
  const when = absence.from.equals(absence.until) ? `On ${day}` : `Until ${day}`;
  const nobody = alone.map(({ rock, awayToo }) => {
    if (awayToo.length === 0) return `• *${inline(rock.name)}*`;
    const who = awayToo.map(personMention).join(', ');
    const words = `• *${inline(rock.name)}*: ${who} ${awayToo.length === 1 ? 'is' : 'are'} away then, too`;
    return shortenedMrkdwn(words, longestLine);
  });
  const title = `${when} nobody stands in for ${alone.length === 1 ? 'this rock' : `these ${alone.length} rocks`}:`;
  const hint = `Name a backup with \`/rock edit ${one.rock.key}\`.`;
  const shown = fitted([...byPerson, title, ...nobody], byPerson.length + 1 + nobody.length);
  return [...shown, hint];
}

/** What `/ooo` alone answers: what is known, and how to change it. */
export function knownBlocks({ today, absences }: Known): Content {
  if (absences.length === 0) {
    return plain(`I don't know of any day on which you are away. Tell me with ${examples}.`);
  }
  const title = `${stateWords({ today, absences })} To change it: ${examples}.`;
  // Where there is but the one that has begun, the first words say all of it.
  if (absences.length === 1 && awayOn(absences, today) !== undefined) return plain(title);
  return listed(title, { today, absences });
}

/** "You are away until Fri 27 Nov.", "You will be away:", or that nothing is known. */
export function stateWords({ today, absences }: Known): string {
  const current = awayOn(absences, today);
  return current === undefined
    ? 'You are here today.'
    : `You are away until ${shortDateWords(current.until, today)}.`;
}

/** What becomes of `/ooo back` for somebody whose absence is still to come. */
export function notYetBlocks(known: Known): Content {
  return listed("You are not away today. Did you mean that you won't be?", known);
}

export function backBlocks(lastDay: Temporal.PlainDate | null, today: Temporal.PlainDate): Content {
  const words =
    lastDay === null
      ? 'You are here today, then, and I have crossed it out.'
      : `Welcome back. Your last day away was ${shortDateWords(lastDay, today)}.`;
  return plain(`${words} Check-ins come to you again.`);
}

export function cancelledBlocks(cancelled: Absence, today: Temporal.PlainDate): Content {
  return plain(
    `You are not away ${cancelled.from.equals(cancelled.until) ? 'on' : 'from'} ${spanWords(cancelled, today)} after all. I have crossed it out.`,
  );
}

function listed(title: string, { today, absences }: Known): Content {
  const shown = absences.slice(0, mostAbsences);
  const rows = shown.map((absence): { line: string; block: KnownBlock } => {
    const line = `• ${spanWords(absence, today)}`;
    const hasBegun = awayOn([absence], today) !== undefined;
    return {
      line,
      block: hasBegun
        ? section(line)
        : section(line, button('Cancel it', `${cancelAction}/${absence.id}`, String(absence.id))),
    };
  });
  const more = absences.length > shown.length ? [`… and ${absences.length - shown.length} more.`] : [];
  return {
    text: [title, ...rows.map(({ line }) => line), ...more].join('\n'),
    blocks: [section(title), ...rows.map(({ block }) => block), ...more.map((line) => section(line))],
  };
}
