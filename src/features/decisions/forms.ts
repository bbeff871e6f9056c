import type { Result } from '../../platform/core/result.ts';
import type { Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { cardBlocks } from './blocks.ts';
import type { Decision } from './core/decision.ts';
import { readQuestion } from './core/form.ts';
import { dayIn, readDecisionId, readEntry, readMaking, readSource, readStamp } from './input.ts';
import { changeDecision, decide, openDecision } from './operations.ts';
import { approverFrom, entryFrom } from './people-picking.ts';
import { readDecision } from './reading-operations.ts';
import { keepDecision, supersede } from './superseding-operations.ts';

export type DecisionDeps = PeopleDeps & Waking;
type Handle = (deps: DecisionDeps, submission: Submission, actor: Actor) => Promise<SubmissionAnswer>;

/** A form that is sent off: the sender is checked at this moment, and before anything of theirs is read. */
function handled(
  title: string,
  handle: Handle,
): (deps: DecisionDeps, submission: Submission) => Promise<SubmissionAnswer> {
  return async (deps, submission) => {
    const actor = await admit(deps, submission);
    if (!actor.ok) return { view: notice(title, plain(actor.words)) };
    const answer = await handle(deps, submission, actor.value);
    if (typeof answer === 'string' || !('errors' in answer)) deps.wake();
    return answer;
  };
}

export const sendOpen = handled('Decision', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const form = readEntry(submission);
  if ('errors' in form) return form;
  const entry = await entryFrom(deps, workspaceId, form);
  if ('errors' in entry) return entry;
  const opened = await openDecision(deps.db, workspaceId, actor, {
    entry,
    sourceUrl: readSource(submission),
  });
  return await answer(
    deps,
    submission,
    actor,
    opened,
    'It is written down. Those who have a part in it are told.',
  );
});

export const sendChange = handled('Decision', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const form = readEntry(submission);
  if ('errors' in form) return form;
  const entry = await entryFrom(deps, workspaceId, form);
  if ('errors' in entry) return entry;
  const id = readDecisionId(submission);
  const changed = await changeDecision(deps.db, workspaceId, actor, id, entry, readStamp(submission));
  return await answer(deps, submission, actor, changed, 'It is changed.');
});

export const sendMake = handled('Decision', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const id = readDecisionId(submission);
  const present = await readDecision(deps.db, workspaceId, actor, { id });
  const form = readMaking(submission, present.ok ? present.value.decision.options : []);
  if ('errors' in form) return form;
  const approver = await approverFrom(deps, workspaceId, form.approver);
  if ('errors' in approver) return approver;
  const given = { made: form.made, approverId: approver.id };
  const made = await decide(deps.db, workspaceId, actor, id, given);
  return await answer(deps, submission, actor, made, 'It is decided. Those who have a part in it are told.');
});

export const sendSupersede = handled('Decision', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const question = readQuestion(submission.values['question']);
  if (!question.ok) return { errors: { question: question.words } };
  const form = readMaking(submission, []);
  if ('errors' in form) return form;
  const approver = await approverFrom(deps, workspaceId, form.approver);
  if ('errors' in approver) return approver;
  const later = await supersede(deps.db, workspaceId, actor, readDecisionId(submission), {
    question: question.value,
    made: form.made,
    approverId: approver.id,
  });
  return await answer(deps, submission, actor, later, 'It is decided. The one before stays readable.');
});

export const sendKeep = handled('Decision', async (deps, submission, actor) => {
  const nextOn = dayIn(submission.values['look-again']);
  const kept = await keepDecision(deps.db, submission.workspaceId, actor, readDecisionId(submission), nextOn);
  return await answer(deps, submission, actor, kept, 'It still holds.');
});

/** What is kept is shown as it is now; a refusal stands beside its field where there is one. */
async function answer(
  { db }: DecisionDeps,
  { workspaceId }: Submission,
  actor: Actor,
  kept: Result<Decision>,
  note: string,
): Promise<SubmissionAnswer> {
  if (!kept.ok)
    return kept.field === undefined
      ? { view: notice('Decision', plain(kept.words)) }
      : { errors: { [kept.field]: kept.words } };
  const read = await readDecision(db, workspaceId, actor, { id: kept.value.id });
  const content = read.ok ? cardBlocks(read.value, note) : plain(note);
  return { view: notice(`Decision ${kept.value.number}`, content) };
}
