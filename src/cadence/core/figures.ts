import type { Temporal } from 'temporal-polyfill';

/** From when until when something is looked at, in company time; `until` is not part of it. */
export type Span = { from: Temporal.Instant; until: Temporal.Instant };

/** What a ritual asked of one person in one occurrence, and what came of it. */
export type Asked = {
  occurrenceId: number;
  personId: number;
  isAnswered: boolean;
  nudges: number;
  /** How long it took them; null: that is not known. */
  seconds: number | null;
};

/** How a ritual went over some time. */
export type Figures = {
  occurrences: number;
  people: number;
  /** How often somebody was asked, and answered. */
  asked: number;
  answered: number;
  nudges: number;
  /** What it took of everybody's time together, in whole minutes; null: that is not known of anybody. */
  minutes: number | null;
};

/**
 * Adds up what was asked. Where the time is known of some answers alone, the others are taken to have cost as much on
 * average.
 */
export function figuresOf(rows: readonly Asked[]): Figures {
  const answered = rows.filter(({ isAnswered }) => isAnswered);
  const timed = answered.flatMap(({ seconds }) => seconds ?? []);
  const total = timed.reduce((sum, seconds) => sum + seconds, 0);
  return {
    occurrences: new Set(rows.map(({ occurrenceId }) => occurrenceId)).size,
    people: new Set(rows.map(({ personId }) => personId)).size,
    asked: rows.length,
    answered: answered.length,
    nudges: rows.reduce((sum, { nudges }) => sum + nudges, 0),
    minutes:
      timed.length === 0 ? null : Math.max(1, Math.round((total / timed.length) * (answered.length / 60))),
  };
}

/** "held 12 times, 87 % answered, about 95 minutes in all, 9 nudges". */
export function figureWords({ occurrences, asked, answered, nudges, minutes }: Figures): string {
  const times = occurrences === 1 ? 'held once' : `held ${occurrences} times`;
  const rate = asked === 0 ? 'nobody asked' : `${Math.round((100 * answered) / asked)} % answered`;
  const time =
    minutes === null ? [] : [`about ${minutes === 1 ? 'one minute' : `${minutes} minutes`} in all`];
  const reminded = nudges === 0 ? 'no nudges' : nudges === 1 ? 'one nudge' : `${nudges} nudges`;
  return [times, rate, ...time, reminded].join(', ');
}
