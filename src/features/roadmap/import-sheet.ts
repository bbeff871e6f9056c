import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { got, type Importing } from '../../platform/db/importing.ts';
import { freeKey } from '../okrs/editing/core/key.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { PresentItem, SheetItem } from './core/present.ts';
import type { ItemState } from './core/state.ts';
import type { RoadmapEntry } from './file.ts';
import { importRoadmap } from './import.ts';
import { listItemRows, lockRoadmap } from './store.ts';

/** All items, as a sheet is compared with them. */
export async function presentItems(db: Database, workspaceId: string): Promise<PresentItem[]> {
  const rows = await listItemRows(db, workspaceId);
  return rows.map(({ id, key, state, lastDueOn }) => ({ id, key, state, lastDueOn }));
}

/**
 * Writes what a sheet brings in: new items behind those that there are, and of what is there only what changes, as it is at
 * this moment. Keys are given here.
 */
export async function importItems(importing: Importing, items: readonly SheetItem[]): Promise<void> {
  const { tx, workspaceId } = importing;
  await lockRoadmap(tx, workspaceId);
  const held = items.flatMap(({ id }) => id ?? []).sort((a, b) => a - b);
  await sql`select id from roadmap_items where id = any(${held}::bigint[]) order by id for update`.execute(
    tx,
  );
  const present = await presentItems(tx, workspaceId);
  const byId = new Map(present.map((item) => [item.id, item]));
  const taken = new Set(present.map(({ key }) => key));
  const entries = items.map((item): RoadmapEntry => {
    if (item.id !== null) {
      const { key, state } = got(byId, item.id);
      return entryOf(key, { ...state, ...item.change });
    }
    const key = freeKey(keyBase(item.state.title, 'item'), taken);
    taken.add(key);
    return entryOf(key, item.state);
  });
  const ids = byOwnName(entries);
  const refer = { people: ids, teams: ids, rocks: ids, objectives: new Map(), lines: new Map() };
  await importRoadmap({ ...importing, overwrite: true }, entries, refer);
}

type Known = Partial<ItemState> & Pick<ItemState, 'title' | 'horizon' | 'needs'>;

/** As a file would say it: people, teams and rocks go by their ids. What it leaves open of an item's past stays. */
function entryOf(key: string, state: Known): RoadmapEntry {
  const { title, horizon, needs, summary, supports, impact, effort, alignment, outcome } = state;
  const { owner_id: owner, team_id: team, rock_id: rock, due_on: due, why_stopped: why } = state;
  return {
    ...{ key, title, horizon, needs: needs.map(String) },
    ...(summary == null ? {} : { summary }),
    ...(owner == null ? {} : { owner: String(owner) }),
    ...(team == null ? {} : { team: String(team) }),
    ...(rock == null ? {} : { rock: String(rock) }),
    ...(supports == null ? {} : { supports }),
    ...(impact == null ? {} : { impact }),
    ...(effort == null ? {} : { effort }),
    ...(alignment == null ? {} : { alignment }),
    ...(due == null || horizon !== 'now' ? {} : { due }),
    ...(why == null || horizon !== 'stopped' ? {} : { why }),
    ...(outcome == null || horizon !== 'shipped'
      ? {}
      : { outcome, outcome_words: state.outcome_words ?? undefined }),
  };
}

function byOwnName(entries: readonly RoadmapEntry[]): Map<string, number> {
  const names = entries.flatMap(({ owner, team, rock, needs }) => [owner, team, rock, ...needs]);
  return new Map(names.filter((name) => name !== undefined).map((name) => [name, Number(name)]));
}
