import { Temporal } from 'temporal-polyfill';

/** How a question stands: what it lists, and what was said. What was undone or moved meanwhile counts no more. */
export type Standing = { listed: number; mine: number; notMine: number; left: number };

/** A rock that is listed as somebody's and that they have said nothing about. */
export type Listed = { rockId: number; stintId: number; name: string };

/** Rocks on a page of the form: five groups of ten, which is what Slack lets stand in one. */
export const pageLength = 50;
export const groupLength = 10;

/** After this long, what an import has added since is asked about, even where the last question has no answer. */
export const daysBetween = 7;

/** What of a page is theirs: those that are ticked; the others are not. What is not listed any more counts as neither. */
export function split(
  listed: readonly Listed[],
  shown: readonly number[],
  ticked: readonly number[],
): { mine: Listed[]; notMine: Listed[] } {
  const page = listed.filter(({ stintId }) => shown.includes(stintId));
  return {
    mine: page.filter(({ stintId }) => ticked.includes(stintId)),
    notMine: page.filter(({ stintId }) => !ticked.includes(stintId)),
  };
}

/** How far somebody's answers are, as admins read it. */
export type Progress = Standing & {
  person: { id: number; slackId: string | null; name: string; isDeactivated: boolean; kind: string };
  askedAt: Temporal.Instant | null;
  isReminded: boolean;
  /** Whether a team of theirs is live, or everybody is. */
  mayBeAsked: boolean;
  refusals: readonly Refusal[];
};

export type Refusal = {
  name: string;
  reason: string;
  suggested: { slackId: string | null; name: string } | null;
};

/** Why somebody has not been asked, or that they have been. */
export type Whether = 'done' | 'asked' | 'soon' | 'not-live' | 'not-in-slack' | 'left' | 'guest';

export function whetherAsked(progress: Progress, now: Temporal.Instant): Whether {
  const { person, left, askedAt, mayBeAsked } = progress;
  if (left === 0) return 'done';
  if (person.isDeactivated) return 'left';
  if (person.slackId === null) return 'not-in-slack';
  if (person.kind !== 'member') return 'guest';
  if (askedAt !== null && Temporal.Instant.compare(askedAt, now) <= 0) return 'asked';
  return mayBeAsked ? 'soon' : 'not-live';
}

/** Whether nobody is left who can still answer. */
export function isAllAnswered(all: readonly Progress[], now: Temporal.Instant): boolean {
  const unreachable: readonly Whether[] = ['done', 'left', 'not-in-slack', 'guest'];
  return all.length > 0 && all.every((each) => unreachable.includes(whetherAsked(each, now)));
}

/** How many rocks were answered for, and by how many who have no more to say; how many wait until a team of theirs is live. */
export function sumOf(
  all: readonly Progress[],
  now: Temporal.Instant,
): { answered: number; listed: number; people: number; notLive: number } {
  const counted = (whether: Whether) => all.filter((each) => whetherAsked(each, now) === whether).length;
  return {
    answered: all.reduce((sum, { mine, notMine }) => sum + mine + notMine, 0),
    listed: all.reduce((sum, { listed }) => sum + listed, 0),
    people: counted('done'),
    notLive: counted('not-live'),
  };
}
