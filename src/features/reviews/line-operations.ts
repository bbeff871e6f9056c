import type { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { giveAction } from '../actions/operations.ts';
import type { AboutKind } from '../decisions/core/decision.ts';
import {
  type Deciding,
  type Decision,
  deciding,
  type Making,
  makeDecision,
  recordDecision,
  supersedeDecision,
} from '../decisions/operations.ts';
import type { Actor, Person } from '../people/core/person.ts';
import type { Subject } from './core/line.ts';
import type { LineRow, Review } from './core/review.ts';
import { objectiveOf, rockOfHandoff } from './part-store.ts';
import { showAgenda } from './showing.ts';
import { findLine, findReview, lockReview, saveDeferred } from './store.ts';
import { titleOf } from './words.ts';

const gone = refused('gone', 'That line is not on an agenda any more.');

/** A line and its review, before a form about it is opened. */
export async function readLine(
  db: Database,
  workspaceId: string,
  lineId: number,
): Promise<Result<{ line: LineRow; review: Review }>> {
  const line = await findLine(db, workspaceId, lineId);
  const review = line === undefined ? undefined : await findReview(db, workspaceId, line.occurrenceId);
  if (line === undefined || review === undefined) return gone;
  return review.endedAt === null ? accepted({ line, review }) : endedRefusal(review);
}

function endedRefusal(review: Review): Refusal {
  return refused(
    'ended',
    `${titleOf(review)} is closed. What still matters comes back next time; \`/decide\` and \`/handoff\` work at any time.`,
  );
}

/** Nothing that was typed is lost: a refused form stays open, and says where its words can go. */
function endedFormRefusal(review: Review): Refusal {
  return refused(
    'ended',
    `${titleOf(review)} is closed. /decide and /handoff take what you wrote: copy it before you close this form.`,
  );
}

/** Does something with a line, its review locked, and lets the agenda say so. */
async function onLine<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  work: (it: Deciding, line: LineRow, review: Review) => Promise<Result<T>>,
  ended: (review: Review) => Refusal = endedFormRefusal,
): Promise<Result<T>> {
  return await deciding(db, workspaceId, actor, async (it) => {
    const line = await findLine(it.tx, workspaceId, lineId);
    const review = line === undefined ? undefined : await lockReview(it.tx, workspaceId, line.occurrenceId);
    if (line === undefined || review === undefined) return gone;
    if (review.endedAt !== null) return ended(review);
    const done = await work(it, line, review);
    if (done.ok) await showAgenda(it.tx, workspaceId, review);
    return done;
  });
}

/**
 * Writes down what was decided on a line. A line about an open decision makes that one; about one that is due for another
 * look, a later one takes its place; any other line gets a decision of its own, driven by who writes it down.
 */
export async function decideOnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  given: { question: string; made: Making; approverId: number },
): Promise<Result<Decision>> {
  return await onLine(db, workspaceId, actor, lineId, async (it, line) => {
    const { question, made, approverId } = given;
    const { subject, source } = line;
    if (subject?.kind === 'decision' && (source === 'open-decisions' || source === 'look-again')) {
      const first =
        source === 'open-decisions'
          ? await makeDecision(it, subject.id, { made, approverId, lineId })
          : await supersedeDecision(it, subject.id, { question, made, approverId, lineId });
      // Meanwhile somebody else may have decided it: what is said now is a decision of its own.
      if (first.ok || !['made', 'superseded', 'open'].includes(first.code)) return first;
    }
    const entry = {
      ...{ question, options: [], driverId: actor.id, approverId, dueOn: null },
      ...{
        contributorIds: [],
        informedIds: [],
        viewerIds: [],
        teamId: null,
        visibility: 'workspace' as const,
      },
      about: await aboutOf(it, subject),
    };
    return await recordDecision(it, { entry, made, lineId });
  });
}

async function aboutOf(
  { tx, workspaceId }: Deciding,
  subject: Subject | null,
): Promise<{ kind: AboutKind; id: number }[]> {
  if (subject === null) return [];
  const { kind, id } = subject;
  if (kind === 'rock' || kind === 'objective' || kind === 'item') return [{ kind, id }];
  if (kind === 'key-result') {
    const objective = await objectiveOf(tx, workspaceId, id);
    return objective === null ? [] : [{ kind: 'objective', id: objective }];
  }
  if (kind === 'handoff') {
    const rock = await rockOfHandoff(tx, workspaceId, id);
    return rock === null ? [] : [{ kind: 'rock', id: rock }];
  }
  return [];
}

/** Gives somebody an action on a line; they are told, reminded once before its day and once after. */
export async function addActionOnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  given: { title: string; owner: Person; dueOn: Temporal.PlainDate },
): Promise<Result<{ title: string }>> {
  return await onLine(db, workspaceId, actor, lineId, async (it, line, review) => {
    const about = await aboutOf(it, line.subject);
    const idOf = (kind: AboutKind) => about.find((one) => one.kind === kind)?.id ?? null;
    const action = await giveAction(it.tx, {
      ...{ workspaceId, title: given.title, owner: given.owner, by: actor, at: it.at },
      ...{ dueOn: given.dueOn, today: it.today, lineId, occurrenceId: line.occurrenceId },
      ...{ rockId: idOf('rock'), itemId: idOf('item') },
      where: `in ${titleOf(review)}`,
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
  const work = async ({ tx, at }: Deciding) => {
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
  };
  return await onLine(db, workspaceId, actor, lineId, work, endedRefusal);
}
