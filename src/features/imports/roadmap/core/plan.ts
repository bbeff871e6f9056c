import type { Temporal } from 'temporal-polyfill';
import { readDates } from '../../../../platform/core/cell-dates.ts';
import type { Sheet, SheetRow } from '../../../../platform/core/sheet.ts';
import { readTitle } from '../../../okrs/editing/core/typed.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { isOver } from '../../../roadmap/core/item.ts';
import type { PresentItem } from '../../../roadmap/core/present.ts';
import { askingRock } from '../../core/asking-rock.ts';
import { askingTeam } from '../../core/asking-team.ts';
import { askingWho } from '../../core/asking-who.ts';
import { cellOf, sentences, shownCell, waitingWords } from '../../core/cells.ts';
import type { Answers, Mapping, Outcome, Question } from '../../core/import.ts';
import { titleIndex } from '../../core/near-titles.ts';
import { sameQuestion } from '../../core/same-question.ts';
import { changedItem, newItem } from './items.ts';
import type { RoadmapKnown, RoadmapRow } from './known.ts';
import { readRow } from './reading.ts';

type Given = {
  sheet: Sheet;
  mapping: Mapping;
  answers: Answers;
  known: RoadmapKnown;
  today: Temporal.PlainDate;
};

/** What becomes of each row of a sheet of the roadmap, and what only a person can say. */
export function planRoadmap({ sheet, mapping, answers, known, today }: Given): {
  rows: RoadmapRow[];
  questions: Question[];
} {
  const who = askingWho(known.people, answers);
  const teams = askingTeam(known.teams, answers);
  const rocks = askingRock(known.rocks, answers);
  const asking = { people: known.people, who: who.who, team: teams.team, rock: rocks.rock };
  const { dates } = readDates(sheet.rows.map((row) => cellOf(row, mapping, 'due')));
  const find = findingItems(known.items, answers);
  const seen = new Map<string, number>();

  const planRow = (row: SheetRow, index: number): RoadmapRow => {
    const cell = (field: string) => cellOf(row, mapping, field);
    const typed = cell('title');
    const end = (outcome: Outcome, words: string, name = typed): RoadmapRow => ({
      ...{ line: row.line, outcome, name, words, item: null },
    });
    if (typed === '' && cell('key') === '') return end('left-out', 'It has no title.');
    const found = find.item(typed, cell('key'), row.line);
    if (found.kind === 'asked') return end('left-out', waitingWords(found.question));
    const { present } = found;
    const title = readTitle(typed || present?.state.title, 'Smart retries');
    if (!title.ok)
      return end('refused', typed === '' ? `There is no item ${shownCell(cell('key'))}.` : title.words);
    const identity = present === null ? `new:${normalName(title.value) || title.value}` : `old:${present.id}`;
    const before = seen.get(identity);
    if (before !== undefined)
      return end('refused', `It stands in row ${before} already. Take one of them out.`, title.value);
    seen.set(identity, row.line);
    const read = readRow(cell, dates[index] ?? null, asking, today);
    if (read.kind === 'refused') return end('refused', sentences(read.problems), title.value);
    if (read.kind === 'asked') return end('left-out', waitingWords(read.question), title.value);
    const planned =
      present === null
        ? newItem(title.value, read.said, today)
        : changedItem(present, read.said, known, today);
    return { line: row.line, name: title.value, ...planned };
  };
  const rows = sheet.rows.map(planRow);
  return {
    rows,
    questions: [...find.questions(), ...who.questions(), ...teams.questions(), ...rocks.questions()],
  };
}

type Found = { kind: 'found'; present: PresentItem | null } | { kind: 'asked'; question: Question };

/** Finds the item that a row means, by key, by title, or by what was answered. */
function findingItems(items: readonly PresentItem[], answers: Answers) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const index = titleIndex(items, ({ state }) => state.title);
  const questions = new Map<string, Question>();
  return {
    item(title: string, key: string, line: number): Found {
      const same = index.same(title);
      const exact =
        byKey.get(key.toLowerCase()) ?? same.find(({ state }) => !isOver(state.horizon)) ?? same[0];
      if (exact !== undefined || title === '') return { kind: 'found', present: exact ?? null };
      const near = index.near(title).slice(0, 5);
      if (near.length === 0) return { kind: 'found', present: null };
      const question = sameQuestion(
        `same-item:${line}`,
        `Is ${shownCell(title)} an item that is on the roadmap?`,
        near.map(({ id, state }) => ({ id, title: state.title })),
      );
      questions.set(question.key, question);
      const answer = answers[question.key];
      const picked = near.find(({ id }) => String(id) === answer);
      if (picked === undefined && answer !== 'new') return { kind: 'asked', question };
      return { kind: 'found', present: picked ?? null };
    },
    questions: () => [...questions.values()],
  };
}
