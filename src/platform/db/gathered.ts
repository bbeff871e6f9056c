import type { Database } from './database.ts';

type Waiting<Key, Value> = {
  key: Key;
  resolve(value: Value): void;
  reject(error: unknown): void;
};

/** What one statement takes; more would keep the first of them waiting for the last. */
const mostAtOnce = 50;

/**
 * A question to the database that many ask at once: whoever asks while an answer is on its way waits for it and is
 * asked for together with all others who do, in one statement. `ask` gives the answers in the order of its keys.
 * Who asks alone waits for nobody. When a statement fails, each of its questions is asked by itself, so that one that
 * cannot be asked fails alone. Not for transactions, whose statements must be their own.
 */
export function gathered<Key, Value>(
  ask: (db: Database, keys: Key[]) => Promise<Value[]>,
): (db: Database, key: Key) => Promise<Value> {
  const queues = new WeakMap<Database, { waiting: Waiting<Key, Value>[]; isAsking: boolean }>();
  return (db, key) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(db) ?? { waiting: [], isAsking: false };
      queues.set(db, queue);
      queue.waiting.push({ key, resolve, reject });
      if (!queue.isAsking) void drain(db, queue);
    });

  async function drain(
    db: Database,
    queue: { waiting: Waiting<Key, Value>[]; isAsking: boolean },
  ): Promise<void> {
    queue.isAsking = true;
    while (queue.waiting.length > 0) await answer(db, queue.waiting.splice(0, mostAtOnce));
    queue.isAsking = false;
  }

  async function answer(db: Database, asked: Waiting<Key, Value>[]): Promise<void> {
    const values = await ask(
      db,
      asked.map(({ key }) => key),
    ).catch((error: unknown) => ({ error }));
    if (Array.isArray(values) && values.length === asked.length) {
      for (const [index, value] of values.entries()) asked[index]?.resolve(value);
    } else if (asked.length > 1) {
      for (const one of asked) await answer(db, [one]);
    } else {
      asked[0]?.reject(Array.isArray(values) ? new Error('an answer is missing') : values.error);
    }
  }
}
