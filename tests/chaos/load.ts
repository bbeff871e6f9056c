import { setTimeout as pause } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import type { NewMessage } from '../../src/delivery/message.ts';
import { cancel, rewrite, tell } from '../../src/delivery/outbox.ts';
import { companyNow } from '../../src/platform/db/company-time.ts';
import type { Database } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { type Chance, insist } from './chance.ts';
import { type Company, type Place, workspaceId } from './company.ts';

/** A message that was written down, and what has to become of it. */
export type Written = {
  /** what its text begins with */
  key: string;
  id: number;
  place: Place;
  /** sent: exactly once; never: not at all, since it was cancelled before it was due; maybe: cancelled when it was */
  shall: 'sent' | 'never' | 'maybe';
  /** what it reads in the end */
  text: string;
};

const batch = { least: 1, most: 12 };
/** Far enough away that a cancel is committed before, whatever happens to the database. */
const laterMinutes = 26 * 60;

/**
 * Writes so many messages within about so long, in transactions of a few, as operations do: to channels and people,
 * some in threads, some as answers, some rewritten or cancelled afterwards. One writer, so that the order in which
 * they were written is known. Gives them in that order.
 */
export async function writeLoad(
  db: Database,
  company: Company,
  chance: Chance,
  { count, durationMs }: { count: number; durationMs: number },
): Promise<Written[]> {
  const written: Written[] = [];
  const began = performance.now();
  while (written.length < count) {
    const size = Math.min(chance.whole(batch.least, batch.most), count - written.length);
    const drafts = Array.from({ length: size }, (_, index) =>
      draft(company, chance, written, written.length + index),
    );
    written.push(...(await insist(async () => await write(db, drafts))));
    if (chance.happens(0.6)) await reword(db, chance, written);
    if (chance.happens(0.3)) await takeBack(db, chance, written);
    const dueMs = (written.length / count) * durationMs - (performance.now() - began);
    if (dueMs > 0) await pause(dueMs * (0.5 + chance.next()));
  }
  // Within the round nothing may be left that waits for a time of its own.
  await insist(async () => {
    await inTransaction(db, async (tx) => {
      for (const { id, shall } of written) if (shall === 'never') await cancel(tx, id, 'not wanted any more');
    });
  });
  return written;
}

type Draft = Omit<Written, 'id'> & Pick<NewMessage, 'isAnswer'> & { threadOf: number | undefined };

function draft(company: Company, chance: Chance, written: readonly Written[], index: number): Draft {
  const place = chance.happens(0.6) ? chance.pick(company.channels) : chance.pick(company.people);
  const key = `m${index}.`;
  const parents = written.filter((it) => it.place === place && it.shall === 'sent').slice(-5);
  return {
    key,
    place,
    shall: chance.happens(0.06) ? 'never' : 'sent',
    text: `${key} as first written`,
    isAnswer: chance.happens(0.1),
    threadOf: parents.length > 0 && chance.happens(0.25) ? chance.pick(parents).id : undefined,
  };
}

async function write(db: Database, drafts: readonly Draft[]): Promise<Written[]> {
  return await inTransaction(db, async (tx) => {
    const now = await companyNow(tx, workspaceId);
    const done: Written[] = [];
    for (const { threadOf, isAnswer = false, ...rest } of drafts) {
      const dueAt = rest.shall === 'never' ? now.add({ minutes: laterMinutes }) : now;
      const id = await tell(tx, {
        workspaceId,
        dedupeKey: `chaos ${rest.key}`,
        to: rest.place.to,
        content: contentOf(rest.text),
        dueAt,
        isAnswer,
        ...(threadOf === undefined ? {} : { threadOf }),
      });
      done.push({ ...rest, id });
    }
    return done;
  });
}

/** Recent ones more often: they are still on their way. */
function recent(chance: Chance, written: readonly Written[]): Written | undefined {
  const all = written.filter(({ shall }) => shall === 'sent');
  const some = chance.happens(0.7) ? all.slice(-30) : all;
  return some.length === 0 ? undefined : chance.pick(some);
}

async function reword(db: Database, chance: Chance, written: readonly Written[]): Promise<void> {
  const one = recent(chance, written);
  if (one === undefined) return;
  one.text = `${one.key} reworded ${chance.whole(1, 1_000)}`;
  await insist(async () => await inTransaction(db, async (tx) => rewrite(tx, one.id, contentOf(one.text))));
}

/** Only what nobody has answered to in a thread: replies end with their parents. */
async function takeBack(db: Database, chance: Chance, written: Written[]): Promise<void> {
  const one = recent(chance, written);
  if (one === undefined) return;
  const { id } = one;
  const answered = await insist(
    async () => await db.selectFrom('messages').select('id').where('thread_of', '=', id).executeTakeFirst(),
  );
  if (answered !== undefined) return;
  one.shall = 'maybe';
  await insist(async () => await inTransaction(db, async (tx) => cancel(tx, id, 'not wanted any more')));
}

function contentOf(text: string): { text: string; blocks: KnownBlock[] } {
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text } }] };
}
