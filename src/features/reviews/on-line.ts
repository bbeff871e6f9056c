import { type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { AboutKind } from '../decisions/core/decision.ts';
import { type Deciding, deciding } from '../decisions/deciding.ts';
import type { Actor } from '../people/core/person.ts';
import type { Subject } from './core/line.ts';
import type { LineRow, Review } from './core/review.ts';
import { findLine } from './line-store.ts';
import { showAgenda } from './showing.ts';
import { lockReview } from './store.ts';
import { objectiveOf, rockOfHandoff } from './subject-store.ts';
import { titleOf } from './words.ts';

export const gone = refused('gone', 'That line is not on an agenda any more.');

/** To a press, by which nothing is lost. */
export function closedRefusal(review: Review): Refusal {
  return refused(
    'ended',
    `*${inline(titleOf(review))}* is closed, and its minutes are in the thread. What still matters comes back next time.`,
  );
}

/** Nothing that was typed is lost: a refused form stays open. */
export function endedRefusal(review: Review): Refusal {
  return refused(
    'ended',
    `${titleOf(review)} is closed. /decide and /handoff take what you wrote: copy it before you close this form.`,
  );
}

/** Does something with a line, its review locked, and lets the agenda say so. */
export async function onLine<T>(
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

/** What a decision or an action on a line is about. */
export async function aboutOf(
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
