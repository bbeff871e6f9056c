import type {
  CommandCall,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { readQuestion } from '../decisions/core/form.ts';
import { readMaking } from '../decisions/input.ts';
import { approverFrom } from '../decisions/people-picking.ts';
import { pressWithModal } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import { forms, press as ids } from './actions.ts';
import { answerModal } from './answer-blocks.ts';
import { answerQuestions, readQuestions } from './answering-operations.ts';
import { closeReview } from './closing-operations.ts';
import { minutesOf, sumWords } from './core/minutes.ts';
import { decideOnLine, settledOnLine } from './deciding-operations.ts';
import { actionModal, closeModal, decideModal } from './form-blocks.ts';
import { readAction, readAnswers, readLineId, readOccurrenceId } from './input.ts';
import { addActionOnLine, deferLine, readLine } from './line-operations.ts';
import { minutesForChannel } from './minutes-blocks.ts';
import { readClosing, readMinutes } from './minutes-operations.ts';
import { previewRoadmapReview } from './roadmap-review.ts';

export type ReviewDeps = PeopleDeps & Waking;

/** Tells Slack's side of reviews: the buttons of their agendas, and the questions of a company's own rituals. */
export function registerReviews(slack: Registry, deps: ReviewDeps): void {
  slack.press(ids.decide, async (press) => await openDecide(deps, press));
  slack.press(ids.action, async (press) => {
    await pressWithModal(deps, press, async (_actor, id) => {
      const read = await readLine(deps.db, press.workspaceId, id);
      return read.ok ? { modal: actionModal(read.value.line) } : { reply: plain(read.words) };
    });
  });
  slack.press(ids.defer, async (press) => await defer(deps, press));
  slack.press(ids.close, async (press) => await openClose(deps, press));
  slack.press(ids.minutes, async (press) => {
    await pressWithModal(deps, press, async (_actor, id) => {
      const read = await readMinutes(deps.db, press.workspaceId, id);
      if (!read.ok) return { reply: plain(read.words) };
      return { modal: notice('Minutes', minutesForChannel(read.value.review, read.value.minutes)) };
    });
  });
  slack.press(ids.answer, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const read = await readQuestions(deps.db, press.workspaceId, actor, id);
      if (!read.ok) return { reply: plain(read.words) };
      const { review, questions, answers } = read.value;
      return { modal: answerModal(review, questions, answers) };
    });
  });
  slack.submission(forms.decide, async (sent) => await sendDecide(deps, sent));
  slack.submission(forms.action, async (sent) => await sendAction(deps, sent));
  slack.submission(forms.close, async (sent) => await sendClose(deps, sent));
  slack.submission(forms.answer, async (sent) => await sendAnswers(deps, sent));
}

/** `/roadmap review`: what the next one would talk about. */
export async function answerRoadmapReview(deps: ReviewDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const preview = await previewRoadmapReview(deps.db, call.workspaceId, actor.value);
  return preview.ok ? preview.value : plain(preview.words);
}

async function openDecide(deps: ReviewDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  await pressWithModal(deps, press, async (actor, id) => {
    const read = await readLine(deps.db, workspaceId, id);
    if (!read.ok) return { reply: plain(read.words) };
    const { line } = read.value;
    return { modal: decideModal(line, await settledOnLine(deps.db, workspaceId, actor, line)) };
  });
}

async function sendDecide(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
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

async function sendAction(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
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

async function defer(deps: ReviewDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const deferred = await deferLine(deps.db, press.workspaceId, actor.value, id);
  if (!deferred.ok) return await press.reply(plain(deferred.words));
  deps.wake();
}

async function openClose(deps: ReviewDeps, press: Press): Promise<void> {
  const { db } = deps;
  const { workspaceId } = press;
  await pressWithModal(deps, press, async (_actor, id) => {
    const read = await readClosing(db, workspaceId, id);
    if (!read.ok) return { reply: plain(read.words) };
    const { review, lines } = read.value;
    return { modal: closeModal(review, lines, sumWords(minutesOf(lines))) };
  });
}

async function sendClose(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
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

async function sendAnswers(deps: ReviewDeps, submission: Submission): Promise<SubmissionAnswer> {
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
