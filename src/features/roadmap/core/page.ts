import type { Temporal } from 'temporal-polyfill';
import type { Horizon, Item, ItemChange, Slip } from './item.ts';

/** Whose part of the roadmap is shown. Of a team: its own items, and those that need something of it. */
export type Of =
  | { kind: 'all' }
  | { kind: 'person' | 'team' | 'line' | 'objective'; id: number; name: string };

/** `horizon` null: what is planned. */
export type Listed = {
  of: Of;
  horizon: Horizon | 'all' | null;
  today: Temporal.PlainDate;
  items: Item[];
  /** How many there are besides that have shipped or were stopped. */
  over: { shipped: number; stopped: number };
};

/** All that is known of one item. `mayAnswer`: whether the viewer is who says what it moved. */
export type ItemPage = {
  item: Item;
  today: Temporal.PlainDate;
  timezone: string;
  slips: Slip[];
  mayAnswer: boolean;
};

/** What moved since a day. */
export type MovedPage = { since: Temporal.PlainDate; today: Temporal.PlainDate; changes: ItemChange[] };
