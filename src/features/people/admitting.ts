import type {
  CommandCall,
  ModalOrReply,
  Press,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from './core/person.ts';
import { admit, type PeopleDeps } from './operations.ts';

/** Checks who typed, of this moment, and opens what follows, or says why not. */
export async function commandWithModal(
  deps: PeopleDeps,
  call: CommandCall,
  build: (actor: Actor) => Promise<ModalOrReply>,
): Promise<Content | undefined> {
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    return actor.ok ? await build(actor.value) : { reply: plain(actor.words) };
  });
}

/** The same for a press. */
export async function pressOpening(
  deps: PeopleDeps,
  press: Press,
  build: (actor: Actor) => Promise<ModalOrReply>,
): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    return actor.ok ? await build(actor.value) : { reply: plain(actor.words) };
  });
  if (said !== undefined) await press.reply(said);
}

/** The same for a press on something with an id. */
export async function pressWithModal(
  deps: PeopleDeps,
  press: Press,
  build: (actor: Actor, id: number) => Promise<ModalOrReply>,
): Promise<void> {
  await pressOpening(deps, press, async (actor) => await build(actor, idInput.parse(press.value)));
}

/** A form that is sent off: whoever may not use Cairn is refused before anything of theirs is read. */
export function admitting(
  deps: PeopleDeps,
  title: string,
  handle: (submission: Submission) => Promise<SubmissionAnswer>,
): (submission: Submission) => Promise<SubmissionAnswer> {
  return async (submission) => {
    const actor = await admit(deps, submission);
    return actor.ok ? await handle(submission) : { push: notice(title, plain(actor.words)) };
  };
}
