import type { Temporal } from 'temporal-polyfill';
import type { Tx } from './database.ts';
import { type Doer, type NewEvent, recordEvents } from './events.ts';

/** An import under way: one transaction of an operator's doing, or of an admin's who brings in a sheet. */
export type Importing = {
  tx: Tx;
  workspaceId: string;
  /** Who brings it in; absent: an operator. */
  doer?: Doer;
  /** Company time. */
  at: Temporal.Instant;
  /** The zone of the workspace, whose days a file has. */
  timezone: string;
  /** Whether the file also wins over what people change in Slack. */
  overwrite: boolean;
  /** Whether the file knows a part of things only: what it leaves out stays as it is. */
  isPartial: boolean;
  /** What the file says otherwise and stays as people changed it in Slack: `rocks.payments summary`. Added to as it is met. */
  kept: string[];
};

/** How many of a kind the file added, changed, and found as they were. */
export type Tally = { added: number; changed: number; unchanged: number };

/** The state of one thing as the file and the database have it in common; what differs is the change. */
export type State = Record<string, unknown>;

export type Change<S extends State> = { key: string; wanted: S; before: Partial<S>; after: Partial<S> };
export type Sorted<S extends State> = {
  added: { key: string; wanted: S }[];
  changed: Change<S>[];
  tally: Tally;
};

/** Sorts what is wanted into what is new, what differs from what is there, and what is as it should be. */
export function sortOut<S extends State>(
  wanted: ReadonlyMap<string, S>,
  present: ReadonlyMap<string, S>,
): Sorted<S> {
  const added: Sorted<S>['added'] = [];
  const changed: Change<S>[] = [];
  for (const [key, state] of wanted) {
    const now = present.get(key);
    if (now === undefined) added.push({ key, wanted: state });
    else if (!isSame(now, state)) changed.push({ key, wanted: state, ...difference(now, state) });
  }
  const unchanged = wanted.size - added.length - changed.length;
  return { added, changed, tally: { added: added.length, changed: changed.length, unchanged } };
}

/** Rows in portions that a statement's parameters have room for: PostgreSQL takes 65,535. */
export function portions<T>(rows: readonly T[], size = 1_000): T[][] {
  const count = Math.ceil(rows.length / size);
  return Array.from({ length: count }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

type ImportEvent = Omit<NewEvent, 'workspaceId' | 'at' | 'doer'>;

/** Records events of the doing of whoever imports, as many as there are. */
export async function recordImport(
  { tx, workspaceId, at, doer = { kind: 'operator' } }: Importing,
  events: readonly ImportEvent[],
): Promise<void> {
  for (const portion of portions(events)) {
    await recordEvents(
      tx,
      portion.map((event) => ({ ...event, workspaceId, at, doer })),
    );
  }
}

/** The events of one kind: `rock.created` with all of the state, `rock.changed` with what differs. */
export function eventsOf<S extends State>(
  kind: string,
  { added, changed }: Sorted<S>,
  idOf: (key: string) => number,
): ImportEvent[] {
  const subject = (key: string): NewEvent['subject'] => ({ kind, id: idOf(key) });
  return [
    ...added.map(({ key, wanted }) => ({ type: `${kind}.created`, subject: subject(key), after: wanted })),
    ...changed.map(({ key, before, after }) => ({
      type: `${kind}.changed`,
      subject: subject(key),
      before,
      after,
    })),
  ];
}

/** The value that must be there: the checks before an import promise it, so that missing is a fault of ours. */
export function got<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the import has lost ${String(key)}`);
  return value;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function difference<S extends State>(now: S, wanted: S): { before: Partial<S>; after: Partial<S> } {
  const before: Partial<S> = {};
  const after: Partial<S> = {};
  for (const name of Object.keys(wanted) as (keyof S)[]) {
    if (isSame(now[name], wanted[name])) continue;
    before[name] = now[name];
    after[name] = wanted[name];
  }
  return { before, after };
}
