import type { Database } from '../../platform/db/database.ts';
import type { Keeper, Kept } from '../fake-slack/state/keeper.ts';
import { load, makePlace, save } from './store.ts';
import { WriteBehind } from './write-behind.ts';

/** What the database remembers of the fake, and the way to remember more. `onError` hears of writes that failed. */
export async function openKeeper(
  db: Database,
  onError: (error: unknown) => void,
): Promise<{ keeper: Keeper; kept: Kept[] }> {
  await makePlace(db);
  const kept = await load(db);
  return { kept, keeper: new WriteBehind({ save: (rows, options) => save(db, rows, options), onError }) };
}
