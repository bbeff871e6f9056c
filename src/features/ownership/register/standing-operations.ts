import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Job } from '../../../platform/job.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { sayAll } from '../../daily/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import { answerAudits } from '../confirming/showing-operations.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned } from '../operations.ts';
import { changeRock, recordChange } from './changing.ts';
import { findNextToLookAt, type ToLookAt, takeToLookAt } from './look-again-store.ts';
import { findAdmins, findPeople } from './people-store.ts';
import { lookAgainBlocks } from './proposal-blocks.ts';
import { saveSetDown } from './store.ts';

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
    const { tx, at, doer, rock, card } = changing;
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
    if (rock.owner !== null) await answerAudits(tx, workspaceId, rock.owner.personId);
    return accepted((await findCard(tx, workspaceId, rockId, actor.id)) ?? card);
  });
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
        const at = await companyNow(tx, workspaceId);
        for (const rock of await takeToLookAt(tx, workspaceId)) {
          const people = await whomToTell(tx, workspaceId, rock);
          await sayAll(
            tx,
            people.map((personId) => ({
              workspaceId,
              personId,
              key: `rock-look-again:${rock.id}:${rock.on.toString()}:${personId}`,
              at,
              content: lookAgainBlocks(rock),
              isNudge: true,
            })),
          );
        }
      }),
    async next(after) {
      const next = await findNextToLookAt(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `a look at ${inline(next.name)}` };
    },
  };
}
