import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { giveAction } from '../actions/operations.ts';
import type { AboutKind } from '../decisions/core/decision.ts';
import type { Actor, Person } from '../people/core/person.ts';
import type { LineRow, Review } from './core/review.ts';
import { findLine, saveDeferred } from './line-store.ts';
import { aboutOf, closedRefusal, endedRefusal, gone, onLine } from './on-line.ts';
import { findReview } from './store.ts';
import { titleOf } from './words.ts';

/** A line and its review, before a form about it is opened. */
export async function readLine(
  db: Database,
  workspaceId: string,
  lineId: number,
): Promise<Result<{ line: LineRow; review: Review }>> {
  const line = await findLine(db, workspaceId, lineId);
  const review = line === undefined ? undefined : await findReview(db, workspaceId, line.occurrenceId);
  if (line === undefined || review === undefined) return gone;
  return review.endedAt === null ? accepted({ line, review }) : closedRefusal(review);
}

/** Gives somebody an action on a line; they are told, reminded once before its day and once after. */
export async function addActionOnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  given: { title: string; owner: Person; dueOn: Temporal.PlainDate },
): Promise<Result<{ title: string }>> {
  return await onLine(db, workspaceId, actor, lineId, endedRefusal, async (it, line, review) => {
    const about = await aboutOf(it, line.subject);
    const idOf = (kind: AboutKind) => about.find((one) => one.kind === kind)?.id ?? null;
    const action = await giveAction(it.tx, {
      ...{ workspaceId, title: given.title, owner: given.owner, by: actor, at: it.at },
      ...{ dueOn: given.dueOn, today: it.today, lineId, occurrenceId: line.occurrenceId },
      ...{ rockId: idOf('rock'), itemId: idOf('item') },
      where: `in ${inline(titleOf(review))}`,
    });
    return action.ok ? accepted({ title: given.title }) : action;
  });
}

/** Puts a line off to the next review. Once more changes nothing. */
export async function deferLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
): Promise<Result<{ isNew: boolean }>> {
  return await onLine(db, workspaceId, actor, lineId, closedRefusal, async ({ tx, at }) => {
    const isNew = await saveDeferred(tx, lineId, { personId: actor.id, at });
    if (isNew)
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'agenda-line.deferred',
        subject: { kind: 'agenda-line', id: lineId },
      });
    return accepted({ isNew });
  });
}
