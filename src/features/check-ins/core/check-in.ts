import { Temporal } from 'temporal-polyfill';
import { type Health, healthOfConfidence, type SaidHealth } from '../../okrs/core/health.ts';
import type { Owed } from '../../okrs/core/owed.ts';
import { isBehind, isWatermelon } from '../../okrs/core/pace.ts';

/** What was answered for one key result. */
export type CheckIn = {
  value: number;
  /** 0 to 10. */
  confidence: number;
  words: string | null;
  /** Said against what confidence says; `words` say why. Null: it follows from confidence. */
  health: SaidHealth | null;
};

/** A kept answer, with its day in UTC. */
export type KeptCheckIn = CheckIn & { on: Temporal.PlainDate };

/** What comes with an answer besides. */
export type Given = CheckIn & {
  /** Why it is on track although the numbers have been behind; null: not asked, or not said. */
  doubtWords: string | null;
  /** The date that was given; null: the key result has none. */
  dueOn: Temporal.PlainDate | null;
};

/** What is given for one of several key results. */
export type GivenFor = Given & { keyResultId: number };

/** Why somebody is asked: they own the key result, or stand in for its owner (null: nobody owns it). */
export type WhyAsked =
  | { as: 'owner' }
  | { as: 'backup'; standsInFor: { slackId: string | null; name: string } | null };

/** Why a person is asked about a key result of `owner`. */
export function whyAsked(
  { owner }: { owner: { id: number; slackId: string | null; name: string } | null },
  personId: number,
): WhyAsked {
  return owner?.id === personId ? { as: 'owner' } : { as: 'backup', standsInFor: owner };
}

/** A number that came from elsewhere since the last answer. */
export type Suggestion = { value: number; at: Temporal.Instant; from: string };

/** One key result of a prompt, with its answer and those of earlier times. */
export type PromptItem = {
  keyResult: Owed;
  why: WhyAsked;
  answer: CheckIn | null;
  previous: CheckIn | null;
  /** The two answers before this one, the latest first. */
  earlier: readonly KeptCheckIn[];
  /** The strategy line that it serves, as "intent > initiative"; null: none. */
  line: string | null;
  suggestion: Suggestion | null;
};

/** Whether a prompt may be answered: while it is open, or late until the next one begins. */
export type Answerable = 'open' | 'late' | 'closed';

/** What one person is asked in one occurrence; of an answer given early there is no occurrence yet. */
export type Prompt = {
  occurrenceId: number | null;
  occurrenceName: string;
  standing: Answerable;
  person: { id: number; slackId: string | null; name: string };
  /** When they asked not to be asked before; null: they did not. */
  snoozedUntil: Temporal.Instant | null;
  isAway: boolean;
  items: PromptItem[];
};

/** A check-in that somebody owes: how many key results it asks them about, and how many are left to answer. */
export type OwedCheckIn = { occurrenceId: number; occurrenceName: string; asked: number; left: number };

/** The day that an occurrence is named by; there may be a time behind it when there are several a day. */
export function dayOf(occurrenceName: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(occurrenceName.slice(0, 10));
}

/** How many people of a run were asked, have answered all that they were asked (late or not), or are away. */
export type Tally = { asked: number; in: number; away: number; late: number };

/** The health that an answer says. */
export function healthOfAnswer(
  { confidence, health }: Pick<CheckIn, 'confidence' | 'health'>,
  commitment: Owed['commitment'],
): Exclude<Health, 'outdated' | 'unanswered'> {
  return health ?? healthOfConfidence(confidence, commitment);
}

/** Whether an answer says anything but on track. */
export function isAtRisk({ answer, keyResult }: Pick<PromptItem, 'answer' | 'keyResult'>): boolean {
  return answer !== null && healthOfAnswer(answer, keyResult.commitment) !== 'on-track';
}

/**
 * Whether an answer given on a day makes it the third time in a row that a key result is said to be on track and is behind
 * its pace.
 */
