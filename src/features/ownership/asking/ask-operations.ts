import { tellAll } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { whomToAsk } from '../core/whom-to-ask.ts';
import { findCard } from '../lookup-store.ts';
import { unknownRock } from '../operations.ts';
import { questionBlocks } from './blocks.ts';
import type { AskedPeople } from './core/asked.ts';

/**
 * Who is asked about a rock now: the owner, or the backup while the owner is away or gone; and who has it on loan.
 * Refuses where nobody is, and whoever would ask themself.
 */
export async function whoIsAsked(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
): Promise<Result<{ card: RockCard; people: AskedPeople }>> {
  const card = await findCard(db, workspaceId, rockId, actor.id);
  if (card === undefined) return unknownRock;
  const name = `*${inline(card.name)}*`;
  if (card.owner === null) return refused('unowned', `Nobody owns ${name} now, so there is nobody to ask.`);
  const answerer = whomToAsk({ ...card, loan: null });
  const found: AskedPeople = answerer === null ? [] : [answerer];
  if (card.loan !== null && !card.loan.to.isDeactivated) found.push({ person: card.loan.to, as: 'carrier' });
  const people = found.filter(
    ({ person }, at) =>
      person.id !== actor.id && found.findIndex((one) => one.person.id === person.id) === at,
  );
  if (people.length > 0) return accepted({ card, people });
  return found.length > 0
    ? refused('oneself', `You answer for ${name} yourself.`)
    : refused('left', `The owner of ${name} has left, and nobody stands in yet, so there is nobody to ask.`);
}

/** Sends a question to whoever answers for a rock at this moment. The same `key` again sends nothing more. */
export async function askOwner(
  db: Database,
  workspaceId: string,
  actor: Actor,
  asked: { rockId: number; question: string; key: string },
): Promise<Result<{ card: RockCard; people: AskedPeople }>> {
  return await inTransaction(db, async (tx) => {
    const whom = await whoIsAsked(tx, workspaceId, actor, asked.rockId);
    if (!whom.ok) return whom;
    const { card, people } = whom.value;
    await tellAll(
      tx,
      people.map(({ person, as }) => ({
        workspaceId,
        dedupeKey: `question:${actor.id}:${asked.key}:${person.id}`,
        to: { personId: person.id },
        content: questionBlocks(actor, card, asked.question, as),
        dueAt: card.now,
        isAnswer: true,
      })),
    );
    return whom;
  });
}
