import type { Result } from '../../platform/core/result.ts';
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
import type { Waking } from '../../platform/waking.ts';
import type { ActionFinished } from '../actions/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';

export type HandoffDeps = PeopleDeps & Waking & { onActionFinished: readonly ActionFinished[] };

/** Checks who typed, of this moment, and opens what follows, or says why not. */
export async function commandWithModal(
  deps: HandoffDeps,
  call: CommandCall,
  build: (actor: Actor) => Promise<ModalOrReply>,
): Promise<Content | undefined> {
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    return actor.ok ? await build(actor.value) : { reply: plain(actor.words) };
  });
}

/** The same for a press on something with an id. */
export async function pressWithModal(
  deps: HandoffDeps,
  press: Press,
  build: (actor: Actor, id: number) => Promise<ModalOrReply>,
): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    return actor.ok ? await build(actor.value, idInput.parse(press.value)) : { reply: plain(actor.words) };
  });
  if (said !== undefined) await press.reply(said);
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

/** Takes a step by a modal that was sent off; a refusal covers it, so that nothing typed is lost. */
export async function submitStep(
  deps: HandoffDeps,
  submission: Submission,
  title: string,
  step: (actor: Actor) => Promise<Result<unknown>>,
  /** The field beside which a refusal with this code stands. */
  fieldOf: (code: string) => string | null = () => null,
): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const done = await step(actor.value);
  if (done.ok) {
    deps.wake();
    return 'close';
  }
  const field = fieldOf(done.code);
  return field === null ? { push: notice(title, plain(done.words)) } : { errors: { [field]: done.words } };
}

/** Takes a step by one press. What is as they want it already (`quiet`) needs no words. */
export async function pressStep(
  deps: HandoffDeps,
  press: Press,
  step: (actor: Actor, id: number) => Promise<Result<unknown>>,
  quiet: string,
): Promise<Actor | undefined> {
  const actor = await admit(deps, press);
  if (!actor.ok) {
    await press.reply(plain(actor.words));
    return undefined;
  }
  const done = await step(actor.value, idInput.parse(press.value));
  if (done.ok) deps.wake();
  else if (done.code !== quiet) await press.reply(plain(done.words));
  return actor.value;
}
