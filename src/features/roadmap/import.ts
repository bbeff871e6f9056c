import { touchedInSlack } from '../../platform/db/import-touched.ts';
import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import { askAfterDays } from './core/outcome.ts';
import type { ItemState, Support } from './core/state.ts';
import type { RoadmapEntry } from './file.ts';
import { insertItems } from './import-store.ts';
import { type ItemRow, insertSlip, listItemRows, lockRoadmap, updateItem } from './store.ts';

/** Ids of what items refer to, by short name and key. */
export type References = {
  people: ReadonlyMap<string, number>;
  teams: ReadonlyMap<string, number>;
  rocks: ReadonlyMap<string, number>;
  objectives: ReadonlyMap<string, number>;
  /** The lines of the strategy in force. */
  lines: ReadonlyMap<string, number>;
};

/** Where an item stands, and what came of it: one of these as people made it keeps the others with it. */
const standing = [
  'horizon',
  'due_on',
  'first_due_on',
  'slips',
  'why_stopped',
  'outcome',
  'outcome_words',
] as const;
const fileNames: Partial<Record<keyof ItemState, string>> = {
  owner_id: 'owner',
  team_id: 'team',
  rock_id: 'rock',
};

/**
 * Adds and changes items. Owners of those that are there, and what people changed in Slack, stay unless the operator
 * overwrites; what the file leaves out of their past (first dates, slips, outcomes) stays. A later date is a slip without
 * words. Nobody is asked about what a file brings in as shipped.
 */
export async function importRoadmap(
  importing: Importing,
  entries: readonly RoadmapEntry[],
  refer: References,
): Promise<{ tally: Tally }> {
  const { tx, workspaceId, overwrite, kept } = importing;
  await lockRoadmap(tx, workspaceId);
  const present = new Map((await listItemRows(tx, workspaceId)).map((row) => [row.key, row]));
  const touched = await touchedInSlack(
    importing,
    'roadmap-item',
    entries.flatMap(({ key }) => present.get(key)?.id ?? []),
  );
  const wanted = new Map(
    entries.map((entry) => {
      const now = present.get(entry.key);
      const told = toldState(entry, refer, now);
      if (now === undefined) return [entry.key, told];
      const isKept = (field: keyof ItemState): boolean =>
        (field === 'owner_id' && !overwrite) ||
        touched(now.id, ...(standing.some((it) => it === field) ? standing : [field]));
      return [entry.key, withKept(told, now, isKept, kept)];
    }),
  );
  const states = new Map([...present].map(([key, { state }]) => [key, state]));
  const sorted = sortOut<ItemState>(wanted, states);
  const ids = new Map([...present].map(([key, { id }]) => [key, id]));
  const added = sorted.added.map(({ key, wanted: state }) => ({
    ...{ key, state },
    supportsOn: supportOf(state.supports, refer),
  }));
  for (const [key, id] of await insertItems(importing, added)) ids.set(key, id);
  for (const { key, wanted: state } of sorted.changed)
    await change(importing, got(present, key), state, refer);
  await recordImport(
    importing,
    eventsOf('roadmap-item', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally };
}

function withKept(
  told: ItemState,
  now: ItemRow,
  isKept: (field: keyof ItemState) => boolean,
  kept: string[],
): ItemState {
  const fields = Object.keys(told) as (keyof ItemState)[];
  const stays = fields.filter(
    (field) => isKept(field) && JSON.stringify(told[field]) !== JSON.stringify(now.state[field]),
  );
  for (const field of stays)
    kept.push(`roadmap.${now.key} ${fileNames[field] ?? field.replace(/_on$/, '').replace('_stopped', '')}`);
  return { ...told, ...Object.fromEntries(stays.map((field) => [field, now.state[field]])) };
}

function toldState(entry: RoadmapEntry, refer: References, now: ItemRow | undefined): ItemState {
  const { horizon, outcome } = entry;
  const present = now?.state;
  const idIn = (ids: ReadonlyMap<string, number>, name: string | undefined): number | null =>
    name === undefined ? null : got(ids, name);
  const isOver = horizon === 'shipped' || horizon === 'stopped';
  const due = horizon === 'now' ? (entry.due ?? null) : isOver ? (present?.due_on ?? null) : null;
  const known = now?.lastDueOn ?? present?.due_on ?? null;
  const slipped = horizon === 'now' && due !== null && known !== null && due > known ? 1 : 0;
  const isShippedStill = horizon === 'shipped' && present?.horizon === 'shipped';
  return {
    title: entry.title,
    summary: entry.summary ?? null,
    horizon,
    owner_id: idIn(refer.people, entry.owner),
    team_id: idIn(refer.teams, entry.team),
    rock_id: idIn(refer.rocks, entry.rock),
    supports: entry.supports ?? null,
    needs: entry.needs.map((team) => got(refer.teams, team)).sort((a, b) => a - b),
    impact: entry.impact ?? null,
    effort: entry.effort ?? null,
    alignment: entry.alignment ?? null,
    due_on: due,
    first_due_on: entry.first_due ?? present?.first_due_on ?? due,
    slips: entry.slips ?? (present?.slips ?? 0) + slipped,
    why_stopped: entry.why ?? null,
    outcome: outcome ?? (isShippedStill ? present.outcome : null),
    outcome_words:
      outcome === undefined ? (isShippedStill ? present.outcome_words : null) : (entry.outcome_words ?? null),
  };
}

function supportOf(key: string | null, { lines, objectives }: References): Support | null {
  if (key === null) return null;
  const line = lines.get(key);
  return line === undefined ? { kind: 'objective', id: got(objectives, key) } : { kind: 'line', id: line };
}

async function change(
  { tx, workspaceId, at }: Importing,
  now: ItemRow,
  state: ItemState,
  refer: References,
): Promise<void> {
  const hasMoved = now.state.horizon !== state.horizon;
  const isToAsk = state.horizon === 'shipped' && state.outcome === null;
  const supportsOn =
    state.supports === now.state.supports ? now.supportsOn : supportOf(state.supports, refer);
  const lastDueOn = state.due_on ?? now.lastDueOn;
  await updateItem(
    tx,
    workspaceId,
    now.id,
    state,
    { supportsOn, lastDueOn },
    {
      ...(hasMoved
        ? { movedAt: at, askAt: isToAsk ? at.add({ hours: 24 * askAfterDays }) : null }
        : state.outcome !== now.state.outcome
          ? { askAt: null }
          : {}),
      ...(state.outcome !== null && state.outcome !== now.state.outcome ? { outcomeAt: at } : {}),
    },
  );
  const from = now.lastDueOn ?? now.state.due_on;
  if (state.horizon === 'now' && state.due_on !== null && from !== null && state.due_on > from)
    await insertSlip(tx, workspaceId, now.id, { at, from, to: state.due_on, byId: null, why: null });
}
