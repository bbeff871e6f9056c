import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import { pressOpening } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { revokeAction, secretContent, title, tokensAction, tokensModal, tokensModalId } from './blocks.ts';
import { readName } from './input.ts';
import { makeToken, readTokens, revokeToken } from './token-operations.ts';

/** Tells Slack's side of API tokens: a button on the page of `/cairn setup`, and the modal that it opens. */
export function registerApiTokens(slack: Registry, deps: PeopleDeps): void {
  slack.press(tokensAction, async (press) => await openTokens(deps, press));
  slack.press(revokeAction, async (press) => await revoke(deps, press));
  slack.submission(tokensModalId, async (submission) => await make(deps, submission));
}

async function openTokens(deps: PeopleDeps, press: Press): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const read = await readTokens(deps.db, press.workspaceId, actor);
    return read.ok
      ? { modal: tokensModal({ ...read.value, zone: actor.timezone }) }
      : { reply: plain(read.words) };
  });
}

async function revoke(deps: PeopleDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const revoked = await revokeToken(deps.db, workspaceId, actor.value, idInput.parse(press.value));
  if (!revoked.ok) return await press.reply(plain(revoked.words));
  const read = await readTokens(deps.db, workspaceId, actor.value);
  if (!read.ok) return await press.reply(plain(read.words));
  await press.redraw(tokensModal({ ...read.value, zone: actor.value.timezone }));
}

async function make(deps: PeopleDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const name = readName(submission);
  if (!name.ok) return { errors: { name: name.words } };
  const made = await makeToken(deps.db, submission.workspaceId, actor.value, name.value);
  if (made.ok) return { view: notice(title, secretContent(made.value)) };
  return made.field === undefined
    ? { push: notice(title, plain(made.words)) }
    : { errors: { [made.field]: made.words } };
}
