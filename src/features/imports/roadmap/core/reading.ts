import type { Temporal } from 'temporal-polyfill';
import type { readDates } from '../../../../platform/core/cell-dates.ts';
import { type Horizon, longest } from '../../../roadmap/core/item.ts';
import type { askingRock, KnownRock } from '../../core/asking-rock.ts';
import type { askingTeam, KnownTeam } from '../../core/asking-team.ts';
import type { askingWho } from '../../core/asking-who.ts';
import { readDay } from '../../core/days.ts';
import type { Question } from '../../core/import.ts';
import { peopleOf } from '../../core/people-of-row.ts';
import type { KnownPerson } from '../../core/who.ts';
import { readHorizon } from './horizon-cell.ts';
import { readScore } from './score-cell.ts';

export type Asking = {
  people: readonly KnownPerson[];
  who: ReturnType<typeof askingWho>['who'];
  team: ReturnType<typeof askingTeam>['team'];
  rock: ReturnType<typeof askingRock>['rock'];
};
type Score = 'impact' | 'effort' | 'alignment';

/** What a row says, null where it says nothing. `notes` tell what of it was left out. */
export type Said = Record<Score, number | null> & {
  summary: string | null;
  horizon: Horizon | null;
  owner: KnownPerson | null;
  team: KnownTeam | null;
  rock: KnownRock | null;
  needs: KnownTeam[];
  dueOn: string | null;
  why: string | null;
  notes: string[];
};
export type ReadRow =
  | { kind: 'said'; said: Said }
  | { kind: 'refused'; problems: string[] }
  | { kind: 'asked'; question: Question };

/** Reads the cells of a row beside its title. */
export function readRow(
  cell: (field: string) => string,
  date: ReturnType<typeof readDates>['dates'][number],
  asking: Asking,
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

  const people = peopleOf({ owner: cell('owner'), backup: '' }, asking.people, asking.who);
  if (people.kind === 'asked') return people;
  const team = asking.team(cell('team'));
  if (team.kind === 'asked') return team;
  const rock = asking.rock(cell('rock'));
  if (rock.kind === 'asked') return rock;
  const named = cell('needs')
    .split(/[,;/&+]| and /i)
    .map((name) => asking.team(name.trim()));
  const waiting = named.find((it) => it.kind === 'asked');
  if (waiting?.kind === 'asked') return waiting;
  const needs = named.flatMap((it) => (it.kind === 'team' ? it.team : []));
  return {
    kind: 'said',
    said: {
      ...read,
      owner: people.owner,
      team: team.kind === 'team' ? team.team : null,
      rock: rock.kind === 'rock' ? rock.rock : null,
      needs: [...new Set(needs)].sort((a, b) => a.id - b.id),
      notes: rock.kind === 'unknown' ? [rock.words] : [],
    },
  };
}
