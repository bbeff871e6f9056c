import type { PersonRef } from '../../../ownership/core/rock.ts';
import { type Importance, importances } from '../../../ownership/core/rock-fields.ts';

/** A rock that could move, as whoever moves it sees it. */
export type Movable = {
  id: number;
  name: string;
  importance: Importance | null;
  weight: number;
  teamId: number | null;
  /** Who owns it now; null: nobody. */
  owner: PersonRef | null;
  /** In order; those who are there. */
  backups: readonly PersonRef[];
  /** To whom it is on its way already: then it cannot move again. */
  offeredTo: PersonRef | null;
};

/** Somebody who shall take rocks over. */
export type Receiver = PersonRef & { load: number; limit: number; teamIds: readonly number[] };

/** Who shall take which rock; a rock that is not in it stays. */
export type Choice = ReadonlyMap<number, number>;

/**
 * A first proposal, to be changed by whoever moves the rocks: what matters most and weighs most is placed first, with
 * its backup, else with a member of its team, else with anybody; each time with whoever has the most room of those who
 * have room for it. What nobody has room for stays, and what one of them carries already.
 */
export function spread(rocks: readonly Movable[], receivers: readonly Receiver[]): Map<number, number> {
  const chosen = new Map<number, number>();
  const taken = new Map<number, number>();
  const room = ({ id, load, limit }: Receiver): number => limit - load - (taken.get(id) ?? 0);
  for (const rock of rocks.toSorted(first)) {
    // Whoever stands in for somebody who left, and shall take over, has it already.
    if (receivers.some(({ id }) => id === rock.owner?.id)) continue;
    const able = receivers.filter((it) => it.id !== rock.owner?.id && room(it) >= rock.weight);
    const [best] = able.toSorted(
      (one, other) =>
        nearness(rock, one) - nearness(rock, other) || room(other) - room(one) || one.id - other.id,
    );
    if (best === undefined || rock.offeredTo !== null) continue;
    chosen.set(rock.id, best.id);
    taken.set(best.id, (taken.get(best.id) ?? 0) + rock.weight);
  }
  return chosen;
}

function first(one: Movable, other: Movable): number {
  return rankOf(one.importance) - rankOf(other.importance) || other.weight - one.weight || one.id - other.id;
}

/** What nobody has judged stands in the middle. */
function rankOf(importance: Importance | null): number {
  return importances.indexOf(importance ?? 'important');
}

/** The first backup is nearest, then the others, then the rock's team, then anybody. */
function nearness({ backups, teamId }: Movable, { id, teamIds }: Receiver): number {
  const place = backups.findIndex((backup) => backup.id === id);
  if (place >= 0) return place;
  return teamId !== null && teamIds.includes(teamId) ? 1_000 : 1_001;
}

/** Somebody's load before and after what is planned, in sums of weights. */
export type Shift = { personId: number; before: number; after: number; limit: number };

/** How the loads of everybody concerned change; `loads` holds those that the reader may see. */
export function shifts(
  moves: readonly { weight: number; fromId: number | null; toId: number }[],
  loads: ReadonlyMap<number, { load: number; limit: number }>,
): Shift[] {
  const change = new Map<number, number>();
  const add = (id: number, weight: number) => change.set(id, (change.get(id) ?? 0) + weight);
  for (const { weight, fromId, toId } of moves) {
    if (fromId !== null) add(fromId, -weight);
    add(toId, weight);
  }
  return [...change].flatMap(([personId, by]) => {
    const own = loads.get(personId);
    if (own === undefined) return [];
    return [{ personId, before: own.load, after: own.load + by, limit: own.limit }];
  });
}
