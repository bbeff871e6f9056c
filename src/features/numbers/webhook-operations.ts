import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { checkSignature, goodForSeconds, type Signed } from './core/signature.ts';
import { type Reading, readBody } from './core/webhook-body.ts';
import { insertReading, saveFailure } from './reading-store.ts';
import { countLately, findWebhook, keepSignature } from './webhook-store.ts';

/** So many values of one source are taken in about ten minutes: a program that runs wild must not fill the database. */
const mostLately = 100;

/**
 * Takes a value that was posted to a webhook's address. Refuses an address that is nobody's (`unknown`), a request that is
 * not signed or too old (`unsigned`, `old`), a body that it cannot read (`unreadable`), a request that came before
 * (`replayed`), more than a hundred within ten minutes (`too-many`), and values of a key result that is over (`over`); then no value is kept. `nowMs` is machine time.
 */
export async function takeNumber(
  db: Database,
  workspaceId: string,
  posted: Signed & { token: string },
  nowMs: number,
): Promise<Result<Reading>> {
  return await inTransaction(db, async (tx) => {
    const source = await findWebhook(tx, workspaceId, posted.token);
    if (source === undefined) return refused('unknown', 'No key result listens at this address.');
    const signature = checkSignature(posted, source.secret, nowMs);
    if (!signature.ok) return signature;
    const now = await companyNow(tx, workspaceId);
    const reading = readBody(posted.body, now);
    if (!reading.ok) {
      // Whoever holds the secret means it well: that it does not work is shown where people look.
      await saveFailure(tx, source.id, `What was posted could not be read: ${reading.words}`, now);
      return reading;
    }
    if (!source.isActive) return refused('over', 'This key result is over, so its value stays as it is.');
    if ((await countLately(tx, source.id)) >= mostLately) {
      return refused('too-many', 'Too many values have come. A value a minute is more than enough.');
    }
    if (!(await keepSignature(tx, workspaceId, source.id, signature.value, goodForSeconds))) {
      return refused('replayed', 'This request came before. Sign each one anew, with the time of now.');
    }
    const { id, keyResultId } = source;
    await insertReading(tx, {
      workspaceId,
      sourceId: id,
      keyResultId,
      from: 'webhook',
      ...reading.value,
      now,
    });
    return accepted(reading.value);
  });
}
