import type { Temporal } from 'temporal-polyfill';
import type { readDates } from '../../../../platform/core/cell-dates.ts';
import { type Horizon, longest } from '../../../roadmap/core/item.ts';
import type { FindRock, KnownRock } from '../../core/asking-rock.ts';
import type { FindTeam, KnownTeam } from '../../core/asking-team.ts';
import { readDay } from '../../core/days.ts';
import { peopleOf } from '../../core/people-of-row.ts';
import type { DirectoryPerson, Resolving } from '../../core/resolving.ts';
import { readHorizon } from './horizon-cell.ts';
import { readScore } from './score-cell.ts';

/** By whom and what the cells of a row are found. */
export type Finding = {
  people: readonly DirectoryPerson[];
  resolving: Resolving;
  team: FindTeam;
  rock: FindRock;
};
type Score = 'impact' | 'effort' | 'alignment';

/** What a row says, null where it says nothing. `notes` tell what of it was left out. */
export type Said = Record<Score, number | null> & {
  summary: string | null;
  horizon: Horizon | null;
  owner: DirectoryPerson | null;
  team: KnownTeam | null;
  rock: KnownRock | null;
  needs: KnownTeam[];
  dueOn: string | null;
  why: string | null;
  notes: string[];
};
export type ReadRow = { kind: 'said'; said: Said } | { kind: 'refused'; problems: string[] };

/** Reads the cells of a row beside its title. */
export function readRow(
  cell: (field: string) => string,
  date: ReturnType<typeof readDates>['dates'][number],
  line: number,
  finding: Finding,
  today: Temporal.PlainDate,
): ReadRow {
  const problems: string[] = [];
  const said = <T>(read: { ok: true; value: T | null } | { ok: false; words: string }): T | null => {
    if (read.ok) return read.value;
    problems.push(read.words);
    return null;
  };
  const text = (field: string, most: number, what: string): string | null => {
    const typed = cell(field);
    const length = Array.from(typed).length;
    if (length > most) problems.push(`${what}: ${most} characters are the most; these are ${length}.`);
    return typed || null;
  };
  const read = {
    summary: text('summary', longest.summary, 'Summary'),
    horizon: said(readHorizon(cell('horizon'), today)),
    dueOn: said(readDay(cell('due'), date)),
    impact: said(readScore(cell('impact'), 'Impact')),
    effort: said(readScore(cell('effort'), 'Effort')),
    alignment: said(readScore(cell('alignment'), 'Alignment')),
    why: text('why', longest.why, 'Why it was stopped'),
  };
  if (problems.length > 0) return { kind: 'refused', problems };

  const people = peopleOf({ owner: cell('owner'), backup: '' }, line, finding);
  const team = finding.team(cell('team'), line);
  const rock = finding.rock(cell('rock'), line);
  const named = cell('needs')
    .split(/[,;/&+]| and /i)
    .map((name) => finding.team(name.trim(), line));
  const needs = named.flatMap((it) => it.team ?? []);
  const notes = [...people.notes, team.note, rock.note, ...named.map(({ note }) => note)];
  return {
    kind: 'said',
    said: {
      ...read,
      ...{ owner: people.owner, team: team.team, rock: rock.rock },
      needs: [...new Set(needs)].sort((a, b) => a.id - b.id),
      notes: notes.filter((note) => note !== ''),
    },
  };
}
