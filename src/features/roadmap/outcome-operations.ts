import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { resay, sayAll } from '../daily/operations.ts';
import { keyResultsById } from '../okrs/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { listNumbers, takeToAsk } from './asking-store.ts';
import { changeRoadmap, markOwners, recordItem, unknownItem } from './changing.ts';
import type { Item, Outcome } from './core/item.ts';
import { askAfterDays, asksAgain, outcomeKey } from './core/outcome.ts';
import { itemsById } from './operations.ts';
import { answeredBlocks, askBlocks } from './outcome-blocks.ts';
import { findItem, lockItem, saveOutcome } from './store.ts';

/** So many owners are asked in one transaction. */
const batch = 200;

/** Asks the owners of what shipped so long ago, each once. Gives whether there may be more. */
export async function askOwners(db: Database, workspaceId: string): Promise<boolean> {
  return await inTransaction(db, async (tx) => (await askDue(tx, workspaceId)) === batch);
}

async function askDue(tx: Tx, workspaceId: string): Promise<number> {
  const at = await companyNow(tx, workspaceId);
  const due = await takeToAsk(tx, workspaceId, at, batch);
  for (const { id, asked, ownerId } of due) {
    if (ownerId === null) continue;
    const [item] = await itemsById(tx, workspaceId, ownerId, [id]);
    if (item === undefined) throw new Error(`item ${id} is to be asked about and is not there`);
    const numbers = await keyResultsById(tx, workspaceId, await listNumbers(tx, workspaceId, id, ownerId));
    const content = askBlocks(item, numbers, asked > 1 && item.outcome === 'too-early');
    const key = outcomeKey(id, asked);
    await sayAll(tx, [{ workspaceId, personId: ownerId, key, at, content, isNudge: true }]);
  }
  return due.length;
}

/** An item about which somebody may say whether it moved the number, at this moment. Refuses all but its owner. */
export async function checkOutcome(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
): Promise<Result<Item>> {
  const [item] = await itemsById(db, workspaceId, actor.id, [itemId]);
  if (item === undefined) return unknownItem;
  if (item.owner?.id !== actor.id)
    return refused('not-yours', `*${inline(item.title)}* has another owner now, so the answer is theirs.`);
  if (item.horizon !== 'shipped')
    return refused('not-shipped', `*${inline(item.title)}* has not shipped, so there is nothing to say yet.`);
  return accepted(item);
}

/**
 * Keeps whether an item moved the number, as its owner says it. The first time that it is too early they are asked once more
 * after thirty days. Refuses, beside the field, a no without words.
 */
export async function answerOutcome(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
  { outcome, words }: { outcome: Outcome; words: string | null },
): Promise<Result<{ title: string; outcome: Outcome; isAskedAgain: boolean }>> {
  if (words === null && outcome !== 'moved')
    return { ...refused('no-words', 'A sentence is enough: what do you see?'), field: 'words' };
  return await changeRoadmap(db, workspaceId, actor, async (change) => {
    const { tx, at } = change;
    await lockItem(tx, workspaceId, itemId);
    const checked = await checkOutcome(tx, workspaceId, actor, itemId);
    if (!checked.ok) return checked;
    const row = await findItem(tx, workspaceId, itemId);
    if (row === undefined) return unknownItem;
    const { outcome: before, outcome_words: wordsBefore } = row.state;
    const isAskedAgain = asksAgain(before, outcome);
    const askAgainAt = isAskedAgain ? at.add({ hours: 24 * askAfterDays }) : null;
    await saveOutcome(tx, workspaceId, itemId, { outcome, words, at, byId: actor.id, askAgainAt });
    await recordItem(change, itemId, 'answered', {
      before: { outcome: before, outcome_words: wordsBefore },
      after: { outcome, outcome_words: words },
    });
    const { title } = row.state;
    if (row.asked > 0)
      await resay(
        tx,
        workspaceId,
        outcomeKey(itemId, row.asked),
        answeredBlocks({ title, outcome, isAskedAgain }),
      );
    await markOwners(change, row.state.owner_id);
    return accepted({ title, outcome, isAskedAgain });
  });
}
