import { accepted, type Result } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import type {
  Caller,
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import { pressOpening } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import { intentsOf, type LineKind, type Named, type Strategy } from './core/strategy.ts';
import { draftBlocks, savedContent } from './draft-blocks.ts';
import {
  addLine,
  changeVision,
  draftOf,
  dropLine,
  editLine,
  goneLine,
  nameEditors,
  readDraft,
  readEditors,
} from './edit-operations.ts';

import { editActions, strategyModals } from './frame-blocks.ts';
import { findNamed, readLineForm, readLineMetadata, readStamp, readVision } from './input.ts';
import { lineModal, pickModal, visionModal } from './line-blocks.ts';
import { editorsModal, editorsSaved } from './publish-blocks.ts';

/** Tells how the draft is written: its forms, and who writes it. */
export function registerEditing(slack: Registry, deps: PeopleDeps): void {
  const opens = (actionId: string, build: (strategy: Strategy) => ModalOrReply) =>
    slack.press(
      actionId,
      async (press) =>
        await pressOpening(deps, press, async (actor) => {
          const draft = await readDraft(deps.db, press.workspaceId, actor);
          return draft.ok ? build(draft.value.strategy) : { reply: plain(draft.words) };
        }),
    );
  opens(editActions.vision, ({ vision }) => ({ modal: visionModal(vision, stampOf(vision)) }));
  opens(editActions.intent, (strategy) => ({ modal: lineModal('intent', strategy, null, '') }));
  opens(editActions.initiative, (strategy) =>
    intentsOf(strategy).length === 0
      ? { reply: plain('An initiative serves an intent. Add one first.') }
      : { modal: lineModal('initiative', strategy, null, '') },
  );
  opens(editActions.line, (strategy) =>
    strategy.lines.length === 0 ? { reply: plain(goneLine.words) } : { modal: pickModal(strategy) },
  );
  slack.press(editActions.editors, async (press) => await openEditors(deps, press));
  slack.submission(strategyModals.vision, async (sent) => await saveVision(deps, sent));
  slack.submission(strategyModals.pick, async (sent) => await showLine(deps, sent));
  slack.submission(strategyModals.line, async (sent) => await saveLine(deps, sent));
  slack.submission(strategyModals.editors, async (sent) => await saveEditors(deps, sent));
}

async function showLine(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Edit a line', plain(actor.words)) };
  const draft = await readDraft(deps.db, submission.workspaceId, actor.value);
  if (!draft.ok) return { view: notice('Edit a line', plain(draft.words)) };
  const { strategy } = draft.value;
  const id = idInput.safeParse(submission.values['line']);
  const form = formOf(
    strategy,
    strategy.lines.find((line) => id.success && line.id === id.data),
  );
  return 'modal' in form ? { view: form.modal } : { errors: { line: goneLine.words } };
}

function formOf(strategy: Strategy, line: Strategy['lines'][number] | undefined): ModalOrReply {
  if (line === undefined) return { reply: plain(goneLine.words) };
  return { modal: lineModal(line.kind, strategy, line, stampOf(line)) };
}

/** The draft and what can be done with it; with a name, the form of that line at once. */
export async function openEdit(
  deps: PeopleDeps,
  { workspaceId }: Caller,
  actor: Actor,
  text: string,
): Promise<ModalOrReply> {
  const draft = await readDraft(deps.db, workspaceId, actor);
  if (!draft.ok) return { reply: plain(draft.words) };
  if (text === '') return { reply: draftBlocks(draft.value, actor) };
  const line = findNamed(draft.value.strategy, text);
  if (line !== undefined) return formOf(draft.value.strategy, line);
  const { blocks, text: words } = draftBlocks(draft.value, actor);
  const unknown = plain('No line of the draft is called so. Here is all of it:');
  return { reply: { text: `${unknown.text}\n${words}`, blocks: [...unknown.blocks, ...blocks] } };
}

async function openEditors(deps: PeopleDeps, press: Press): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const editors = await readEditors(deps.db, press.workspaceId, actor);
    return editors.ok ? { modal: editorsModal(editors.value) } : { reply: plain(editors.words) };
  });
}

async function saveVision(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Vision', plain(actor.words)) };
  const vision = readVision(submission);
  if (!vision.ok) return { errors: { vision: vision.words } };
  const { workspaceId } = submission;
  const kept = await changeVision(deps.db, workspaceId, actor.value, vision.value, readStamp(submission));
  return await answer(deps, submission, 'Vision', kept);
}

async function saveLine(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { db } = deps;
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice('Strategy', plain(actor.words)) };
  const { kind, line, stamp } = readLineMetadata(submission);
  const title = titles[kind];
  const form = readLineForm(submission);
  if ('errors' in form) return form;
  if (line !== null && form.isDropped)
    return await answer(deps, submission, title, await dropLine(db, workspaceId, actor.value, line, stamp));
  const owner = await pickedOwner(deps, workspaceId, form.owner);
  if (!owner.ok) return { errors: { owner: owner.words } };
  const words = { ...form.words, owner: owner.value };
  const { parentId } = form;
  const kept =
    line === null
      ? await addLine(db, workspaceId, actor.value, { kind, parentId, words })
      : await editLine(db, workspaceId, actor.value, line, { parentId, words, stamp });
  return await answer(deps, submission, title, kept);
}

const titles: Record<LineKind, string> = { intent: 'Intent', initiative: 'Initiative' };

async function pickedOwner(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string | null,
): Promise<Result<Named | null>> {
  if (slackId === null) return accepted(null);
  const picked = await pickedPeople(deps, workspaceId, [slackId], 'can own an intent');
  return picked.ok ? accepted(picked.value[0] ?? null) : picked;
}

async function answer(
  { db }: PeopleDeps,
  { workspaceId }: Caller,
  title: string,
  kept: Result<Strategy>,
): Promise<SubmissionAnswer> {
  if (!kept.ok)
    return kept.field === undefined
      ? { view: notice(title, plain(kept.words)) }
      : { errors: { [kept.field]: kept.words } };
  return { view: notice(title, savedContent(await draftOf(db, workspaceId))) };
}

async function saveEditors(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  const said = (content: Content): SubmissionAnswer => ({ view: notice('Editors', content) });
  if (!actor.ok) return said(plain(actor.words));
  const { workspaceId, lists } = submission;
  const people = await pickedPeople(deps, workspaceId, lists['editors'] ?? [], 'can be editors');
  if (!people.ok) return { errors: { editors: people.words } };
  const ids = people.value.map(({ id }) => id);
  const named = await nameEditors(deps.db, workspaceId, actor.value, ids);
  return said(named.ok ? editorsSaved(ids.length) : plain(named.words));
}
