import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../platform/core/time-words.ts';
import { type Coverage, confirmedWithinDays, type Line } from './digest.ts';
import { criticalGapWeight, loadWeight, overdueWeight } from './weights.ts';

const plainLine = { mark: '', said: null, owner: null };

export type Gap = { id: number; name: string; since: Temporal.PlainDate | null };

/** What is critical and carried by nobody, a line each. */
export function gapLines(gaps: readonly Gap[]): Line[] {
  return gaps.map(({ id, name, since }) => ({
    ...plainLine,
    key: `gap-${id}`,
    section: 'coverage',
    counted: 'critical-gap',
    weight: criticalGapWeight,
    opens: { kind: 'rock', id },
    title: name,
    facts: ['critical', since === null ? 'nobody carries it' : `nobody carries it since ${dateWords(since)}`],
  }));
}

/** "40 rocks are carried, 31 of them confirmed …": undefined where there is no rock, or nothing is amiss. */
export function coverageSums({ carried, confirmed, unowned, setDown }: Coverage): string | undefined {
  if (unowned === 0 && confirmed === carried) return undefined;
  const gaps =
    unowned === 0 ? 'none is without an owner' : `${unowned} ${unowned === 1 ? 'is a gap' : 'are gaps'}`;
  const chosen = setDown === 0 ? '' : `, ${setDown} set down on purpose`;
  return `${counted(carried, 'rock is', 'rocks are')} carried, ${confirmed} of them confirmed in the last ${confirmedWithinDays} days; ${gaps}${chosen}.`;
}

/** A team of five or more, as leaders see it: in sums. */
export type DigestTeam = { id: number; name: string; people: number; over: number };

/** A line for each team with somebody over their limit; of one where all are, it says only that most are. */
export function loadLines(teams: readonly DigestTeam[]): Line[] {
  return teams
    .filter(({ over }) => over > 0)
    .map(({ id, name, people, over }) => ({
      ...plainLine,
      key: `team-${id}`,
      section: 'load',
      counted: 'team-over',
      weight: loadWeight({ people, over }),
      opens: { kind: 'team', id },
      title: name,
      // "6 of 6" would be a name for each of them.
      facts: [
        `${people} people`,
        over === people ? 'most of them over their limit' : `${over} over their limit`,
      ],
    }));
}

export function loadSums(teams: readonly DigestTeam[]): string | undefined {
  const over = teams.filter((team) => team.over > 0).length;
  if (over === 0) return undefined;
  if (teams.length === 1) return 'The one team of five or more has somebody over their limit.';
  return `${over} of ${counted(teams.length, 'team', 'teams')} of five or more ${over === 1 ? 'has' : 'have'} somebody over their limit.`;
}

export type Overdue = {
  what: 'decision' | 'action';
  id: number;
  title: string;
  /** Of a decision. */
  number: number | null;
  dueOn: Temporal.PlainDate;
  who: string;
};

/** What should have been decided or done by now, a line each. */
export function overdueLines(overdue: readonly Overdue[], today: Temporal.PlainDate): Line[] {
  return overdue.map(({ what, id, title, number, dueOn, who }) => ({
    ...plainLine,
    key: `${what}-overdue-${id}`,
    section: 'overdue',
    counted: what === 'decision' ? 'decision-overdue' : 'action-overdue',
    weight: overdueWeight(what, dueOn.until(today).days),
    opens: { kind: what, id },
    title,
    facts: [number === null ? 'action' : `decision ${number}`, `was due ${dateWords(dueOn)}`, who],
  }));
}

export function overdueSums({
  decisions,
  actions,
}: {
  decisions: number;
  actions: number;
}): string | undefined {
  const parts = [
    ...(decisions === 0 ? [] : [counted(decisions, 'decision', 'decisions')]),
    ...(actions === 0 ? [] : [counted(actions, 'action', 'actions')]),
  ];
  if (parts.length === 0) return undefined;
  return `${parts.join(' and ')} ${decisions + actions === 1 ? 'is' : 'are'} overdue.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Fewer people than this would be known by their bars. */
const fewestSpread = 5;
const bounds: [label: string, upTo: number][] = [
  ['up to half', 0.5],
  ['up to the limit', 1],
  ['a quarter over it', 1.25],
  ['far over it', Number.POSITIVE_INFINITY],
];

/** How many of those who carry something carry which share of their limit; empty for fewer than five people. */
export function spreadOf(
  loads: readonly { load: number; limit: number }[],
): { label: string; people: number }[] {
  const shares = loads.filter(({ load }) => load > 0).map(({ load, limit }) => load / Math.max(1, limit));
  if (shares.length < fewestSpread) return [];
  return bounds.map(([label, upTo], index) => ({
    label,
    people: shares.filter((it) => it <= upTo && it > (bounds[index - 1]?.[1] ?? 0)).length,
  }));
}
