import type { Line, Strategy } from '../../../src/features/strategy/core/strategy.ts';
import { insertLines, insertVersion, saveStrategy } from '../../../src/features/strategy/store.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { instant } from '../../support/builders.ts';

/** A line that says only what a test cares about. */
export function line(given: Partial<Line> & Pick<Line, 'id'>): Line {
  return {
    key: `line-${given.id}`,
    kind: (given.parentId ?? null) === null ? 'intent' : 'initiative',
    title: `Line ${given.id}`,
    parentId: null,
    rank: 1,
    owner: null,
    measure: null,
    horizon: null,
    notDoing: [],
    problem: null,
    metric: null,
    ...given,
  };
}

/** Publishes a strategy: an intent for each of these keys, with its initiatives. Returns the ids of the lines by key. */
export async function publishLines(
  db: Database,
  workspaceId: string,
  intents: Record<string, string[]>,
  number = 1,
): Promise<Map<string, number>> {
  return await inTransaction(db, async (tx) => {
    const keys = Object.entries(intents).flatMap(([key, initiatives]) => [
      { key, kind: 'intent' as const },
      ...initiatives.map((it) => ({ key: it, kind: 'initiative' as const })),
    ]);
    const ids = await insertLines(tx, workspaceId, keys);
    const id = (key: string) => ids.get(key) ?? 0;
    const lines = Object.entries(intents).flatMap(([key, initiatives], place) => [
      line({ id: id(key), key, title: titleOf(key), rank: place + 1 }),
      ...initiatives.map((it, at) =>
        line({ id: id(it), key: it, title: titleOf(it), parentId: id(key), rank: at + 1 }),
      ),
    ]);
    const at = instant('2026-11-20T11:00:00Z');
    const version = await insertVersion(tx, workspaceId, at, { number });
    const strategy: Strategy = { vision: 'Money moves as easily as a message.', lines };
    await saveStrategy(tx, workspaceId, version, strategy, at);
    return ids;
  });
}

function titleOf(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
