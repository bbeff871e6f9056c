import type { PersonRef } from '../../core/rock.ts';
import { type Importance, importances } from '../../core/rock-fields.ts';

/** What somebody carries in sums: how many rocks, their weights together, and the sum that is enough for them. */
export type Load = { rocks: number; load: number; limit: number };

/** Somebody who might take a rock over. `as` says what they are to it. */
export type Taker = PersonRef & { as: 'backup' | 'contributor' | 'teammate'; load: number; limit: number };

/** A rock of somebody's backpack with its weight, for those who may see loads alone. */
export type Carried = {
  id: number;
  name: string;
  importance: Importance | null;
  weight: number;
  /** They have it on loan: it goes back to its owner by itself, so it is not theirs to hand off. */
  isOnLoan: boolean;
  /** It is on its way to somebody already: nothing more is suggested for it. */
  isOffered: boolean;
  /** Whoever may take it over, whatever they carry; who is away or has left is none of them. */
  takers: readonly Taker[];
};

/** What could be handed off first, and to whom; null: nobody near the rock has room. */
export type Suggestion = { rock: { id: number; name: string }; to: Taker | null };

/** Whether it is more than enough. */
export function isOver({ load, limit }: Pick<Load, 'load' | 'limit'>): boolean {
  return load > limit;
}

/**
 * What could be handed off so that the load comes to the limit: what matters least first; of what matters alike, what
 * a backup or somebody else near it can take; then the lightest that brings the load under, else the heaviest. What
 * is offered already counts as gone. Nobody is suggested whom it would bring over their own limit.
 */
export function suggestHandoffs(
  carried: readonly Carried[],
  { load, limit }: Pick<Load, 'load' | 'limit'>,
): Suggestion[] {
  const onItsWay = carried.filter(({ isOffered, isOnLoan }) => isOffered && !isOnLoan);
  let excess = load - limit - sumOf(onItsWay);
  let left = carried.filter(({ isOffered, isOnLoan }) => !isOffered && !isOnLoan);
  const taken = new Map<number, number>();
  const suggestions: Suggestion[] = [];
  while (excess > 0 && left.length > 0) {
    const [first] = left
      .map((rock) => ({ rock, to: takerOf(rock, taken) }))
      .sort((a, b) => compare(a, b, excess));
    if (first === undefined) break;
    const { rock, to } = first;
    if (to !== null) taken.set(to.id, (taken.get(to.id) ?? 0) + rock.weight);
    suggestions.push({ rock: { id: rock.id, name: rock.name }, to });
    left = left.filter(({ id }) => id !== rock.id);
    excess -= rock.weight;
  }
  return suggestions;
}

const nearest = ['backup', 'contributor', 'teammate'] as const;

/** Whoever is nearest to the rock and has room for it, of those alike the one with the most room. */
function takerOf({ takers, weight }: Carried, taken: ReadonlyMap<number, number>): Taker | null {
  const room = ({ id, load, limit }: Taker): number => limit - load - (taken.get(id) ?? 0);
  const [best] = takers
    .filter((taker) => room(taker) >= weight)
    .sort((a, b) => nearest.indexOf(a.as) - nearest.indexOf(b.as) || room(b) - room(a) || a.id - b.id);
  return best ?? null;
}

type Choice = { rock: Carried; to: Taker | null };

function compare(a: Choice, b: Choice, excess: number): number {
  return (
    rankOf(b.rock.importance) - rankOf(a.rock.importance) ||
    nearnessOf(a.to) - nearnessOf(b.to) ||
    reliefOf(a.rock, excess) - reliefOf(b.rock, excess) ||
    a.rock.id - b.rock.id
  );
}

/** The higher, the less it matters; what nobody has judged stands in the middle. */
function rankOf(importance: Importance | null): number {
  return importances.indexOf(importance ?? 'important');
}

function nearnessOf(taker: Taker | null): number {
  return taker === null ? nearest.length : nearest.indexOf(taker.as);
}

/** The lightest that is enough comes first; of those that are not, the heaviest. */
function reliefOf({ weight }: Carried, excess: number): number {
  return weight >= excess ? weight - excess : 1_000 - weight;
}

function sumOf(rocks: readonly Carried[]): number {
  return rocks.reduce((sum, { weight }) => sum + weight, 0);
}

/** A team in sums, as leaders see it. */
export type TeamLoad = Load & { id: number; name: string; people: number };

/** A smaller team's sums would tell of single people. */
export const leastTeam = 5;

/** Somebody's load for one reader who may see it. */
export type LoadView = Load & {
  /** Rocks that are in the sum and that the reader does not see. */
  hidden: number;
  /** What could be handed off first; empty where the load is within the limit. */
  suggestions: Suggestion[];
  mayChangeLimit: boolean;
};
