import { Temporal } from 'temporal-polyfill';
import { shortDateWords } from '../../../platform/core/time-words.ts';
import { inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import type { GatheredLine, Subject } from '../core/line.ts';

/** So much of what people wrote stands in a line of an agenda. */
const longestWords = 180;
export const words = (text: string) => shortenedMrkdwn(inline(text), longestWords);
/** The owner of something, or that it has none. */
export const who = (person: { slackId: string | null; name: string } | null) =>
  person === null ? 'nobody owns it' : personMention(person);

/** A line; what is not known is left out of its facts, and nobody owes a word who is not there. */
export function line(
  source: GatheredLine['source'],
  subject: Subject | null,
  title: string,
  facts: readonly (string | null)[],
  owedBy: readonly (number | null | undefined)[] = [],
): GatheredLine {
  return {
    source,
    subject,
    title,
    facts: facts.filter((fact) => fact !== null).join(' · '),
    fromLineId: null,
    owedBy: owedBy.flatMap((id) => id ?? []),
  };
}

/** A day as the database gives it, in words for the day of the review. */
export const day = (iso: string, on: Temporal.PlainDate) => shortDateWords(Temporal.PlainDate.from(iso), on);
