import { likenessTo } from '../../ownership/core/likeness.ts';
import { normalName } from '../../ownership/core/names.ts';
import type { Answers, Question } from './import.ts';
import { isNobody } from './people-in-cell.ts';

export type KnownTeam = { id: number; key: string; name: string };

export const answeredNoTeam = 'none';

/** Which team a cell names; `asked` as long as nobody has said. */
export type NamedTeam =
  | { kind: 'team'; team: KnownTeam }
  | { kind: 'none' }
  | { kind: 'asked'; question: Question };

const mostOffered = 99;
const leastLikeness = 0.6;

/** Finds out which teams the cells of a sheet name, each once, and keeps what is to be asked. */
export function askingTeam(
  teams: readonly KnownTeam[],
  answers: Answers,
): { team(cell: string): NamedTeam; questions(): Question[] } {
  const byName = new Map<string, KnownTeam>();
  for (const team of teams) {
    for (const name of [team.name, team.key]) {
      if (!byName.has(normal(name))) byName.set(normal(name), team);
    }
  }
  const questions = new Map<string, Question>();
  return {
    team(cell) {
      if (isNobody(cell)) return { kind: 'none' };
      const typed = cell.trim().replace(/\s+/g, ' ');
      const known = byName.get(normal(typed));
      if (known !== undefined) return { kind: 'team', team: known };
      const key = `team:${typed.toLowerCase().slice(0, 80)}`;
      const question = questions.get(key) ?? questionOf(key, typed, teams);
      questions.set(key, question);
      const answer = answers[key];
      if (answer === answeredNoTeam) return { kind: 'none' };
      const picked = teams.find(({ id }) => String(id) === answer);
      return picked === undefined ? { kind: 'asked', question } : { kind: 'team', team: picked };
    },
    questions: () => [...questions.values()],
  };
}

/** "Team Checkout", "Checkout team" and "#checkout" are Checkout. */
function normal(name: string): string {
  const plain = normalName(name.replace(/^#/, ''));
  return plain.replace(/^(?:team|squad) | (?:team|squad)$/g, '') || plain;
}

function questionOf(key: string, typed: string, teams: readonly KnownTeam[]): Question {
  const compare = likenessTo(normal(typed));
  const ranked = teams
    .map((team) => ({ team, likeness: compare(normal(team.name)).likeness }))
    .sort((a, b) => b.likeness - a.likeness);
  const [best] = ranked;
  const isNear = best !== undefined && best.likeness >= leastLikeness;
  return {
    key,
    words: `There is no team “${typed.slice(0, 80)}”. Which one is it?`,
    choices: [
      ...ranked.slice(0, mostOffered).map(({ team }) => ({ value: String(team.id), name: team.name })),
      { value: answeredNoTeam, name: 'No team' },
    ],
    suggested: isNear ? String(best.team.id) : null,
  };
}
