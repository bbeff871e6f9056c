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
  /** How long after the question their answer came, in seconds; null: there is none, or it is not known. */
  waited: number | null;
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
  /** Half of the answers came within so many minutes; null: it is not known of any. */
  medianWait: number | null;
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
    medianWait: medianOf(answered.flatMap(({ waited }) => (waited === null ? [] : waited / 60))),
  };
}

/** Of an even number the mean of the two in the middle; null: there are none. */
function medianOf(numbers: readonly number[]): number | null {
  const ordered = numbers.toSorted((one, other) => one - other);
  const middle = ordered.slice((ordered.length - 1) >> 1, (ordered.length >> 1) + 1);
  return middle.length === 0 ? null : middle.reduce((sum, each) => sum + each, 0) / middle.length;
}

/** The share of what was asked that was answered, in percent; null: nobody was asked. */
export function answerRate({ asked, answered }: Pick<Figures, 'asked' | 'answered'>): number | null {
  return asked === 0 ? null : Math.round((100 * answered) / asked);
}

/** "held 12 times, 87 % answered, about 95 minutes in all, 9 nudges". */
export function figureWords(figures: Omit<Figures, 'medianWait'>): string {
  const { occurrences, nudges, minutes } = figures;
  const times = occurrences === 1 ? 'held once' : `held ${occurrences} times`;
  const percent = answerRate(figures);
  const rate = percent === null ? 'nobody asked' : `${percent} % answered`;
  const time =
    minutes === null ? [] : [`about ${minutes === 1 ? 'one minute' : `${minutes} minutes`} in all`];
  const reminded = nudges === 0 ? 'no nudges' : nudges === 1 ? 'one nudge' : `${nudges} nudges`;
  return [times, rate, ...time, reminded].join(', ');
}
