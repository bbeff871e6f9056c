import type { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../../platform/core/time-words.ts';
import { type Content, fitted, header, sections } from '../../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { type Progress, whetherAsked } from './core/proposal.ts';

const longestLine = 400;
/** So many reasons stand below each person; the rest is counted. */
const mostRefusals = 10;

/** One person in a line: "Ana 7 of 7", or why they have not been asked. */
export function progressLine(progress: Progress, now: Temporal.Instant, zone: string): string {
  const { person, mine, notMine, left, listed, askedAt, isReminded } = progress;
  const who = personMention(person);
  const many = listed === 1 ? 'one rock' : `${listed} rocks`;
  const done = mine + notMine;
  const not = notMine === 0 ? '' : `, ${notMine} of them not theirs`;
  const counted = `${who} ${done} of ${listed}${done === 0 ? '' : not}`;
  const on = (at: Temporal.Instant) =>
    shortDateWords(at.toZonedDateTimeISO(zone).toPlainDate(), now.toZonedDateTimeISO(zone).toPlainDate());
  switch (whetherAsked(progress, now)) {
    case 'done':
      return listed === 0 ? `${who}: what was listed is taken back` : counted;
    case 'asked':
      return `${counted}, asked ${askedAt === null ? '' : on(askedAt)}${isReminded ? ' and reminded once' : ''}`;
    case 'soon':
      return `${counted}, ${askedAt === null ? 'to be asked soon' : `to be asked ${on(askedAt)}`}`;
    case 'not-live':
      return `${who} not asked yet (no team of theirs is live), ${left} left`;
    case 'not-in-slack':
      return `${who} is not in Slack, so nobody is asked about ${many}`;
    case 'left':
      return `${who} has left Slack, so nobody is asked about ${left === 1 ? 'one rock' : `${left} rocks`}`;
    case 'guest':
      return `${who} is no full member, so nobody is asked about ${many}`;
  }
}

/** All of them, each with what is not theirs, why, and who carries it as they think. */
export function progressBlocks(all: readonly Progress[], now: Temporal.Instant, zone: string): Content {
  const title = 'Who has said what is theirs';
  if (all.length === 0) {
    const words = 'Nothing that was brought in waits for anybody’s answer.';
    return { text: `${title}: ${words}`, blocks: [header(title), ...sections([words])] };
  }
  const people = all.map((progress) => [
    `• ${progressLine(progress, now, zone)}`,
    ...progress.refusals.slice(0, mostRefusals).map(refusalLine),
    ...(progress.refusals.length > mostRefusals
      ? [`    … and ${progress.refusals.length - mostRefusals} more not theirs.`]
      : []),
  ]);
  const lines = fitted(
    people.map((own) => own.join('\n')),
    people.length,
  );
  return {
    text: shortenedMrkdwn(`${title}:\n${lines.join('\n')}`, 3_500),
    blocks: [header(title), ...sections(lines)],
  };
}

function refusalLine({ name, reason, suggested }: Progress['refusals'][number]): string {
  const why = reason === '' ? '' : `: “${inline(reason)}”`;
  const who = suggested === null ? '' : ` · perhaps ${personMention(suggested)}`;
  return shortenedMrkdwn(`    ◦ *${inline(name)}* is not theirs${why}${who}`, longestLine);
}
