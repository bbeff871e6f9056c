import { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { giveAction } from '../actions/operations.ts';
import type { AboutKind } from '../decisions/core/decision.ts';
import {
  type Deciding,
  type Decision,
  type DecisionEntry,
  deciding,
  type Making,
  makeDecision,
  recordDecision,
  supersedeDecision,
} from '../decisions/operations.ts';
import { readDecision } from '../decisions/reading-operations.ts';
import type { Actor, Person } from '../people/core/person.ts';
import type { Subject } from './core/line.ts';
import type { LineRow, Review } from './core/review.ts';
import { findLine, saveDeferred } from './line-store.ts';
import { showAgenda } from './showing.ts';
import { findReview, lockReview } from './store.ts';
import { objectiveOf, rockOfHandoff } from './subject-store.ts';
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
  return review.endedAt === null ? accepted({ line, review }) : closedRefusal(review);
}

/** To a press, by which nothing is lost. */
function closedRefusal(review: Review): Refusal {
  return refused(
    'ended',
    `*${inline(titleOf(review))}* is closed, and its minutes are in the thread. What still matters comes back next time.`,
  );
}

/** Nothing that was typed is lost: a refused form stays open. */
function endedRefusal(review: Review): Refusal {
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
  refusal: (review: Review) => Refusal,
  work: (it: Deciding, line: LineRow, review: Review) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await deciding(db, workspaceId, actor, async (it) => {
    const line = await findLine(it.tx, workspaceId, lineId);
    const review = line === undefined ? undefined : await lockReview(it.tx, workspaceId, line.occurrenceId);
    if (line === undefined || review === undefined) return gone;
    if (review.endedAt !== null) return refusal(review);
    const done = await work(it, line, review);
    if (done.ok) await showAgenda(it.tx, workspaceId, review);
    return done;
  });
}

/**
 * The decision that is settled by what is decided on a line: one that is open, or due for another look. Undefined: what is
 * decided there is a decision of its own, also where somebody has settled the other one meanwhile.
 */
export async function settledOnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { subject, source }: LineRow,
): Promise<Decision | undefined> {
  if (subject?.kind !== 'decision') return undefined;
  const read = await readDecision(db, workspaceId, actor, { id: subject.id });
  if (!read.ok) return undefined;
  const { decision, today } = read.value;
  const { state, lookAgainOn } = decision;
  const isDue = source === 'look-again' || isAtMost(lookAgainOn, today);
  return state === 'open' || (state === 'decided' && lookAgainOn !== null && isDue) ? decision : undefined;
}

const isAtMost = (day: Temporal.PlainDate | null, most: Temporal.PlainDate) =>
  day !== null && Temporal.PlainDate.compare(day, most) <= 0;

/**
 * Writes down what was decided on a line. A line about an open decision makes that one; about one that is due for another
 * look, a later one takes its place; any other line gets a decision of its own, driven by who writes it down. Refuses one
 * about what is over.
 */
export async function decideOnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  given: { question: string; made: Making; approverId: number },
): Promise<Result<Decision>> {
  return await onLine(db, workspaceId, actor, lineId, endedRefusal, async (it, line) => {
    const { question, made, approverId } = given;
    const settled = await settledOnLine(it.tx, workspaceId, actor, line);
    if (settled !== undefined) {
      const first =
        settled.state === 'open'
          ? await makeDecision(it, settled.id, { made, approverId, lineId })
          : await supersedeDecision(it, settled.id, { question, made, approverId, lineId });
      // Somebody may have decided it between reading and locking it: what is said now is a decision of its own.
      if (first.ok || !['made', 'superseded', 'open'].includes(first.code)) return first;
    }
    const entry: DecisionEntry = {
      ...{ question, options: [], driverId: actor.id, approverId, dueOn: null },
      ...{ contributorIds: [], informedIds: [], viewerIds: [], teamId: null, visibility: 'workspace' },
      about: await aboutOf(it, line.subject),
    };
    const recorded = await recordDecision(it, { entry, made, lineId });
    return recorded.ok || recorded.field !== 'about' ? recorded : overRefusal(recorded.code);
  });
}

/** The form of a line has no field in which to pick something else. */
function overRefusal(code: string): Refusal {
  const what =
    code === 'retired'
      ? 'The rock that this line is about is retired, so nothing is decided about it any more.'
      : code === 'over'
        ? 'The objective that this line is about is over, so nothing is decided about it any more.'
        : 'What this line is about is not there any more.';
  return refused(code, `${what} /decide takes what you wrote: copy it before you close this form.`);
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
  return await onLine(db, workspaceId, actor, lineId, endedRefusal, async (it, line, review) => {
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
