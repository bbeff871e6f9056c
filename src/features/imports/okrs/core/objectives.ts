import type { Temporal } from 'temporal-polyfill';
import { isOpen, overWords } from '../../../okrs/core/cycle.ts';
import type { PresentObjective } from '../../../okrs/core/present.ts';
import { readTitle } from '../../../okrs/editing/core/typed.ts';
import type { NamedTeam } from '../../core/asking-team.ts';
import type { Named } from '../../core/asking-who.ts';
import { shownCell } from '../../core/cells.ts';
import type { Answers, Question } from '../../core/import.ts';
import { splitPeople } from '../../core/people-in-cell.ts';
import { sameQuestion } from '../../core/same-question.ts';
import type { KnownPerson } from '../../core/who.ts';
import { cycleOf, type FoundCycle, type WantedCycle } from './cycle-cell.ts';
import type { Group } from './grouping.ts';
import type { OkrIndex, OkrsKnown, RowObjective } from './known.ts';

/** What plans are made with: what is known, what was answered, and who and which team a cell names. */
export type Planning = {
  known: OkrsKnown;
  answers: Answers;
  today: Temporal.PlainDate;
  who(cell: string): Named;
  team(cell: string): NamedTeam;
  ask(question: Question): void;
  look: OkrIndex;
};

/** The objective of a group of rows: what is wrong with it, what it waits for, or what becomes of it. */
export type PlannedObjective =
  | { kind: 'refused'; words: string }
  | { kind: 'asked'; question: Question }
  | {
      kind: 'known';
      objective: RowObjective;
      present: PresentObjective | null;
      cycle: { key: string; startsOn: Temporal.PlainDate | string };
      /** Why nothing of it is added or changed any more; null: it is open. */
      over: string | null;
      /** What is filled in of one that is there. */
      changes: string[];
    };

/** Says which objective a group of rows is about, in which cycle, and what of it is added or filled in. */
export function planObjective(group: Group, planning: Planning): PlannedObjective {
  const found = findCycle(group, planning);
  if (found.kind === 'unknown') return { kind: 'refused', words: found.words };
  if (found.kind === 'asked') return found;
  const match = findObjective(group, found, planning);
  if (match.kind !== 'found') return match;
  const { present } = match;
  const title = readTitle(present?.title ?? group.objective, 'Checkout that just works');
  if (!title.ok) return { kind: 'refused', words: title.words };

  const owner = firstOf(ownerCells(group, planning.known.people), planning.who);
  if (owner?.kind === 'asked') return owner;
  const team = firstOf(
    group.rows.map((row) => row.cell('team')),
    planning.team,
  );
  if (team?.kind === 'asked') return team;
  const person: KnownPerson | null = owner?.kind === 'person' ? owner.person : null;
  const wantedTeam = team?.kind === 'team' ? team.team : null;

  const isFilled = present !== null && present.ownerId === null && person !== null;
  const isMoved = present !== null && wantedTeam !== null && wantedTeam.id !== present.teamId;
  const patch =
    present !== null && (isFilled || isMoved)
      ? { id: present.id, ownerId: isFilled ? person.id : null, teamId: isMoved ? wantedTeam.id : null }
      : null;
  const { cycle } = found;
  return {
    ...{ kind: 'known', present },
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

/** The cells that name the owner of the objective: its own column, and that of rows without a key result. */
function ownerCells({ rows }: Group, people: readonly KnownPerson[]): string[] {
  const cells = [
    ...rows.map((row) => row.cell('objectiveOwner')),
    ...rows.filter((row) => row.cell('keyResult') === '').map((row) => row.cell('owner')),
  ];
  return cells.map((cell) => splitPeople(cell, people)[0] ?? '');
}

function firstOf<T>(cells: readonly string[], read: (cell: string) => T): T | null {
  const cell = cells.find((it) => it !== '');
  return cell === undefined ? null : read(cell);
}

/** The cycle that the rows name; of rows that name none, that of the objective which is there by this key or name. */
function findCycle({ objective, cycle }: Group, { known, answers, today, ask, look }: Planning): FoundCycle {
  if (cycle === '') {
    const open = new Set(known.cycles.filter(({ state }) => isOpen(state)).map(({ id }) => id));
    const byKey = look.objective(objective.toLowerCase());
    const named = look.objectives.same(objective).filter((it) => open.has(it.cycleId));
    const only = byKey ?? (named.length === 1 ? named[0] : undefined);
    const its = known.cycles.find(({ id }) => id === only?.cycleId);
    if (its !== undefined) return { kind: 'present', cycle: its };
  }
  return cycleOf(cycle, { cycles: known.cycles, answers, today, ask });
}

type Match = { kind: 'found'; present: PresentObjective | null } | { kind: 'asked'; question: Question };

function findObjective(group: Group, found: WantedCycle, planning: Planning): Match {
  if (found.kind === 'new') return { kind: 'found', present: null };
  const { id: cycleId, key: cycle } = found.cycle;
  const keyed = planning.look.objective(group.objective.toLowerCase());
  const index = planning.look.inCycle(cycleId);
  const named = keyed?.cycleId === cycleId ? [keyed] : index.same(group.objective);
  const exact = named.find(({ state }) => state === 'active') ?? named[0];
  if (exact !== undefined) return { kind: 'found', present: exact };
  const near = index.near(group.objective).slice(0, 5);
  if (near.length === 0) return { kind: 'found', present: null };
  const question = sameQuestion(
    `same-objective:${group.rows[0]?.line ?? 0}`,
    `Is the objective ${shownCell(group.objective)} one that is there in ${cycle}?`,
    near,
  );
  planning.ask(question);
  const answer = planning.answers[question.key];
  const picked = near.find(({ id }) => String(id) === answer);
  if (picked === undefined && answer !== 'new') return { kind: 'asked', question };
  return { kind: 'found', present: picked ?? null };
}
