import { likenessTo } from '../../ownership/core/likeness.ts';
import { normalName } from '../../ownership/core/names.ts';
import type { Asking } from './asking.ts';
import { shownCell } from './cells.ts';
import { isNobody } from './people-in-cell.ts';

export type KnownTeam = { id: number; key: string; name: string };

/** The team that a cell names, or null, and why it names none that is there. */
export type NamedTeam = { team: KnownTeam | null; note: string };
export type FindTeam = (cell: string, line: number) => NamedTeam;

const mostOffered = 99;
const leastLikeness = 0.6;
const noTeam = 'none';

/** Finds which team a cell names; what is none is asked about, the nearest suggested. */
export function findingTeams(teams: readonly KnownTeam[], asking: Asking): FindTeam {
  const byName = new Map<string, KnownTeam>();
  for (const team of teams) {
    for (const name of [team.name, team.key]) {
      if (!byName.has(normal(name))) byName.set(normal(name), team);
    }
  }
  const doubts = new Map<string, ReturnType<typeof doubtOf>>();
  return (cell, line) => {
    if (isNobody(cell)) return { team: null, note: '' };
    const typed = cell.trim().replace(/\s+/g, ' ');
    const known = byName.get(normal(typed));
    if (known !== undefined) return { team: known, note: '' };
    const missing = { team: null, note: `There is no team ${shownCell(typed)}, so it is left out.` };
    if (teams.length === 0) return missing;
    const doubt = doubts.get(typed) ?? doubtOf(typed, teams);
    doubts.set(typed, doubt);
    const answer = asking.ask(line, doubt);
    return answer === null || answer === noTeam
      ? missing
      : { team: teams.find(({ id }) => String(id) === answer) ?? null, note: '' };
  };
}

/** "Team Checkout", "Checkout team" and "#checkout" are Checkout. */
function normal(name: string): string {
  const plain = normalName(name.replace(/^#/, ''));
  return plain.replace(/^(?:team|squad) | (?:team|squad)$/g, '') || plain;
}

function doubtOf(typed: string, teams: readonly KnownTeam[]) {
  const ranked = nearestTeams(typed, teams);
  const [best] = ranked;
  return {
    key: `team:${typed.toLowerCase().slice(0, 80)}`,
    words: (rows: string) => `There is no team ${shownCell(typed)} (${rows}). Which one is it?`,
    choices: [
      ...ranked.slice(0, mostOffered).map(({ team }) => ({ value: String(team.id), name: team.name })),
      { value: noTeam, name: 'No team' },
    ],
    suggested: best?.isNear ? String(best.team.id) : null,
  };
}

/** The teams that a name may mean, the likeliest first: one of which it is the beginning, or that begins it, is near. */
export function nearestTeams<Team extends { name: string }>(
  typed: string,
  teams: readonly Team[],
): { team: Team; isNear: boolean }[] {
  const wanted = normal(typed);
  const compare = likenessTo(wanted);
  return teams
    .map((team) => {
      const name = normal(team.name);
      const begins = wanted.startsWith(`${name} `) || name.startsWith(`${wanted} `);
      const likeness = begins ? 1 : compare(name).likeness;
      return { team, likeness, isNear: likeness >= leastLikeness };
    })
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ team, isNear }) => ({ team, isNear }));
}