export function isDoubtful(
  item: Pick<PromptItem, 'keyResult' | 'earlier'>,
  answer: CheckIn,
  on: Temporal.PlainDate,
): boolean {
  return isWatermelon([greenness(item, { ...answer, on }), ...item.earlier.map((it) => greenness(item, it))]);
}

/** Whether the next answer may be the third such: then its question stands in the modal already. */
export function mayBecomeDoubtful(item: Pick<PromptItem, 'keyResult' | 'earlier'>): boolean {
  const [last, one] = item.earlier;
  return (
    last !== undefined &&
    one !== undefined &&
    [last, one].map((it) => greenness(item, it)).every((it) => it.isOnTrack && it.isBehind)
  );
}

function greenness({ keyResult }: Pick<PromptItem, 'keyResult'>, answer: KeptCheckIn) {
  return {
    isOnTrack: healthOfAnswer(answer, keyResult.commitment) === 'on-track',
    isBehind: isBehind({ ...keyResult, current: answer.value }, keyResult, answer.on),
  };
}

/** An answer given so long before a check-in begins counts for it, in days. */
export const earliest = 7;

/** Below this confidence a committed key result is in doubt, and its reviewer hears so early. */
export const doubtBelow = 5;

/** Whether an answer casts a doubt on a committed key result that the one before did not. */
export function castsDoubt(
  { keyResult, previous }: Pick<PromptItem, 'keyResult' | 'previous'>,
  answer: CheckIn,
): boolean {
  if (keyResult.commitment !== 'committed' || answer.confidence >= doubtBelow) return false;
  return previous === null || previous.confidence >= doubtBelow;
}

/** Whether a date was put off. */
export function isSlip(keyResult: Pick<Owed, 'dueOn'>, dueOn: Temporal.PlainDate | null): boolean {
  return keyResult.dueOn !== null && dueOn !== null && Temporal.PlainDate.compare(dueOn, keyResult.dueOn) > 0;
}

/** As many key results as one modal shows; the rest is asked when these are sent. */
export const mostInOneModal = 10;

/**
 * What a modal asks about now: what is not answered yet, or, when all is, everything for a change, in steps: the next
 * one begins behind the key result that the one before ended with. Empty when there is no next step.
 */
export function itemsToAsk(items: readonly PromptItem[], behind: number | null = null): PromptItem[] {
  return allToAsk(items, behind).slice(0, mostInOneModal);
}

/** How many are left for the steps after this one. */
export function countForLater(items: readonly PromptItem[], behind: number | null = null): number {
  return Math.max(0, allToAsk(items, behind).length - mostInOneModal);
}

function allToAsk(items: readonly PromptItem[], behind: number | null): readonly PromptItem[] {
  const open = items.filter((item) => item.answer === null);
  if (open.length > 0) return open;
  return items.slice(items.findIndex((item) => item.keyResult.id === behind) + 1);
}

/** What is asked, as it reads once these answers are in. */
export function answeredBy(items: readonly PromptItem[], answers: readonly GivenFor[]): PromptItem[] {
  const given = new Map(answers.map((answer) => [answer.keyResultId, answer]));
  return items.map((item) => {
    const said = given.get(item.keyResult.id);
    if (said === undefined) return item;
    const { value, confidence, words, health, dueOn } = said;
    const { start, slips } = item.keyResult;
    const keyResult = {
      ...item.keyResult,
      current: value,
      start: start ?? value,
      confidence,
      healthOverruled: health,
      healthWords: health === null ? null : words,
      isOutdated: false,
      dueOn: item.keyResult.dueOn === null ? null : (dueOn ?? item.keyResult.dueOn),
      slips: slips + (isSlip(item.keyResult, dueOn) ? 1 : 0),
    };
    return { ...item, keyResult, answer: { value, confidence, words, health } };
  });
}

/** Whether all that was asked is answered. */
export function isComplete(items: readonly Pick<PromptItem, 'answer'>[]): boolean {
  return items.every((item) => item.answer !== null);
}
