import type { Answers, Question } from './import.ts';
import { isNobody } from './people-in-cell.ts';
import { type KnownPerson, matchPerson } from './who.ts';

/** What is answered where nobody who is known is meant: the row goes on without them. */
export const answeredNobody = 'nobody';

/** Whom a cell names: somebody, nobody, or what is to be asked before anybody knows. */
export type Named =
  | { kind: 'person'; person: KnownPerson }
  | { kind: 'nobody' }
  | { kind: 'asked'; question: Question };

const mostOffered = 20;

/** Finds out whom the cells of a sheet name, each name once, and keeps what is to be asked. */
export function askingWho(
  people: readonly KnownPerson[],
  answers: Answers,
): { who(cell: string): Named; questions(): Question[] } {
  const named = new Map<string, Named>();
  const questions = new Map<string, Question>();
  const find = (typed: string): Named => {
    const match = matchPerson(typed, people);
    if (match.kind === 'sure') return { kind: 'person', person: match.person };
    const question = questionOf(typed, match);
    questions.set(question.key, question);
    const answer = answers[question.key];
    if (answer === answeredNobody) return { kind: 'nobody' };
    const person = people.find(({ id }) => String(id) === answer);
    const isFit = person !== undefined && person.kind === 'member' && !person.isDeactivated;
    return isFit ? { kind: 'person', person } : { kind: 'asked', question };
  };
  return {
    who(cell) {
      if (isNobody(cell)) return { kind: 'nobody' };
      const typed = cell.trim().replace(/\s+/g, ' ');
      const known = named.get(typed) ?? find(typed);
      named.set(typed, known);
      return known;
    },
    questions: () => [...questions.values()],
  };
}

function questionOf(
  typed: string,
  match: Exclude<ReturnType<typeof matchPerson>, { kind: 'sure' }>,
): Question {
  const nobody = { value: answeredNobody, name: 'Nobody of these: leave it open' };
  const key = `person:${typed.toLowerCase().slice(0, 80)}`;
  const shown = `“${typed.slice(0, 80)}”`;
  if (match.kind === 'doubtful') {
    const choices = match.people
      .slice(0, mostOffered)
      .map((person) => ({ value: String(person.id), name: person.name }));
    const [first] = choices;
    const suggested = choices.length === 1 && first !== undefined ? first.value : null;
    return { key, words: `Who is ${shown}?`, choices: [...choices, nobody], suggested };
  }
  const open = { ...nobody, name: 'Nobody: leave it open' };
  if (match.kind === 'left')
    return {
      ...{ key, choices: [open], suggested: answeredNobody },
      words: `${shown} is ${match.person.name}, who has left Slack. Who is it now?`,
    };
  if (match.kind === 'unfit') {
    const what = { guest: 'a guest', bot: 'a bot', outsider: 'of another company', member: 'no member' };
    const words = `${shown} is ${match.person.name}, ${what[match.person.kind]}, who carries nothing here. Who is it?`;
    return { key, words, choices: [open], suggested: answeredNobody };
  }
  return {
    key,
    words: `I know nobody called ${shown}. Who is it?`,
    choices: [open],
    suggested: answeredNobody,
  };
}
