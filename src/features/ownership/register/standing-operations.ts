import { Temporal } from 'temporal-polyfill';
import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Job } from '../../../platform/job.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { most } from '../core/rock-fields.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned, lockOwnership } from '../operations.ts';
import { type Changing, changeRefusal, changeRock, recordChange, stateNow } from './changing.ts';
import { lookAgainBlocks } from './proposal-blocks.ts';
import { findNextToLookAt, saveRetired, saveSetDown, takeToLookAt, updateRock } from './store.ts';

type Deps = { db: Database } & Moving;

const setsDown = 'set down, split, merge or retire a rock';

/**
 * The company chooses not to carry a rock now: who, why, and when to look again. Its stint ends, and it is no gap.
 * Refuses a day that is over, in the zone of whoever says it. One that is set down already gets the new day and reason.
 */
export async function setDownRock(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  { reason, lookAgainOn }: { reason: string; lookAgainOn: Temporal.PlainDate },
): Promise<Result<RockCard>> {
  return await changeRock(deps.db, workspaceId, actor, rockId, setsDown, async (changing) => {
    const { tx, at, doer, rock } = changing;
    const today = at.toZonedDateTimeISO(actor.timezone).toPlainDate();
    if (Temporal.PlainDate.compare(lookAgainOn, today) <= 0)
      return { ...refused('past', 'Pick a day that is still to come.'), field: 'again' };
    const before = { state: rock.state, owner: rock.owner?.personId ?? null };
    await leaveUnowned(tx, { workspaceId, rockId, at, doer, ended: 'set-down', reason });
    await saveSetDown(tx, rockId, { byId: actor.id, at, reason, lookAgainOn: lookAgainOn.toString() });
    await recordChange(changing, rockId, 'set-down', {
      before,
      after: { reason, lookAgainOn: lookAgainOn.toString() },
    });
    await tellMoved(deps, tx, { workspaceId, rockId, why: 'set-down', at, doer });
    return await cardOf(changing, actor);
  });
}

/** It is over, and says why; what is asked of it by name leads to a notice, and to `successorId`, if it went there. */
export async function retireRock(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  { reason }: { reason: string },
): Promise<Result<RockCard>> {
  return await changeRock(deps.db, workspaceId, actor, rockId, setsDown, async (changing) => {
    await retireIn(deps, changing, { reason, successorId: null, why: 'retired' });
    return await cardOf(changing, actor);
  });
}

/**
 * One rock goes into another: the first retires, its names lead to the second, which gets the backups and links that it
 * lacks, as far as there is room. Refuses who may not do that with both.
 */
export async function mergeRocks(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  { fromId, intoId }: { fromId: number; intoId: number },
): Promise<Result<RockCard>> {
  if (fromId === intoId)
    return { ...refused('same', 'That is the same rock. Pick the one that it goes into.'), field: 'rock' };
  return await inTransaction(deps.db, async (tx) => {
    // Both are locked in order of their ids, so that two merges that cross wait for each other and not in a circle.
    for (const id of [fromId, intoId].toSorted((a, b) => a - b)) await lockOwnership(tx, workspaceId, id);
    const from = await findCard(tx, workspaceId, fromId, actor.id);
    const into = await findCard(tx, workspaceId, intoId, actor.id);
    const [gone, kept] = [
      await lockOwnership(tx, workspaceId, fromId),
      await lockOwnership(tx, workspaceId, intoId),
    ];
    if (from === undefined || into === undefined || gone === undefined || kept === undefined)
      return refused('unknown-rock', 'That rock is not in the register any more.');
    for (const card of [from, into]) {
      const problem = await changeRefusal(tx, workspaceId, actor, card, setsDown);
      if (problem !== null) return problem;
    }
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    const changing = { tx, workspaceId, at, doer, rock: gone, card: from };
    await addParts(changing, { id: intoId, key: into.key, ownerId: into.owner?.id ?? null });
    // Without its name: the card tells that to those who may see it.
    const reason = 'It went into another rock.';
    await retireIn(deps, changing, { reason, successorId: intoId, why: 'merged' });
    const card = await findCard(tx, workspaceId, intoId, actor.id);
    return card === undefined ? refused('unknown-rock', 'That rock is gone.') : accepted(card);
  });
}

/** What the merged rock had and the other lacks. */
async function addParts(
  changing: Changing,
  into: { id: number; key: string; ownerId: number | null },
): Promise<void> {
  const { tx, workspaceId, at, rock } = changing;
  const from = await stateNow(tx, workspaceId, rock.id);
  const now = await stateNow(tx, workspaceId, into.id);
  const links = from.links.filter(({ url }) => !now.links.some((link) => link.url === url));
  const backups = from.backups.filter((id) => !now.backups.includes(id) && id !== into.ownerId);
  if (links.length + backups.length === 0) return;
  const wanted = {
    ...now,
    links: [...now.links, ...links].slice(0, most.links),
    backups: [...now.backups, ...backups].slice(0, most.backups),
  };
  await updateRock(tx, into.id, wanted, at);
  await replaceParts({ tx, workspaceId }, [{ id: into.id, key: into.key, state: wanted }]);
  await recordChange(changing, into.id, 'changed', {
    before: { links: now.links, backups: now.backups },
    after: { links: wanted.links, backups: wanted.backups },
  });
}

async function retireIn(
  deps: Deps,
  changing: Changing,
  { reason, successorId, why }: { reason: string; successorId: number | null; why: 'retired' | 'merged' },
): Promise<void> {
  const { tx, workspaceId, at, doer, rock } = changing;
  await leaveUnowned(tx, { workspaceId, rockId: rock.id, at, doer, ended: 'retired', reason });
  await saveRetired(tx, rock.id, { at, reason, successorId });
  const before = { state: rock.state, owner: rock.owner?.personId ?? null };
  await recordChange(changing, rock.id, why, { before, after: { reason, successor: successorId } });
  await tellMoved(deps, tx, { workspaceId, rockId: rock.id, why, at, doer });
}

async function cardOf({ tx, workspaceId, rock, card }: Changing, actor: Actor): Promise<Result<RockCard>> {
  return accepted((await findCard(tx, workspaceId, rock.id, actor.id)) ?? card);
}

/** On the day that was said, at nine in the workspace's zone: asks who set it down, and its team's lead, to look again. */
export function lookAgainJob({ db, workspaceId }: { db: Database; workspaceId: string }): Job {
  return {
    name: 'rocks to look at again',
    run: async () =>
      await inTransaction(db, async (tx) => {
        const dueAt = await companyNow(tx, workspaceId);
        for (const rock of await takeToLookAt(tx, workspaceId)) {
          for (const personId of new Set([rock.byId, rock.leadId].filter((id) => id !== null)))
            await tell(tx, {
              workspaceId,
              dedupeKey: `rock-look-again:${rock.id}:${rock.on.toString()}:${personId}`,
              to: { personId },
              content: lookAgainBlocks(rock),
              dueAt,
            });
        }
      }),
    async next(after) {
      const next = await findNextToLookAt(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `a look at ${inline(next.name)}` };
    },
  };
}
