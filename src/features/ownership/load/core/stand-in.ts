import { Temporal } from 'temporal-polyfill';
import type { PersonRef } from '../../core/rock.ts';

type Days = { from: Temporal.PlainDate; until: Temporal.PlainDate };

/** A rock with its backups in order, and when they are away, whole days in their own zone. */
export type Backups = {
  rock: { id: number; key: string; name: string };
  backups: { person: PersonRef; absences: Days[] }[];
};

/** Who stands in for a rock's carrier in some days; null: nobody, and `awayToo` would, were they not away then too. */
export type StandIn = { rock: Backups['rock']; by: PersonRef | null; awayToo: PersonRef[] };

/** The first backup who is there on all of these days. */
export function standInOf({ rock, backups }: Backups, days: Days): StandIn {
  const isAway = (absences: readonly Days[]): boolean =>
    absences.some(
      ({ from, until }) =>
        Temporal.PlainDate.compare(from, days.until) <= 0 &&
        Temporal.PlainDate.compare(days.from, until) <= 0,
    );
  const present = backups.find(({ absences }) => !isAway(absences));
  if (present !== undefined) return { rock, by: present.person, awayToo: [] };
  return { rock, by: null, awayToo: backups.map(({ person }) => person) };
}
