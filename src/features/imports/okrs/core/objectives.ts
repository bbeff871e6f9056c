import type { Temporal } from 'temporal-polyfill';
import { isOpen, overWords } from '../../../okrs/core/cycle.ts';
import type { PresentObjective } from '../../../okrs/core/present.ts';
import { readTitle } from '../../../okrs/editing/core/typed.ts';
import type { Asking } from '../../core/asking.ts';
import type { FindTeam, NamedTeam } from '../../core/asking-team.ts';
import { shownCell } from '../../core/cells.ts';
import { splitPeople } from '../../core/people-in-cell.ts';
import type { DirectoryPerson, Resolving } from '../../core/resolving.ts';
import { whichIsMeant } from '../../core/same-question.ts';
import { cycleOf, type FoundCycle, type WantedCycle } from './cycle-cell.ts';
import type { Group } from './grouping.ts';
import type { OkrIndex, OkrsKnown, RowObjective } from './known.ts';

/** What plans are made with: what is known, what was answered, and who and which team a cell names. */
export type Planning = {
  known: OkrsKnown;
  today: Temporal.PlainDate;
  asking: Asking;
  resolving: Resolving;
  team: FindTeam;
  look: OkrIndex;
};

/** The objective of a group of rows: what is wrong with it, or what becomes of it. */
export type PlannedObjective =
  | { kind: 'refused'; words: string }
  | {
      kind: 'known';
      objective: RowObjective;
      present: PresentObjective | null;
      cycle: { key: string; startsOn: Temporal.PlainDate | string };
      /** Why nothing of it is added or changed any more; null: it is open. */
      over: string | null;
      /** What is filled in of one that is there. */
      changes: string[];
      /** What of it was left out, and why. */
      notes: string[];
    };

/** Says which objective a group of rows is about, in which cycle, and what of it is added or filled in. */
export function planObjective(group: Group, planning: Planning): PlannedObjective {
  const found = findCycle(group, planning);
  if (found.kind === 'unknown') return { kind: 'refused', words: found.words };
  const present = findObjective(group, found, planning);
  const title = readTitle(present?.title ?? group.objective, 'Checkout that just works');
  if (!title.ok) return { kind: 'refused', words: title.words };
  const notes: string[] = [];
  const person = ownerOf(group, planning, notes);
  const wantedTeam = teamOf(group, planning, notes);

  const isFilled = present !== null && present.ownerId === null && person !== null;
  const isMoved = present !== null && wantedTeam !== null && wantedTeam.id !== present.teamId;
  const patch =
    present !== null && (isFilled || isMoved)
      ? { id: present.id, ownerId: isFilled ? person.id : null, teamId: isMoved ? wantedTeam.id : null }
      : null;
  const { cycle } = found;
  return {
    ...{ kind: 'known', present, notes },
    objective: {
      ref: present === null ? `new:${group.rows[0]?.line ?? 0}` : `old:${present.id}`,
      id: present?.id ?? null,
      title: title.value,
      cycle: cycle.key,
      newCycle: found.kind === 'new' ? found.cycle : null,
      ownerId: person?.id ?? null,
      teamId: wantedTeam?.id ?? null,
      patch,
    },
    cycle: { key: cycle.key, startsOn: 'startsOn' in cycle ? cycle.startsOn : cycle.starts },
    over: overOf(found, present),
    changes: [
      ...(isFilled ? [`The objective gets ${person.name} as owner.`] : []),
      ...(isMoved ? [`The objective goes to ${wantedTeam.name}.`] : []),
    ],
  };
}

function overOf(found: WantedCycle, present: PresentObjective | null): string | null {
  const words = found.kind === 'present' ? overWords(found.cycle) : null;
  if (words !== null || present === null || present.state === 'active') return words;
  return `${shownCell(present.title)} is over, so nothing of it is changed any more.`;
}

/** Who owns the objective: by its own column, else by rows without a key result. */
function ownerOf({ rows }: Group, { known, resolving }: Planning, notes: string[]): DirectoryPerson | null {
  const cells = [
    ...rows.map((row) => ({ row, cell: row.cell('objectiveOwner') })),
    ...rows.flatMap((row) => (row.cell('keyResult') === '' ? { row, cell: row.cell('owner') } : [])),
  ];
  for (const { row, cell } of cells) {
    const [name] = splitPeople(cell, known.people);
    if (name === undefined) continue;
    const { person, words } = resolving.person(name, row.line);
    if (person === null) notes.push(`Nobody owns the objective: ${words}.`);
    return person;
  }
  return null;
}

function teamOf({ rows }: Group, { team: find }: Planning, notes: string[]): NamedTeam['team'] {
  const row = rows.find((it) => it.cell('team') !== '');
  if (row === undefined) return null;
  const { team, note } = find(row.cell('team'), row.line);
  if (note !== '') notes.push(note);
  return team;
}

/** The cycle that the rows name; of rows that name none, that of the objective which is there by this key or name. */
function findCycle({ objective, cycle, rows }: Group, { known, today, asking, look }: Planning): FoundCycle {
  if (cycle === '') {
    const open = new Set(known.cycles.filter(({ state }) => isOpen(state)).map(({ id }) => id));
    const byKey = look.objective(objective.toLowerCase());
    const named = look.objectives.same(objective).filter((it) => open.has(it.cycleId));
    const only = byKey ?? (named.length === 1 ? named[0] : undefined);
    const its = known.cycles.find(({ id }) => id === only?.cycleId);
    if (its !== undefined) return { kind: 'present', cycle: its };
  }
  return cycleOf(cycle, { cycles: known.cycles, today, asking, line: rows[0]?.line ?? 0 });
}

/** The objective that rows mean, by key, by title, or by what was answered; null: it is new. */
function findObjective(
  group: Group,
  found: WantedCycle,
  { look, asking }: Planning,
): PresentObjective | null {
  if (found.kind === 'new') return null;
  const { id: cycleId, key: cycle } = found.cycle;
  const keyed = look.objective(group.objective.toLowerCase());
  const index = look.inCycle(cycleId);
  const named = keyed?.cycleId === cycleId ? [keyed] : index.same(group.objective);
  const exact = named.find(({ state }) => state === 'active') ?? named[0];
  if (exact !== undefined) return exact;
  const line = group.rows[0]?.line ?? 0;
  return whichIsMeant(asking, line, {
    key: `same-objective:${line}`,
    words: `Is the objective ${shownCell(group.objective)} one that is there in ${cycle}?`,
    near: index.near(group.objective),
  });
}
