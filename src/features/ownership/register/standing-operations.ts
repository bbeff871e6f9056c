import { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Job } from '../../../platform/job.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { most } from '../core/rock-fields.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned, lockOwnership, type OwnedRock, unknownRock } from '../operations.ts';
import { type Changing, changeOf, changeRefusal, changeRock, recordChange, stateNow } from './changing.ts';
import { lookAgainBlocks } from './proposal-blocks.ts';
import {
  findAdmins,
  findNextToLookAt,
  findPeople,
  saveRetired,
  saveSetDown,
  type ToLookAt,
  takeToLookAt,
  updateRock,
} from './store.ts';

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
  return await changeRock(deps.db, workspaceId, actor, rockId, { operation: setsDown }, async (changing) => {
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
  return await changeRock(deps.db, workspaceId, actor, rockId, { operation: setsDown }, async (changing) => {
    await retireIn(deps, changing, { reason, successorId: null, why: 'retired' });
    return await cardOf(changing, actor);
  });
}

/** What can go along with a rock that goes into another one. */
export const along = ['links', 'backups'] as const;
export type Along = (typeof along)[number];

/**
 * One rock goes into another: the first retires, and its names lead to a note that names the second, which gets what
 * `takes` says of what it lacks, as far as there is room. Refuses who may not do that with both.
 */
export async function mergeRocks(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  { fromId, intoId, takes }: { fromId: number; intoId: number; takes: readonly Along[] },
): Promise<Result<RockCard>> {
  if (fromId === intoId)
    return { ...refused('same', 'That is the same rock. Pick the one that it goes into.'), field: 'rock' };
  return await inTransaction(
    deps.db,
    async (tx) => {
      // Both are locked in order of their ids, so that two merges that cross wait for each other and not in a circle.
      const locked = new Map<number, OwnedRock | undefined>();
      for (const id of [fromId, intoId].toSorted((a, b) => a - b))
        locked.set(id, await lockOwnership(tx, workspaceId, id));
      const [rock, target] = [locked.get(fromId), locked.get(intoId)];
      const card = await findCard(tx, workspaceId, fromId, actor.id);
      const into = await findCard(tx, workspaceId, intoId, actor.id);
      if (card === undefined || into === undefined || rock === undefined || target === undefined)
        return unknownRock;
      for (const one of [card, into]) {
        const problem = await changeRefusal(tx, workspaceId, actor, one, setsDown);
        if (problem !== null) return problem;
      }
      const at = await companyNow(tx, workspaceId);
      const changing = {
        tx,
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        rock,
        card,
      } as const;
      await takeAlong(changing, target, takes);
      // Without its name: the card tells that to those who may see it.
      const reason = 'It went into another rock.';
      await retireIn(deps, changing, { reason, successorId: intoId, why: 'merged' });
      return accepted((await findCard(tx, workspaceId, intoId, actor.id)) ?? into);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Gives the other rock what this one had and it lacks. */
async function takeAlong(changing: Changing, into: OwnedRock, takes: readonly Along[]): Promise<void> {
  const { tx, workspaceId, at, rock } = changing;
  const from = await stateNow(tx, workspaceId, rock.id);
  const now = await stateNow(tx, workspaceId, into.id);
  const links = takes.includes('links')
    ? from.links.filter(({ url }) => !now.links.some((link) => link.url === url))
    : [];
  const backups = takes.includes('backups')
    ? from.backups.filter((id) => !now.backups.includes(id) && id !== into.owner?.personId)
    : [];
  const wanted = {
    ...now,
    links: [...now.links, ...links].slice(0, most.links),
    backups: [...now.backups, ...backups].slice(0, most.backups),
  };
  const change = changeOf(now, wanted);
  if (change === null) return;
  await updateRock(tx, into.id, wanted, at);
  await replaceParts({ tx, workspaceId }, [{ id: into.id, key: into.key, state: wanted }]);
  await recordChange(changing, into.id, 'changed', change);
  await markHomes(tx, workspaceId, [
    ...(into.owner === null ? [] : [into.owner.personId]),
    ...wanted.backups,
  ]);
}

async function retireIn(
  deps: Deps,
  changing: Changing,
  { reason, successorId, why }: { reason: string; successorId: number | null; why: 'retired' | 'merged' },
): Promise<void> {
  const { tx, workspaceId, at, doer, rock } = changing;
  await leaveUnowned(tx, { workspaceId, rockId: rock.id, at, doer, ended: 'retired', reason });
  await saveRetired(tx, rock.id, { at, reason, successorId });
  await markHomes(tx, workspaceId, rock.backups);
  const before = { state: rock.state, owner: rock.owner?.personId ?? null };
  await recordChange(changing, rock.id, why, { before, after: { reason, successor: successorId } });
  await tellMoved(deps, tx, { workspaceId, rockId: rock.id, why, at, doer });
}

async function cardOf({ tx, workspaceId, rock, card }: Changing, actor: Actor): Promise<Result<RockCard>> {
  return accepted((await findCard(tx, workspaceId, rock.id, actor.id)) ?? card);
}

/** Who set it down and who leads its team, as long as they are there; else admins. */
async function whomToTell(tx: Tx, workspaceId: string, { byId, leadId }: ToLookAt): Promise<number[]> {
  const concerned = [byId, leadId].filter((id) => id !== null);
  const present = (await findPeople(tx, workspaceId, concerned)).filter(
    ({ slackId, isDeactivated }) => slackId !== null && !isDeactivated,
  );
  return (present.length > 0 ? present : await findAdmins(tx, workspaceId)).map(({ id }) => id);
}

/** On the day that was said, at nine in the workspace's zone: asks who set it down, and its team's lead, to look again. */
export function lookAgainJob({ db, workspaceId }: { db: Database; workspaceId: string }): Job {
  return {
    name: 'rocks to look at again',
    run: async () =>
      await inTransaction(db, async (tx) => {
        const dueAt = await companyNow(tx, workspaceId);
        for (const rock of await takeToLookAt(tx, workspaceId)) {
          for (const personId of await whomToTell(tx, workspaceId, rock))
            await tell(tx, {
              workspaceId,
              dedupeKey: `rock-look-again:${rock.id}:${rock.on.toString()}:${personId}`,
              to: { personId },
              content: lookAgainBlocks(rock),
              dueAt,
              isNudge: true,
            });
        }
      }),
    async next(after) {
      const next = await findNextToLookAt(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `a look at ${inline(next.name)}` };
    },
  };
}
