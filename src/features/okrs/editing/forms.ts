import { accepted, type Refusal, type Result } from '../../../platform/core/result.ts';
import type { Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import { decimalMark } from '../../check-ins/core/number.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, findPeople, type PeopleDeps } from '../../people/operations.ts';
import { pickedPeople } from '../../people/picking.ts';
import type { OkrMoving } from '../moved.ts';
import { unknownOkr } from './changing.ts';
import { dropKeyResult, dropObjective } from './dropping-operations.ts';
import {
  readDrop,
  readKeyResultForm,
  readKeyResultId,
  readObjectiveForm,
  readObjectiveId,
  readStamp,
  readStep,
} from './input.ts';
import { addKeyResultModal, atStep } from './key-result-blocks.ts';
import { addKeyResult, editKeyResult } from './key-result-operations.ts';
import { findKeyResult } from './key-result-store.ts';
import { addObjective, editObjective } from './operations.ts';
import { reach } from './reaching.ts';
import { newKeyResult } from './reading.ts';
import { findObjective } from './store.ts';
import {
  addedWords,
  dropped,
  keyResultSaved,
  objectiveAdded,
  objectiveAddedWords,
  objectiveSaved,
} from './words-blocks.ts';

export type EditingDeps = PeopleDeps & Waking & OkrMoving;
type Handle = (deps: EditingDeps, submission: Submission, actor: Actor) => Promise<SubmissionAnswer>;

/** A form that is sent off: the sender is checked at this moment, and before anything of theirs is read. */
export function handled(title: string, handle: Handle) {
  return async (deps: EditingDeps, submission: Submission): Promise<SubmissionAnswer> => {
    const actor = await admit(deps, submission);
    if (!actor.ok) return { view: notice(title, plain(actor.words)) };
    const answer = await handle(deps, submission, actor.value);
    if (typeof answer === 'string' || !('errors' in answer)) deps.wake();
    return answer;
  };
}

/** What a cycle does not allow is said without formatting, so it can stand beside the first field, and nothing typed is lost. */
const ofCycle = ['closed', 'grading', 'draft'];

/** Why not, beside its field where there is one. */
function no(title: string, refusal: Refusal, first = 'title'): SubmissionAnswer {
  const field = refusal.field ?? (ofCycle.includes(refusal.code) ? first : undefined);
  return field === undefined
    ? { view: notice(title, plain(refusal.words)) }
    : { errors: { [field]: refusal.words } };
}

export const sendAddObjective = handled('Add an objective', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const form = readObjectiveForm(submission, false);
  if ('errors' in form) return form;
  const { owner, reviewer, viewers, ...rest } = form;
  const people = await objectivePeople(deps, workspaceId, { owner, reviewer, viewers }, nobody);
  if ('errors' in people) return people;
  const added = await addObjective(deps.db, workspaceId, actor, { ...rest, ...people });
  if (!added.ok) return no('Add an objective', added);
  const { id, title } = added.value;
  const own = { kind: 'objective', id } as const;
  const mayGoOn = await reach(deps.db, workspaceId, actor, own, 'add a key result');
  if (!mayGoOn.ok) return { view: notice('Added', objectiveAdded(added.value)) };
  const first = { note: objectiveAddedWords(added.value), step: 1 };
  return { view: addKeyResultModal({ id, title }, newKeyResult(actor), first) };
});

export const sendEditObjective = handled('Edit an objective', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const id = readObjectiveId(submission);
  const present = await findObjective(deps.db, workspaceId, id, actor.id);
  if (present === undefined) return no('Edit an objective', unknownOkr);
  const { owner_id, reviewer_id, viewers: viewerIds } = present.entry;
  const form = readObjectiveForm(submission, viewerIds.length > 0);
  if ('errors' in form) return form;
  const { owner, reviewer, viewers, ...rest } = form;
  const now = { owner: owner_id, reviewer: reviewer_id, viewers: viewerIds };
  const people = await objectivePeople(deps, workspaceId, { owner, reviewer, viewers }, now);
  if ('errors' in people) return people;
  const entry = { ...rest, ...people };
  const edited = await editObjective(deps, workspaceId, actor, id, entry, readStamp(submission));
  return edited.ok
    ? { view: notice('Saved', objectiveSaved(edited.value)) }
    : no('Edit an objective', edited);
});

export const sendAddKeyResult = handled('Add a key result', async (deps, sent, actor) => {
  const { step, submission } = readStep(sent);
  const answer = await addAtStep(deps, submission, actor, step);
  if (typeof answer === 'string' || !('errors' in answer)) return answer;
  const errors = Object.entries(answer.errors).map(([field, words]) => [atStep(field, step), words]);
  return { errors: Object.fromEntries(errors) };
});

