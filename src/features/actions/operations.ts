import { Temporal } from 'temporal-polyfill';
import { mondayToFriday } from '../../cadence/core/working-days.ts';
import { markHomes } from '../../delivery/homes.ts';
import { tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { shortDateWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { type NewPart, sayAll, unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { readWorksOn } from '../people/working-days.ts';
import { doneBlocks, droppedBlocks, givenBlocks, mostListed, overWords, reminderBlocks } from './blocks.ts';
import {
  type Action,
  type ActionsOf,
  type Doing,
  dropRefusal,
  finishRefusal,
  reminderTimes,
} from './core/action.ts';
import { type Ending, endAction, findAction, insertAction, listOpenActions } from './store.ts';

/** As many open actions of a rock as a brief names. */
const mostOfRock = 5;

/** Somebody does something from now on. They are reminded once before it is due and once after. */
export async function openAction(
  tx: Tx,
  action: {
    workspaceId: string;
    title: string;
    owner: Doing;
    by: Doing;
    rockId: number | null;
    handoffId: number | null;
    /** Where it was given in a review: the line of the agenda, and what that is about. */
    lineId?: number | null;
    occurrenceId?: number | null;
    itemId?: number | null;
    dueOn: Temporal.PlainDate | null;
    at: Temporal.Instant;
    doer: Doer;
  },
): Promise<number> {
  const { workspaceId, at, doer, owner, by, title, dueOn } = action;
  const id = await insertAction(tx, { ...action, ownerId: owner.id, byId: by.id });
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'action.opened',
    subject: { kind: 'action', id },
    after: { owner: owner.id, by: by.id, due: dueOn?.toString() ?? null, rock: action.rockId },
  });
  if (dueOn !== null) await planReminders(tx, { workspaceId, id, title, owner, by, dueOn, at });
  await markHomes(tx, workspaceId, [owner.id]);
  return id;
}

async function planReminders(
  tx: Tx,
  action: Pick<Action, 'id' | 'title' | 'owner' | 'by'> & {
    workspaceId: string;
    dueOn: Temporal.PlainDate;
    at: Temporal.Instant;
  },
): Promise<void> {
  const { workspaceId, owner, at, dueOn } = action;
  const works = (await readWorksOn(tx, workspaceId, [owner.id], at)).get(owner.id);
  const times = reminderTimes(dueOn, at, works ?? { timezone: owner.timezone, worksOn: mondayToFriday });
  const parts: NewPart[] = [];
  for (const when of ['before', 'after'] as const) {
    const dueAt = times[when];
    if (dueAt === null) continue;
    const day = dueAt.toZonedDateTimeISO(owner.timezone).toPlainDate();
    parts.push({
      workspaceId,
      personId: owner.id,
      key: reminderKey(action.id, when),
      at: dueAt,
      content: reminderBlocks(action, when, shortDateWords(dueOn, day)),
      isNudge: true,
      ...(when === 'before' ? { expiresAt: times.after } : {}),
    });
  }
  await sayAll(tx, parts);
}

function reminderKey(id: number, when: 'before' | 'after'): string {
  return `action-reminder:${id}:${when}`;
}

/** What another feature does when an action is over by which something of its own ends; it locks its rows first. */
export type ActionEnded = (
  tx: Tx,
  ended: {
    workspaceId: string;
    handoffId: number;
    state: Ending['state'];
    at: Temporal.Instant;
    doer: Doer;
  },
) => Promise<void>;

type Meant = { id: number } | { handoffId: number };

/** Who does it, or who gave it, says that it is done; the other one is told, and nobody is reminded any more. */
export async function finishAction(
  db: Database,
  workspaceId: string,
  actor: Actor,
  meant: Meant,
  onEnded: readonly ActionEnded[],
): Promise<Result<Action>> {
  return await end(db, workspaceId, actor, meant, { state: 'done' }, onEnded);
}

/** Who does it, or who gave it, says that nobody needs it any more, and why; the other one reads that. */
export async function dropAction(
  db: Database,
  workspaceId: string,
  actor: Actor,
  meant: Meant,
  why: string,
  onEnded: readonly ActionEnded[],
): Promise<Result<Action>> {
  return await end(db, workspaceId, actor, meant, { state: 'dropped', why }, onEnded);
}

/** An action that the actor could drop now, before they are asked why. */
export async function readDroppable(
  db: Database,
  workspaceId: string,
  actor: Actor,
  meant: Meant,
): Promise<Result<Action>> {
  const action = await findAction(db, workspaceId, meant);
  if (action === undefined) return gone;
  return dropRefusal(action, actor.id) ?? accepted(action);
}

const gone = refused('gone', 'That action is not there any more.');

async function end(
  db: Database,
  workspaceId: string,
  actor: Actor,
  meant: Meant,
  ending: Ending,
  onEnded: readonly ActionEnded[],
): Promise<Result<Action>> {
  const { state } = ending;
  const problemOf = state === 'done' ? finishRefusal : dropRefusal;
  return await inTransaction(
    db,
    async (tx) => {
      const action = await findAction(tx, workspaceId, meant);
      if (action === undefined) return gone;
      const problem = problemOf(action, actor.id);
      if (problem !== null) return problem;
      const at = await companyNow(tx, workspaceId);
      const doer = { kind: 'person', personId: actor.id } as const;
      const { id, handoffId } = action;
      if (handoffId !== null) {
        for (const ended of onEnded) await ended(tx, { workspaceId, handoffId, state, at, doer });
      }
      if (!(await endAction(tx, id, ending, at))) {
        const now = await findAction(tx, workspaceId, { id });
        return (now === undefined ? null : problemOf(now, actor.id)) ?? gone;
      }
      const reminders = [reminderKey(id, 'before'), reminderKey(id, 'after'), `action-given:${id}`];
      await unsay(tx, workspaceId, reminders, overWords(action, state));
      const subject = { kind: 'action', id };
      await recordEvent(tx, { workspaceId, at, doer, type: `action.${state}`, subject });
      await markHomes(tx, workspaceId, [action.owner.id]);
      const other = actor.id === action.owner.id ? action.by : action.owner;
      if (other.id !== actor.id) {
        const content =
          ending.state === 'done' ? doneBlocks(action, actor) : droppedBlocks(action, actor, ending.why);
        await tell(tx, {
          workspaceId,
          dedupeKey: `action-${state}:${id}`,
          to: { personId: other.id },
          content,
          dueAt: at,
          isAnswer: true,
        });
      }
      return accepted({ ...action, state });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** What is open of the actor: what they do, and what others do for them; one more than a list shows. */
export async function readActions(db: Database, workspaceId: string, actor: Actor): Promise<ActionsOf> {
  const now = await companyNow(db, workspaceId);
  return {
    mine: await listOpenActions(db, workspaceId, { ownerId: actor.id }, mostListed + 1),
    given: await listOpenActions(db, workspaceId, { byId: actor.id }, mostListed + 1),
    today: now.toZonedDateTimeISO(actor.timezone).toPlainDate(),
  };
}

/**
 * Gives somebody an action without asking, as a review does: they are told in their message of the day, with what settles
 * it. Refuses a day that is over.
 */
export async function giveAction(
  tx: Tx,
  action: Omit<Parameters<typeof openAction>[1], 'handoffId' | 'dueOn' | 'doer'> & {
    dueOn: Temporal.PlainDate;
    today: Temporal.PlainDate;
    /** Where it was given, in words such as "in the roadmap review". */
    where: string;
  },
): Promise<Result<number>> {
  const { workspaceId, owner, by, title, dueOn, today, at, where } = action;
  if (Temporal.PlainDate.compare(dueOn, today) < 0)
    return { ...refused('past', 'That day is over. Pick today or a later one.'), field: 'due' };
  const doer = { kind: 'person', personId: by.id } as const;
  const id = await openAction(tx, { ...action, handoffId: null, doer });
  if (owner.id !== by.id) {
    const content = givenBlocks({ id, title, by }, where, shortDateWords(dueOn, today));
    await sayAll(tx, [{ workspaceId, personId: owner.id, key: `action-given:${id}`, at, content }]);
  }
  return accepted(id);
}

/** Open actions that belong to a rock, the soonest first. */
export async function openActionsOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<Action[]> {
  return await listOpenActions(db, workspaceId, { rockId }, mostOfRock);
}
