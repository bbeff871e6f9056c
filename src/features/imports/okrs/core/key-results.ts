import { Temporal } from 'temporal-polyfill';
import type { readDates } from '../../../../platform/core/cell-dates.ts';
import { typedNumber } from '../../../check-ins/core/number.ts';
import type { PresentKeyResult } from '../../../okrs/core/present.ts';
import type { KeyResultPatch, NewKeyResult } from '../../../okrs/core/sheet.ts';
import { noDate, promisedOn } from '../../../okrs/editing/core/promise.ts';
import { readTitle } from '../../../okrs/editing/core/typed.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { sentences, shownCell } from '../../core/cells.ts';
import { readDay } from '../../core/days.ts';
import type { Outcome } from '../../core/import.ts';
import { peopleOf, type RowPeople } from '../../core/people-of-row.ts';
import { whichIsMeant } from '../../core/same-question.ts';
import type { TypedRow } from './grouping.ts';
import { type Measured, measured } from './measuring.ts';
import type { PlannedObjective, Planning } from './objectives.ts';

type Dates = ReturnType<typeof readDates>['dates'];
type Known = Extract<PlannedObjective, { kind: 'known' }>;
/** What becomes of one row with a key result. */
export type PlannedKeyResult = {
  outcome: Outcome;
  name: string;
  words: string;
  added: NewKeyResult | null;
  changed: KeyResultPatch | null;
};
/** By their ids and names, in which line each key result of an objective stood first. */
export type Seen = Map<string, number>;

/** Says what becomes of a row: a new key result, a change of one that is there, or why not. */
export function planKeyResult(
  row: TypedRow,
  of: Known,
  given: { planning: Planning; dates: Dates; seen: Seen },
): PlannedKeyResult {
  const { planning, seen } = given;
  const name = row.cell('keyResult') || row.cell('key');
  const end = (outcome: Outcome, words: string): PlannedKeyResult => ({
    outcome,
    name,
    words,
    added: null,
    changed: null,
  });
  const match = findKeyResult(row, of, planning);
  if (match.kind === 'refused') return end('refused', match.words);
  const { present } = match;
  const title = readTitle(row.cell('keyResult') || present?.title, 'Failed payment rate');
  if (!title.ok) return end('refused', title.words);
  const identity = present === null ? normalName(title.value) || title.value : String(present.id);
  const before = seen.get(`${present === null ? 'new' : 'old'}:${identity}`);
  if (before !== undefined)
    return end('refused', `It stands in row ${before} already. Take one of them out.`);
  seen.set(`${present === null ? 'new' : 'old'}:${identity}`, row.line);

  const cells = { owner: row.cell('owner'), backup: row.cell('backup') };
  const people = peopleOf(cells, row.line, { people: planning.known.people, resolving: planning.resolving });
  const how = measured(row, title.value, present);
  const due = readDay(row.cell('due'), given.dates[row.index] ?? null);
  const problems = [...(how.ok ? [] : how.problems), ...(due.ok ? [] : [due.words])];
  if (!how.ok || !due.ok) return end('refused', sentences(problems));
  const said: Said = { measured: how.value, people, dueOn: due.value };
  const planned =
    present === null ? added(title.value, said, of) : changed(present, said, planning.known.people);
  if (planned.outcome === 'refused') return { ...end('refused', planned.words), name: title.value };
  const isOver = of.over !== null && planned.outcome !== 'unchanged';
  return isOver ? end('refused', of.over ?? '') : { ...planned, name: title.value };
}

type Said = { measured: Measured; people: RowPeople; dueOn: string | null };
type Planned = Omit<PlannedKeyResult, 'name'>;

function added(title: string, { measured: how, people, dueOn }: Said, { cycle }: Known): Planned {
  const startsOn = Temporal.PlainDate.from(cycle.startsOn);
  const promised = promisedOn(noDate, dueOn, null, { key: cycle.key, startsOn });
  if (!promised.ok) return { outcome: 'refused', words: promised.words, added: null, changed: null };
  const { measure, current, commitment, notes } = how;
  return {
    outcome: 'added',
    words: sentences([...notes, ...people.notes]),
    added: {
      ...{ title, ...measure, current, commitment: commitment ?? 'committed', dueOn },
      ownerId: people.owner?.id ?? null,
      backupId: people.backup?.id ?? null,
    },
    changed: null,
  };
}