async function addAtStep(
  deps: EditingDeps,
  submission: Submission,
  actor: Actor,
  step: number,
): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const form = readKeyResultForm(submission, decimalMark(actor.timezone), null);
  if ('errors' in form) return form;
  const { owner, backup, reasons, readings, ...rest } = form;
  const people = await keyResultPeople(deps, workspaceId, { owner, backup }, { owner: null, backup: null });
  if ('errors' in people) return people;
  const objectiveId = readObjectiveId(submission);
  const added = await addKeyResult(deps.db, workspaceId, actor, objectiveId, { ...rest, ...people });
  if (!added.ok) return no('Add a key result', added);
  const note = addedWords(added.value, rest.measure, readings);
  const next = { note, step: step + 1 };
  return { view: addKeyResultModal(added.value.objective, newKeyResult(actor), next) };
}

export const sendEditKeyResult = handled('Edit a key result', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const id = readKeyResultId(submission);
  const present = await findKeyResult(deps.db, workspaceId, id, actor.id);
  if (present === undefined) return no('Edit a key result', unknownOkr);
  const { direction, start_value, target_value, owner_id, backup_id } = present.entry;
  const measure = { direction, start: start_value, target: target_value };
  const form = readKeyResultForm(submission, decimalMark(actor.timezone), measure);
  if ('errors' in form) return form;
  const { owner, backup, reasons, readings, ...rest } = form;
  const now = { owner: owner_id, backup: backup_id };
  const people = await keyResultPeople(deps, workspaceId, { owner, backup }, now);
  if ('errors' in people) return people;
  const entry = { ...rest, ...people };
  const edited = await editKeyResult(deps, workspaceId, actor, id, entry, reasons, readStamp(submission));
  return edited.ok
    ? { view: notice('Saved', keyResultSaved(edited.value, rest.measure, readings)) }
    : no('Edit a key result', edited);
});

export const sendDrop = handled('Drop it', async (deps, submission, actor) => {
  const drop = readDrop(submission);
  if ('errors' in drop) return drop;
  const { kind, id, why } = drop;
  const verb = kind === 'objective' ? dropObjective : dropKeyResult;
  const done = await verb(deps, submission.workspaceId, actor, id, why);
  return done.ok ? { view: notice('Dropped', dropped(done.value.title, why)) } : no('Drop it', done, 'why');
});

type Errors = { errors: Record<string, string> };
const nobody = { owner: null, reviewer: null, viewers: [] };

async function objectivePeople(
  deps: PeopleDeps,
  workspaceId: string,
  picked: { owner: string | null; reviewer: string | null; viewers: string[] },
  now: { owner: number | null; reviewer: number | null; viewers: readonly number[] },
): Promise<{ ownerId: number | null; reviewerId: number | null; viewers: number[] } | Errors> {
  const owner = await pickedOne(deps, workspaceId, picked.owner, now.owner, 'can own an objective');
  if (!owner.ok) return { errors: { owner: owner.words } };
  const reviewer = await pickedOne(deps, workspaceId, picked.reviewer, now.reviewer, 'can review');
  if (!reviewer.ok) return { errors: { reviewer: reviewer.words } };
  const viewers = await pickedPeople(deps, workspaceId, picked.viewers, 'can see an objective');
  if (!viewers.ok) return { errors: { viewers: viewers.words } };
  const before = await findPeople(deps.db, workspaceId, now.viewers);
  const hidden = before.filter(({ slackId }) => slackId === null);
  return {
    ownerId: owner.value,
    reviewerId: reviewer.value,
    viewers: [...viewers.value, ...hidden].map(({ id }) => id),
  };
}

async function keyResultPeople(
  deps: PeopleDeps,
  workspaceId: string,
  picked: { owner: string | null; backup: string | null },
  now: { owner: number | null; backup: number | null },
): Promise<{ ownerId: number | null; backupId: number | null } | Errors> {
  const owner = await pickedOne(deps, workspaceId, picked.owner, now.owner, 'can own a key result');
  if (!owner.ok) return { errors: { owner: owner.words } };
  const backup = await pickedOne(deps, workspaceId, picked.backup, now.backup, 'can stand in');
  if (!backup.ok) return { errors: { backup: backup.words } };
  return { ownerId: owner.value, backupId: backup.value };
}

/** Whoever stands there already stays, also when Slack does not know them and no menu can show them. */
async function pickedOne(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string | null,
  presentId: number | null,
  whatFor: string,
): Promise<Result<number | null>> {
  const [present] = presentId === null ? [] : await findPeople(deps.db, workspaceId, [presentId]);
  if (present !== undefined && present.slackId === slackId) return accepted(present.id);
  if (slackId === null) return accepted(null);
  const picked = await pickedPeople(deps, workspaceId, [slackId], whatFor);
  return picked.ok ? accepted(picked.value[0]?.id ?? null) : picked;
}
