import { accepted, type Refusal, type Result } from '../../platform/core/result.ts';
import type { CommandCall, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, findPeople, type PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import { unknownItem } from './changing.ts';
import { addItem, editItem, scoreItem } from './editing-operations.ts';
import { roadmapModals } from './frame-blocks.ts';
import { readHorizon, readItemForm, readItemOf, readMoveForm, readOutcome, readScores } from './input.ts';
import { moveItem } from './moving-operations.ts';
import { answeredBlocks } from './outcome-blocks.ts';
import { answerOutcome } from './outcome-operations.ts';
import { addedWords, editedWords, movedWords, scoredWords } from './saved-blocks.ts';
import { findItem } from './store.ts';

export type RoadmapDeps = PeopleDeps &
  Waking & {
    /** What the next review of the roadmap would talk about: reviews are of a feature above. */
    review(call: CommandCall): Promise<Content>;
  };
type Handle = (deps: RoadmapDeps, sent: Submission, actor: Actor) => Promise<SubmissionAnswer>;

const forms: Record<string, { title: string; handle: Handle }> = {
  [roadmapModals.add]: { title: 'Add to the roadmap', handle: sendAdd },
  [roadmapModals.edit]: { title: 'Edit an item', handle: sendEdit },
  [roadmapModals.move]: { title: 'Move an item', handle: sendMove },
  [roadmapModals.score]: { title: 'Score an item', handle: sendScores },
  [roadmapModals.outcome]: { title: 'What it moved', handle: sendOutcome },
};

/** Tells the forms of the roadmap. Whoever sends one off is checked at this moment, before anything of theirs is read. */
export function registerForms(slack: Registry, deps: RoadmapDeps): void {
  for (const [callbackId, { title, handle }] of Object.entries(forms))
    slack.submission(callbackId, async (sent) => {
      const actor = await admit(deps, sent);
      if (!actor.ok) return { view: notice(title, plain(actor.words)) };
      const answer = await handle(deps, sent, actor.value);
      if (typeof answer === 'string' || !('errors' in answer)) deps.wake();
      return answer;
    });
}

async function sendAdd(deps: RoadmapDeps, sent: Submission, actor: Actor): Promise<SubmissionAnswer> {
  const form = readItemForm(sent);
  if ('errors' in form) return form;
  const { owner, why: _none, ...rest } = form;
  const ownerId = await pickedOwner(deps, sent.workspaceId, owner, null);
  if (!ownerId.ok) return { errors: { owner: ownerId.words } };
  const entry = { ...rest, ownerId: ownerId.value };
  const added = await addItem(deps.db, sent.workspaceId, actor, entry, readHorizon(sent));
  return answer('Added', added, addedWords);
}

async function sendEdit(deps: RoadmapDeps, sent: Submission, actor: Actor): Promise<SubmissionAnswer> {
  const { workspaceId } = sent;
  const { item, stamp } = readItemOf(sent);
  const form = readItemForm(sent);
  if ('errors' in form) return form;
  const present = await findItem(deps.db, workspaceId, item);
  if (present === undefined) return answer('Edit an item', unknownItem, editedWords);
  const { owner, why, ...rest } = form;
  const ownerId = await pickedOwner(deps, workspaceId, owner, present.state.owner_id);
  if (!ownerId.ok) return { errors: { owner: ownerId.words } };
  const entry = { ...rest, ownerId: ownerId.value };
  const edited = await editItem(deps.db, workspaceId, actor, item, { entry, why, stamp });
  return answer('Saved', edited, editedWords);
}

async function sendMove(deps: RoadmapDeps, sent: Submission, actor: Actor): Promise<SubmissionAnswer> {
  const form = readMoveForm(sent);
  if ('errors' in form) return form;
  const { item, stamp, field, ...move } = form;
  const moved = await moveItem(deps.db, sent.workspaceId, actor, item, move, { of: stamp, field });
  return answer('Moved', moved, movedWords);
}

async function sendScores(deps: RoadmapDeps, sent: Submission, actor: Actor): Promise<SubmissionAnswer> {
  const scores = readScores(sent);
  if ('errors' in scores) return scores;
  const { item, stamp } = readItemOf(sent);
  const scored = await scoreItem(deps.db, sent.workspaceId, actor, item, { scores, stamp });
  return answer('Saved', scored, scoredWords);
}

async function sendOutcome(deps: RoadmapDeps, sent: Submission, actor: Actor): Promise<SubmissionAnswer> {
  const form = readOutcome(sent);
  if ('errors' in form) return form;
  const { item, ...said } = form;
  const answered = await answerOutcome(deps.db, sent.workspaceId, actor, item, said);
  return answer('What it moved', answered, answeredBlocks);
}

/** What was done, or why not, beside its field where there is one. */
function answer<T>(title: string, result: Result<T>, done: (value: T) => Content): SubmissionAnswer {
  return result.ok ? { view: notice(title, done(result.value)) } : no(title, result);
}

function no(title: string, { field, words }: Refusal): SubmissionAnswer {
  return field === undefined ? { view: notice(title, plain(words)) } : { errors: { [field]: words } };
}

/** Whoever owns it already stays, also when Slack does not know them and no menu can show them. */
async function pickedOwner(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string | null,
  presentId: number | null,
): Promise<Result<number | null>> {
  const [present] = presentId === null ? [] : await findPeople(deps.db, workspaceId, [presentId]);
  if (present !== undefined && present.slackId === slackId) return accepted(present.id);
  if (slackId === null) return accepted(null);
  const picked = await pickedPeople(deps, workspaceId, [slackId], 'can own a roadmap item');
  return picked.ok ? accepted(picked.value[0]?.id ?? null) : picked;
}
