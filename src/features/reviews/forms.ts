import type { Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { readQuestion } from '../decisions/core/form.ts';
import { readMaking } from '../decisions/input.ts';
import { approverFrom } from '../decisions/people-picking.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import { answerQuestions, readQuestions } from './answering-operations.ts';
import { closeReview } from './closing-operations.ts';
import { decideOnLine, settledOnLine } from './deciding-operations.ts';
import { readAction, readAnswers, readLineId, readOccurrenceId } from './input.ts';
import { addActionOnLine, readLine } from './line-operations.ts';

export type ReviewDeps = PeopleDeps & Waking;

/** What was decided on a line; a refusal stands beside its field. */
export async function sendDecide(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId, values } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Decide', plain(actor.words)) };
  const lineId = readLineId(submission);
  const read = await readLine(deps.db, workspaceId, lineId);
  const decision = read.ok
    ? await settledOnLine(deps.db, workspaceId, actor.value, read.value.line)
    : undefined;
  const question = readQuestion(
    values['question'] ?? decision?.question ?? (read.ok ? read.value.line.title : null),
  );
  if (!question.ok) return { errors: { question: question.words } };
  const form = readMaking(submission, decision?.options ?? []);
  if ('errors' in form) return form;
  const approver = await approverFrom(deps, workspaceId, form.approver);
  if ('errors' in approver) return approver;
  const decided = await decideOnLine(deps.db, workspaceId, actor.value, lineId, {
    question: question.value,
    made: form.made,
    approverId: approver.id,
  });
  if (!decided.ok)
    return { errors: { [decided.field === 'look-again' ? 'look-again' : 'outcome']: decided.words } };
  deps.wake();
  return 'close';
}

/** An action on a line. */
export async function sendAction(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Action', plain(actor.words)) };
  const form = readAction(submission);
  if ('errors' in form) return form;
  const owner = await pickedPeople(deps, workspaceId, [form.owner], 'can take an action');
  if (!owner.ok) return { errors: { owner: owner.words } };
  const [person] = owner.value;
  if (person === undefined) return { errors: { owner: 'Who does it? It takes one person.' } };
  const { title, dueOn } = form;
  const given = { title, owner: person, dueOn };
  const added = await addActionOnLine(deps.db, workspaceId, actor.value, readLineId(submission), given);
  if (!added.ok) return { errors: { [added.field === 'due' ? 'due' : 'title']: added.words } };
  deps.wake();
  return 'close';
}

/** Closes a review; whoever comes second closes nothing. */
export async function sendClose(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Close review', plain(actor.words)) };
  const closed = await closeReview(
    deps.db,
    submission.workspaceId,
    actor.value,
    readOccurrenceId(submission),
  );
  if (!closed.ok) return { view: notice('Close review', plain(closed.words)) };
  deps.wake();
  return 'close';
}

/** Answers to the questions of a ritual of one’s own. */
export async function sendAnswers(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Answers', plain(actor.words)) };
  const id = readOccurrenceId(submission);
  const asked = await readQuestions(deps.db, workspaceId, actor.value, id);
  if (!asked.ok) return { errors: { 'answer/0': asked.words } };
  const answers = readAnswers(submission, asked.value.questions.length);
  const kept = await answerQuestions(deps.db, workspaceId, actor.value, id, answers);
  if (!kept.ok) return { errors: { [kept.field ?? 'answer/0']: kept.words } };
  deps.wake();
  return 'close';
}
