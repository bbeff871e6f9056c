import type { Result } from '../../platform/core/result.ts';
import type { Press, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import type { ActionEnded } from '../actions/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';

export type HandoffDeps = PeopleDeps & Waking & { onActionEnded: readonly ActionEnded[] };

/** Takes a step by a modal that was sent off; a refusal covers it, so that nothing typed is lost. */
export async function submitStep(
  deps: PeopleDeps & Waking,
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
  deps: PeopleDeps & Waking,
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
