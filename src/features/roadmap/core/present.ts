import type { ItemState } from './state.ts';

/** An item as a sheet is compared with it. `lastDueOn`: what it was due last, also where it is due no more. */
export type PresentItem = { id: number; key: string; state: ItemState; lastDueOn: string | null };

/** What of an item a sheet says. */
export type SheetState = Pick<
  ItemState,
  | 'title'
  | 'summary'
  | 'horizon'
  | 'owner_id'
  | 'team_id'
  | 'rock_id'
  | 'needs'
  | 'impact'
  | 'effort'
  | 'alignment'
  | 'due_on'
  | 'why_stopped'
>;

/** A new item, or what becomes otherwise of one that is there. */
export type SheetItem = { id: null; state: SheetState } | { id: number; change: Partial<SheetState> };
