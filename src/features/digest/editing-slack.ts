import type { ModalOrReply, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressOpening, pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { digestBlocks } from './blocks.ts';
import {
  addWords,
  editDigest,
  linesAtRisk,
  readDraft,
  readOwnLine,
  stampOfEdits,
} from './edit-operations.ts';
import { editModal, editModalId, wordsModal, wordsModalId } from './form-blocks.ts';
import { readEdit, readOwnLineOf, readWords } from './input.ts';
import { addWordsAction, editAction, readAction } from './preview-blocks.ts';

type EditingDeps = PeopleDeps & Waking;

/** Tells how a draft is read and edited, and how owners add words to their lines. */
export function registerDigestEditing(slack: Registry, deps: EditingDeps): void {
  slack.press(
    editAction,
    async (press) =>
      await pressWithModal(
        deps,
        press,
        async (actor, id) => await openEdit(deps, press.workspaceId, actor, id),
      ),
  );
  slack.press(
    readAction,
    async (press) =>
      await pressWithModal(
        deps,
        press,
        async (actor, id) => await openRead(deps, press.workspaceId, actor, id),
      ),
  );
  slack.press(
    addWordsAction,
    async (press) =>
      await pressOpening(
        deps,
        press,
        async (actor) => await openWords(deps, press.workspaceId, actor, press.value),
      ),
  );
  slack.submission(editModalId, async (sent) => await saveEdit(deps, sent));
  slack.submission(wordsModalId, async (sent) => await saveWords(deps, sent));
}

async function openEdit(
  { db }: EditingDeps,
  workspaceId: string,
  actor: Actor,
  id: number,
): Promise<ModalOrReply> {
  const draft = await readDraft(db, workspaceId, actor, id);
  if (!draft.ok) return { reply: plain(draft.words) };
  return { modal: editModal(draft.value, linesAtRisk(draft.value), stampOfEdits(draft.value)) };
}

async function openRead(
  { db }: EditingDeps,
  workspaceId: string,
  actor: Actor,
  id: number,
): Promise<ModalOrReply> {
  const draft = await readDraft(db, workspaceId, actor, id);
  if (!draft.ok) return { reply: plain(draft.words) };
  const { content, edits } = draft.value;
  return { modal: notice('The digest', digestBlocks(content.gathered, edits)) };
}

async function openWords(
  { db }: EditingDeps,
  workspaceId: string,
  actor: Actor,
  value: string,
): Promise<ModalOrReply> {
  const of = readOwnLineOf(value);
  if (of === null) return { reply: plain('That line is not in the digest any more.') };
  const own = await readOwnLine(db, workspaceId, actor, of);
  return own.ok ? { modal: wordsModal(own.value.digest, own.value.line) } : { reply: plain(own.words) };
}

async function saveEdit(deps: EditingDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Digest', plain(actor.words)) };
  const edited = await editDigest(deps.db, submission.workspaceId, actor.value, readEdit(submission));
  if (!edited.ok) return { view: notice('Digest', plain(edited.words)) };
  deps.wake();
  return 'close';
}

async function saveWords(deps: EditingDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Digest', plain(actor.words)) };
  const added = await addWords(deps.db, submission.workspaceId, actor.value, readWords(submission));
  if (!added.ok) return { view: notice('Digest', plain(added.words)) };
  deps.wake();
  return 'close';
}
