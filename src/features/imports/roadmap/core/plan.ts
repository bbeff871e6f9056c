import type { Temporal } from 'temporal-polyfill';
import { readDates } from '../../../../platform/core/cell-dates.ts';
import type { Sheet, SheetRow } from '../../../../platform/core/sheet.ts';
import { readTitle } from '../../../okrs/editing/core/typed.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { isOver } from '../../../roadmap/core/item.ts';
import type { PresentItem } from '../../../roadmap/core/present.ts';
import { Asking } from '../../core/asking.ts';
import { findingRocks } from '../../core/asking-rock.ts';
import { findingTeams } from '../../core/asking-team.ts';
import { cellOf, sentences, shownCell } from '../../core/cells.ts';
import type { Answers, Mapping, Outcome, Question } from '../../core/import.ts';
import { titleIndex } from '../../core/near-titles.ts';
import { Resolving } from '../../core/resolving.ts';
import { whichIsMeant } from '../../core/same-question.ts';
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
  const asking = new Asking(answers);
  const finding = {
    people: known.people,
    resolving: new Resolving(known.people, known.zone, asking),
    team: findingTeams(known.teams, asking),
    rock: findingRocks(known.rocks, asking),
  };
  const { dates } = readDates(sheet.rows.map((row) => cellOf(row, mapping, 'due')));
  const itemOf = findingItems(known.items, asking);
  const seen = new Map<string, number>();

  const planRow = (row: SheetRow, index: number): RoadmapRow => {
    const cell = (field: string) => cellOf(row, mapping, field);
    const typed = cell('title');
    const end = (outcome: Outcome, words: string, name = typed): RoadmapRow => ({
      ...{ line: row.line, outcome, name, words, item: null },
    });
    if (typed === '' && cell('key') === '') return end('left-out', 'It has no title.');
    const present = itemOf(typed, cell('key'), row.line);
    const title = readTitle(typed || present?.state.title, 'Smart retries');
    if (!title.ok)
      return end('refused', typed === '' ? `There is no item ${shownCell(cell('key'))}.` : title.words);
    const identity = present === null ? `new:${normalName(title.value) || title.value}` : `old:${present.id}`;
    const before = seen.get(identity);
    if (before !== undefined)
      return end('refused', `It stands in row ${before} already. Take one of them out.`, title.value);
    seen.set(identity, row.line);
    const read = readRow(cell, dates[index] ?? null, row.line, finding, today);
    if (read.kind === 'refused') return end('refused', sentences(read.problems), title.value);
    const planned =
      present === null
        ? newItem(title.value, read.said, today)
        : changedItem(present, read.said, known, today);
    return { line: row.line, name: title.value, ...planned };
  };
  return { rows: sheet.rows.map(planRow), questions: asking.questions() };
}

/** Finds the item that a row means, by key, by title, or by what was answered; null: it is new. */
function findingItems(items: readonly PresentItem[], asking: Asking) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const index = titleIndex(
    items.map((item) => ({ id: item.id, title: item.state.title, item })),
    ({ title }) => title,
  );
  return (title: string, key: string, line: number): PresentItem | null => {
    const keyed = byKey.get(key.toLowerCase());
    if (keyed !== undefined || title === '') return keyed ?? null;
    const same = index.same(title).map(({ item }) => item);
    const exact = same.find(({ state }) => !isOver(state.horizon)) ?? same[0];
    if (exact !== undefined) return exact;
    const meant = whichIsMeant(asking, line, {
      key: `same-item:${line}`,
      words: `Is ${shownCell(title)} an item that is on the roadmap?`,
      near: index.near(title),
    });
    return meant?.item ?? null;
  };
}
