import { Temporal } from 'temporal-polyfill';
import { type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import {
  type Decision,
  type DecisionEntry,
  type Making,
  makeDecision,
  recordDecision,
} from '../decisions/operations.ts';
import { readDecision, type Standing, standingOf } from '../decisions/reading-operations.ts';
import { supersedeDecision } from '../decisions/superseding-operations.ts';
import type { Actor } from '../people/core/person.ts';
import type { LineRow } from './core/review.ts';
import { aboutOf, endedRefusal, onLine } from './on-line.ts';

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
  return isSettledOn(source, decision, today) ? decision : undefined;
}

function isSettledOn(
  source: LineRow['source'],
  { state, lookAgainOn }: Standing,
  today: Temporal.PlainDate,
): boolean {
  if (state === 'open') return true;
  const isDue = lookAgainOn !== null && Temporal.PlainDate.compare(lookAgainOn, today) <= 0;
  return state === 'decided' && lookAgainOn !== null && (isDue || source === 'look-again');
}

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
    const { subject, source } = line;
    const standing =
      subject?.kind === 'decision' ? await standingOf(it.tx, workspaceId, subject.id) : undefined;
    if (subject !== null && standing !== undefined && isSettledOn(source, standing, it.today)) {
      const first =
        standing.state === 'open'
          ? await makeDecision(it, subject.id, { made, approverId, lineId })
          : await supersedeDecision(it, subject.id, { question, made, approverId, lineId });
      if (!first.ok && first.code === 'gone') return overRefusal(first.code);
      // Somebody may have decided it between reading and locking it: what is said now is a decision of its own.
      if (first.ok || !['made', 'superseded', 'open'].includes(first.code)) return first;
    }
    const entry: DecisionEntry = {
      ...{ question, options: [], driverId: actor.id, approverId, dueOn: null },
      ...{ contributorIds: [], informedIds: [], viewerIds: [], teamId: null, visibility: 'workspace' },
      about: await aboutOf(it, subject),
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