function changed(present: PresentKeyResult, said: Said, everybody: Planning['known']['people']): Planned {
  const { measure, current, notes } = said.measured;
  const commitment = said.measured.commitment ?? present.commitment;
  const owner = said.people.owner;
  const isFree = present.ownerId === null && owner !== null && owner.id !== present.backupId;
  const number = (value: number | null) => (value === null ? 'open' : typedNumber(value));
  const moved: [what: string, from: string, to: string][] = [
    ['type', present.type, measure.type],
    ['unit', present.unit ?? 'none', measure.unit ?? 'none'],
    ['direction', present.direction, measure.direction],
    ['start', number(present.start), number(measure.start)],
    ['target', number(present.target), number(measure.target)],
    ['commitment', present.commitment, commitment],
  ];
  const differences = moved
    .filter(([, from, to]) => from !== to)
    .map(([what, from, to]) => `${what} from ${from} to ${to}`);
  const isValued = present.current === null && current !== null;
  const isDated = present.dueOn === null && said.dueOn !== null;
  const filled = [
    ...(isFree ? [`owner ${owner.name}`] : []),
    ...(isValued ? [`current value ${number(current)}`] : []),
    ...(isDated ? [`due ${said.dueOn}`] : []),
  ];
  const whose = everybody.find(({ id }) => id === present.ownerId);
  const stays = [
    ...(owner !== null && !isFree && owner.id !== present.ownerId
      ? [whose === undefined ? 'owner' : `owner ${whose.name}`]
      : []),
    ...(current !== null && !isValued && current !== present.current
      ? [`current value ${number(present.current)}`]
      : []),
    ...(said.dueOn !== null && !isDated && said.dueOn !== present.dueOn ? [`due day ${present.dueOn}`] : []),
  ];
  const kept = stays.length === 0 ? '' : `Stays as people have it: ${stays.join(', ')}.`;
  const missing = present.ownerId === null ? said.people.notes : [];
  const all = [...differences, ...filled];
  if (all.length === 0)
    return { outcome: 'unchanged', words: sentences([kept, ...missing]), added: null, changed: null };
  if (present.state !== 'active')
    return {
      outcome: 'refused',
      words: `${shownCell(present.title)} is over, so nothing of it is changed any more.`,
      added: null,
      changed: null,
    };
  const list = all.join(', ');
  return {
    outcome: 'changed',
    words: sentences([`${list.charAt(0).toUpperCase()}${list.slice(1)}.`, ...notes, kept, ...missing]),
    added: null,
    changed: {
      ...{ id: present.id, ...measure, commitment },
      ownerId: isFree ? owner.id : null,
      current: isValued ? current : null,
      dueOn: isDated ? said.dueOn : null,
    },
  };
}

type Match = { kind: 'found'; present: PresentKeyResult | null } | { kind: 'refused'; words: string };

/** The key result that a row means, by its key, its name, or what was answered. */
function findKeyResult(row: TypedRow, of: Known, planning: Planning): Match {
  const keyed = planning.look.keyResult(row.cell('key').toLowerCase());
  if (keyed !== undefined) {
    if (keyed.objectiveId === of.present?.id) return { kind: 'found', present: keyed };
    const its = planning.known.objectives.find(({ id }) => id === keyed.objectiveId);
    const words = `${shownCell(keyed.key)} belongs to the objective ${shownCell(its?.title ?? '')}. A sheet does not move it.`;
    return { kind: 'refused', words };
  }
  const title = row.cell('keyResult');
  if (title === '')
    return {
      kind: 'refused',
      words: `There is no key result ${shownCell(row.cell('key'))}. Write its title beside it.`,
    };
  if (of.present === null) return { kind: 'found', present: null };
  const index = planning.look.under(of.present);
  const named = index.same(title);
  const exact = named.find(({ state }) => state === 'active') ?? named[0];
  if (exact !== undefined) return { kind: 'found', present: exact };
  const meant = whichIsMeant(planning.asking, row.line, {
    key: `same-key-result:${row.line}`,
    words: `Is the key result ${shownCell(title)} one that is there under ${shownCell(of.objective.title)}?`,
    near: index.near(title),
  });
  return { kind: 'found', present: meant };
}
