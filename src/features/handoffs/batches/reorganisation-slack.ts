import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type {
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { findRock } from '../../ownership/lookup-operations.ts';
import { admitting, commandWithModal, pressOpening, pressWithModal } from '../../people/admitting.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, meet } from '../../people/operations.ts';
import { submitStep } from '../presses.ts';
import { press as buttons, draftsBlocks } from './draft-blocks.ts';
import { draftContent } from './draft-message-operations.ts';
import { addModal, beginModal, modal, releaseModal, takeOutModal } from './draft-modal-blocks.ts';
import {
  type Added,
  readAdded,
  readDraftId,
  readPage,
  readPickedMoves,
  readTitle,
  readWhy,
} from './input.ts';
import { readTeams, type Source } from './planning-operations.ts';
import {
  beginReorganisation,
  dropReorganisation,
  listReorganisations,
  readReorganisation,
  releaseReorganisation,
  showReorganisation,
  takeOut,
} from './reorganisation-operations.ts';
import { type BatchDeps, offerInTime, spreadOver } from './slack.ts';

const title = 'Reorganisation';

/** Tells Slack's side of reorganisations; `/handoff` itself hands the verb over to `startReorganisation`. */
export function registerReorganisations(slack: Registry, deps: BatchDeps): void {
  slack.press(buttons.begin, async (press) => {
    await pressOpening(deps, press, async () => ({ modal: beginModal() }));
  });
  slack.press(buttons.show, async (press) => {
    await act(
      deps,
      press,
      async (actor, id) => await showReorganisation(deps.db, press.workspaceId, actor, id),
    );
  });
  slack.press(buttons.drop, async (press) => {
    await act(
      deps,
      press,
      async (actor, id) => await dropReorganisation(deps.db, press.workspaceId, actor, id),
    );
  });
  slack.press(buttons.page, async (press) => await turnPage(deps, press));
  slack.press(buttons.add, async (press) => {
    await openOf(deps, press, async ({ batch }) =>
      addModal(batch.id, await readTeams(deps.db, press.workspaceId)),
    );
  });
  slack.press(buttons.takeOut, async (press) => {
    await openOf(deps, press, async ({ batch, moves }) => takeOutModal(batch.id, moves));
  });
  slack.press(buttons.release, async (press) => {
    await openOf(deps, press, async ({ batch, moves }) => releaseModal(batch, moves));
  });
  slack.submission(
    modal.begin,
    admitting(deps, 'Handoff', async (submission) => {
      const input = readTitle(submission);
      if ('errors' in input) return input;
      return await submitStep(deps, submission, title, async (actor) => {
        return await beginReorganisation(deps.db, submission.workspaceId, actor, input.title);
      });
    }),
  );
  slack.submission(
    modal.add,
    admitting(deps, 'Handoff', (submission) => add(deps, submission)),
  );
  slack.submission(
    modal.takeOut,
    admitting(deps, 'Handoff', async (submission) => {
      return await submitStep(deps, submission, title, async (actor) => {
        const [batchId, moves] = [readDraftId(submission), readPickedMoves(submission)];
        return await takeOut(deps.db, submission.workspaceId, actor, batchId, moves);
      });
    }),
  );
  slack.submission(
    modal.release,
    admitting(deps, 'Handoff', async (submission) => {
      const words = readWhy(submission);
      if ('errors' in words) return words;
      const { workspaceId } = submission;
      const actor = await admit(deps, submission);
      if (!actor.ok) return { push: notice(title, plain(actor.words)) };
      const batchId = readDraftId(submission);
      const draft = await readReorganisation(deps.db, workspaceId, actor.value, batchId);
      if (!draft.ok) return { push: notice(title, plain(draft.words)) };
      const releasing = releaseReorganisation(deps.db, workspaceId, actor.value, batchId, words);
      return await offerInTime(deps, draft.value.moves.length, releasing);
    }),
  );
}

/** `/handoff reorg`: what the actor prepares, or the beginning of it. */
export async function startReorganisation(deps: BatchDeps, call: CommandCall): Promise<Content | undefined> {
  return await commandWithModal(deps, call, async (actor) => {
    const drafts = await listReorganisations(deps.db, call.workspaceId, actor);
    if (!drafts.ok) return { reply: plain(drafts.words) };
    return drafts.value.length === 0 ? { modal: beginModal() } : { reply: draftsBlocks(drafts.value) };
  });
}

async function add(deps: BatchDeps, submission: Submission): Promise<SubmissionAnswer> {
  const added = readAdded(submission);
  if ('errors' in added) return added;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const source = await sourceOf(deps, submission.workspaceId, actor.value, added);
  if (!source.ok)
    return { errors: { ['rock' in added ? 'rock' : 'person']: source.words.replace(/[*`]/g, '') } };
  return await spreadOver(deps, submission, { source: source.value, batch: readDraftId(submission) });
}

async function sourceOf(
  deps: BatchDeps,
  workspaceId: string,
  actor: Actor,
  added: Added,
): Promise<Result<Source>> {
  if ('team' in added) return accepted({ teamId: added.team });
  if ('rock' in added) {
    const rock = await findRock(deps.db, workspaceId, added.rock, actor.id);
    return rock.ok ? accepted({ rockId: rock.value.id }) : rock;
  }
  const person = await meet(deps, workspaceId, added.person);
  return person === undefined
    ? refused('unknown-person', 'I cannot find that person in this workspace.')
    : accepted({ personId: person.id });
}

async function turnPage(deps: BatchDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { batchId, page } = readPage(press.value);
  const draft = await readReorganisation(deps.db, press.workspaceId, actor.value, batchId);
  if (!draft.ok) return await press.reply(plain(draft.words));
  const content = await draftContent(deps.db, press.workspaceId, actor.value, draft.value.batch, page);
  await press.reply(content, { replace: true });
}

/** A press that changes a draft, which its message then shows. */
async function act(
  deps: BatchDeps,
  press: Press,
  step: (actor: Actor, batchId: number) => Promise<Result<unknown>>,
): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const done = await step(actor.value, idInput.parse(press.value));
  if (done.ok) deps.wake();
  // Pressed twice, it is as they want it.
  else if (done.code !== 'dropped') await press.reply(plain(done.words));
}

type Draft = Extract<Awaited<ReturnType<typeof readReorganisation>>, { ok: true }>['value'];

async function openOf(
  deps: BatchDeps,
  press: Press,
  build: (draft: Draft) => Promise<Extract<ModalOrReply, { modal: unknown }>['modal']>,
): Promise<void> {
  await pressWithModal(deps, press, async (actor, batchId) => {
    const draft = await readReorganisation(deps.db, press.workspaceId, actor, batchId);
    return draft.ok ? { modal: await build(draft.value) } : { reply: plain(draft.words) };
  });
}
