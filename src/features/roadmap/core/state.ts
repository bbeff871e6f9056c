import type { Horizon, Outcome } from './item.ts';

/** An item as people, files and events have it in common. `supports` is the key of an objective or of a line in force. */
export type ItemState = {
  title: string;
  summary: string | null;
  horizon: Horizon;
  owner_id: number | null;
  team_id: number | null;
  rock_id: number | null;
  supports: string | null;
  needs: number[];
  impact: number | null;
  effort: number | null;
  alignment: number | null;
  due_on: string | null;
  first_due_on: string | null;
  slips: number;
  why_stopped: string | null;
  outcome: Outcome | null;
  outcome_words: string | null;
};

/** What an item hangs from: an objective, or a line of the strategy. */
export type Support = { kind: 'objective' | 'line'; id: number };

/** What the form of an item says; people, teams and rocks are ids of ours, the due day is an ISO date. */
export type ItemEntry = {
  title: string;
  summary: string | null;
  ownerId: number | null;
  teamId: number | null;
  rockId: number | null;
  supports: Support | null;
  needs: readonly number[];
  dueOn: string | null;
};
