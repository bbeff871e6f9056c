import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { lockCard } from '../ownership/locking.ts';
import { readHistory } from '../ownership/lookup-operations.ts';
import { unknownRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import type { Handoff } from './core/handoff.ts';
import { daysLater } from './core/times.ts';
import { listFlipsOfRock } from './store.ts';
import { checkWish, insertWish, type Owner } from './wishing.ts';

/** So long after a handoff a wish to have the rock back must say why. */
const reasonDays = 30;
/** Nobody remembers more handoffs than that. */
const mostFlips = 50;

/** Whether somebody may ask for a rock back: whose decision it is, and what would be undone. */
export type Former = {
  owner: Owner;
  /** The handoff by which the present owner has it of the actor; null where it came another way. */
  undoes: Handoff | null;
  needsReason: boolean;
};

/** Whether the actor may ask for a rock back. Refuses what `checkWish` does, and who never had it. */
export async function checkBack(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
): Promise<Result<Former>> {
  const owner = await checkWish(db, workspaceId, actor, rock);
  if (!owner.ok) return owner;
  const stints = await readHistory(db, workspaceId, rock.id);
  if (!stints.some(({ person }) => person.id === actor.id)) {
    return refused(
      'never-had',
      `You have not carried *${inline(rock.name)}* before, so you cannot take it back. \`/handoff ask ${inline(rock.key)}\` asks for it.`,
    );
  }
  const flips = await listFlipsOfRock(db, workspaceId, rock.id, mostFlips);
  const [last] = flips;
  const undoes = last?.from?.id === actor.id && last.to.id === owner.value.id ? last : null;
  const now = await companyNow(db, workspaceId);
  const movedAt = undoes?.acceptedAt ?? null;
  const needsReason =
    movedAt !== null && Temporal.Instant.compare(now, daysLater(movedAt, reasonDays, actor.timezone)) < 0;
  return accepted({ owner: owner.value, undoes, needsReason });
}

/** The former owner asks for a rock back; the present one reads why, and decides. */
export async function askBack(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  reason: string | null,
): Promise<Result<Handoff>> {
  return await inTransaction(
    db,
    async (tx) => {
      const rock = await lockCard(tx, workspaceId, rockId, actor.id);
      if (rock === undefined) return unknownRock;
      const former = await checkBack(tx, workspaceId, actor, rock);
      if (!former.ok) return former;
      const { owner, undoes, needsReason } = former.value;
      if (needsReason && reason === null) return noReason;
      const at = await companyNow(tx, workspaceId);
      const undoesId = undoes?.id ?? null;
      return accepted(
        await insertWish(tx, workspaceId, actor, { kind: 'back', rock, owner, reason, undoesId, at }),
      );
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

export const noReason = refused(
  'no-reason',
  'It was handed over less than 30 days ago, so please say why it should come back.',
);
