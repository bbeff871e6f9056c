import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../../platform/core/time-words.ts';

type Someone = {
  slackId: string | null;
  timezone: string;
  kind: 'member' | 'guest' | 'bot' | 'outsider';
  isDeactivated: boolean;
  absences: readonly { from: Temporal.PlainDate; to: Temporal.PlainDate }[];
};

/** Why somebody of a team is not asked by a run at a moment, in words that follow their name. */
export function whyNotAsked(person: Someone, at: Temporal.Instant | null): string {
  if (person.isDeactivated) return 'has left Slack';
  if (person.kind === 'guest') return 'is a guest';
  if (person.kind === 'bot') return 'is a bot';
  if (person.kind === 'outsider') return 'is of another company';
  if (person.slackId === null) return 'is not in Slack yet';
  const until = at === null ? null : awayUntil(person, at);
  if (until !== null) return `${away} ${dateWords(until)}`;
  return nothingAsked;
}

/** Whether somebody who could be asked is away at a moment. */
export function isAwayAt(person: Someone, at: Temporal.Instant | null): boolean {
  return whyNotAsked(person, at).startsWith(away);
}

const away = 'is away until';

/** The last day of an absence on the local date of a moment; null: they are there. */
function awayUntil({ absences, timezone }: Someone, at: Temporal.Instant): Temporal.PlainDate | null {
  const day = at.toZonedDateTimeISO(timezone).toPlainDate();
  const { compare } = Temporal.PlainDate;
  return absences.find(({ from, to }) => compare(from, day) <= 0 && compare(day, to) <= 0)?.to ?? null;
}

/** Of somebody who carries nothing that the ritual is about. */
export const nothingAsked = 'has nothing that it asks about';

/** Of somebody who is asked and is in no team that is live. */
export const notOfTeam = 'is in none of the teams that are live: they hear of it when everybody is';
