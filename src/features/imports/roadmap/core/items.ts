import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../../platform/core/time-words.ts';
import { datesAfter, noDates } from '../../../roadmap/core/due.ts';
import type { Horizon } from '../../../roadmap/core/item.ts';
import type { PresentItem, SheetItem, SheetState } from '../../../roadmap/core/present.ts';
import type { KnownTeam } from '../../core/asking-team.ts';
import { sentences } from '../../core/cells.ts';
import type { Outcome } from '../../core/import.ts';
import type { RoadmapKnown } from './known.ts';
import type { Said } from './reading.ts';

export type PlannedItem = { outcome: Outcome; words: string; item: SheetItem | null };

const whyStopped = 'A sentence is enough: why is it stopped? Write it in a column for the reason.';

/** A new item, by what its row says: in later, where it says nothing of when. */
export function newItem(title: string, said: Said, today: Temporal.PlainDate): PlannedItem {
  const horizon = said.horizon ?? 'later';
  const due = dueIn(horizon, said.dueOn, null, today);
  if (!due.ok) return refusedItem(due.words);
  if (horizon === 'stopped' && said.why === null) return refusedItem(whyStopped);
  const needs = othersNeeded(said.needs, said.team?.id ?? null);
  const state: SheetState = {
    ...{ title, summary: said.summary, horizon, needs: needs.ids, due_on: due.value },
    ...{ owner_id: said.owner?.id ?? null, team_id: said.team?.id ?? null, rock_id: said.rock?.id ?? null },
    ...{ impact: said.impact, effort: said.effort, alignment: said.alignment },
    why_stopped: horizon === 'stopped' ? said.why : null,
  };
  const open = said.horizon === null ? 'It says nothing of when, so it goes to later.' : '';
  return {
    outcome: 'added',
    words: sentences([open, ...said.notes, due.note, needs.note]),
    item: { id: null, state },
  };
}

/** What becomes otherwise of an item that is there. Its owner and its title stay as people have them. */
export function changedItem(
  present: PresentItem,
  said: Said,
  known: RoadmapKnown,
  today: Temporal.PlainDate,
): PlannedItem {
  const { state } = present;
  const horizon = said.horizon ?? state.horizon;
  const due = dueIn(horizon, said.dueOn, present, today);
  if (!due.ok) return refusedItem(due.words);
  if (horizon === 'stopped' && said.why === null && state.why_stopped === null)
    return refusedItem(whyStopped);
  const team_id = said.team?.id ?? state.team_id;
  const needs = othersNeeded(said.needs, team_id);
  const isFree = state.owner_id === null;
  const wanted: SheetState = {
    ...{ title: state.title, summary: said.summary ?? state.summary, horizon, team_id },
    owner_id: state.owner_id ?? said.owner?.id ?? null,
    rock_id: said.rock?.id ?? state.rock_id,
    needs: said.needs.length === 0 ? state.needs : needs.ids,
    impact: said.impact ?? state.impact,
    effort: said.effort ?? state.effort,
    alignment: said.alignment ?? state.alignment,
    due_on: horizon === 'now' ? (due.value ?? state.due_on) : state.due_on,
    why_stopped: horizon === 'stopped' ? (said.why ?? state.why_stopped) : null,
  };
  const stays =
    !isFree && said.owner !== null && said.owner.id !== state.owner_id
      ? `Stays as people have it: owner ${known.people.find(({ id }) => id === state.owner_id)?.name ?? 'somebody else'}.`
      : '';
  const fields = fieldsOf(wanted).filter((field) => !isSame(wanted[field], state[field]));
  const notes = [...said.notes, due.note, needs.note, stays];
  if (fields.length === 0) return { outcome: 'unchanged', words: sentences(notes), item: null };
  const list = fields.map((field) => changeWords(field, state, wanted, said)).join(', ');
  return {
    outcome: 'changed',
    words: sentences([`${list.charAt(0).toUpperCase()}${list.slice(1)}.`, ...notes]),
    item: { id: present.id, change: Object.fromEntries(fields.map((field) => [field, wanted[field]])) },
  };
}

function refusedItem(words: string): PlannedItem {
  return { outcome: 'refused', words, item: null };
}

type Due = { ok: true; value: string | null; note: string } | { ok: false; words: string };

/** Only what is in now has a date; elsewhere it is left out, and said so. A later one is a slip without words. */
function dueIn(
  horizon: Horizon,
  wanted: string | null,
  present: PresentItem | null,
  today: Temporal.PlainDate,
): Due {
  if (wanted === null || wanted === present?.state.due_on) return { ok: true, value: wanted, note: '' };
  if (horizon !== 'now') {
    const day = dateWords(Temporal.PlainDate.from(wanted));
    return { ok: true, value: null, note: `Only what is in now has a date, so ${day} is left out.` };
  }
  const dates =
    present === null
      ? noDates
      : {
          due: present.state.due_on,
          first: present.state.first_due_on,
          last: present.lastDueOn,
          slips: present.state.slips,
        };
  const after = datesAfter(dates, { horizon, wanted, why: 'from a sheet', today });
  return after.ok ? { ok: true, value: after.dates.due, note: '' } : { ok: false, words: after.words };
}

function othersNeeded(teams: readonly KnownTeam[], ownId: number | null): { ids: number[]; note: string } {
  const own = teams.find(({ id }) => id === ownId);
  return {
    ids: teams.flatMap(({ id }) => (id === ownId ? [] : id)).sort((a, b) => a - b),
    note: own === undefined ? '' : `${own.name} is its own team, so it needs nothing of it.`,
  };
}

const fieldsOf = (state: SheetState) => Object.keys(state) as (keyof SheetState)[];
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function changeWords(field: keyof SheetState, now: SheetState, wanted: SheetState, said: Said): string {
  const words: Partial<Record<keyof SheetState, string>> = {
    horizon: `horizon from ${now.horizon} to ${wanted.horizon}`,
    owner_id: `owner ${said.owner?.name ?? ''}`,
    team_id: `team ${said.team?.name ?? ''}`,
    rock_id: `rock ${said.rock?.name ?? ''}`,
    needs: `needs ${said.needs.map(({ name }) => name).join(' and ')}`,
    due_on: `due ${wanted.due_on === null ? 'no more' : dateWords(Temporal.PlainDate.from(wanted.due_on))}`,
    why_stopped: 'why it was stopped',
  };
  return words[field] ?? (field === 'summary' ? 'summary' : `${field} ${String(wanted[field])}`);
}
