import { z } from 'zod';
import { bodyOf, failureOf } from '../outbound/post.ts';
import { CannotDo, Refusal } from '../refusal.ts';
import type { Modal } from '../state/views.ts';
import { viewObject } from '../view-object.ts';
import { parseModal } from '../web-api/views.ts';
import type { World } from '../world.ts';
import { clientErrors, type Entries, fillForm, stateValues } from './form.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { actor } from './person.ts';
import { suggestedIn } from './suggest.ts';

/** `errors` are by block_id, from Slack's client (`by: client`) or from Cairn. */
export type SubmitResult =
  | { ok: true; modal: 'closed' | 'cleared' | 'updated' | 'pushed' }
  | { ok: false; by: 'client' | 'cairn'; errors: Record<string, string> }
  | { ok: false; by: 'slack'; error: string };

const acknowledgement = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('clear') }),
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
]);

/** A person submits the modal on top. What Slack's client would not let through is not sent. */
export async function submit(
  world: World,
  as: string,
  entries: Entries,
  viewId?: string,
): Promise<SubmitResult> {
  const user = actor(world, as);
  const modal = world.views.top(user.id);
  if (modal === undefined) throw new CannotDo(`${user.name} has no modal open`);
  if (viewId !== undefined && modal.id !== viewId) throw new CannotDo('that modal is not on top');
  if (modal.submit === undefined) throw new CannotDo('this modal has nothing to submit');
  const fields = fillForm(world, user, modal.blocks, entries, suggestedIn(world, user, { view: modal }));
  const wrong = clientErrors(fields);
  if (Object.keys(wrong).length > 0) return showErrors(world, modal, wrong, 'client');
  modal.errors = {};
  const outcome = await sendInteraction(world, {
    ...interactionBase(world, 'view_submission', user),
    trigger_id: world.triggers.issue(user.id, modal.id),
    view: viewObject(world, modal, stateValues(fields)),
    response_urls: [],
  });
  const failure = failureOf(outcome);
  const result =
    failure === undefined ? obey(world, modal.id, bodyOf(outcome)) : inTrouble(world, modal.id, failure);
  world.changes.tell();
  return result;
}

/** Does what Cairn's acknowledgement says; one that Slack would not take leaves the modal open with a line of trouble. */
function obey(world: World, viewId: string, answer: unknown): SubmitResult {
  // Cairn may have changed the view while it thought: what counts is what is there now.
  const modal = world.views.find(viewId);
  if (modal?.type !== 'modal') return { ok: true, modal: 'closed' };
  if (answer === undefined || isEmptyObject(answer)) {
    world.views.pop(modal.user);
    return { ok: true, modal: 'closed' };
  }
  try {
    const parsed = acknowledgement.safeParse(answer);
    if (!parsed.success) throw new Refusal('invalid_response', { messages: [z.prettifyError(parsed.error)] });
    return act(world, modal, parsed.data);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { messages } = error;
    const method = 'the answer to view_submission';
    world.journal.refuse({ method, error: error.error, messages, arguments: answer });
    return inTrouble(world, viewId, error.error);
  }
}

function act(world: World, modal: Modal, answer: z.infer<typeof acknowledgement>): SubmitResult {
  switch (answer.response_action) {
    case 'clear':
      world.views.clear(modal.user);
      return { ok: true, modal: 'cleared' };
    case 'errors': {
      const inputs = modal.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
      const unknown = Object.keys(answer.errors).filter((id) => !inputs.includes(id));
      if (unknown.length > 0 || Object.keys(answer.errors).length === 0) {
        const words = unknown.map(
          (id) => `[ERROR] no input block "${id}" in the view [json-pointer:/errors/${id}]`,
        );
        throw new Refusal('invalid_response', { messages: words });
      }
      return showErrors(world, modal, answer.errors, 'cairn');
    }
    case 'update':
      world.views.update(modal, parseModal(world, answer.view));
      return { ok: true, modal: 'updated' };
    case 'push':
      world.views.push(modal.user, parseModal(world, answer.view));
      return { ok: true, modal: 'pushed' };
  }
}

function showErrors(
  world: World,
  modal: Modal,
  errors: Record<string, string>,
  by: 'client' | 'cairn',
): SubmitResult {
  modal.errors = errors;
  world.changes.tell();
  return { ok: false, by, errors };
}

function inTrouble(world: World, viewId: string, error: string): SubmitResult {
  const modal = world.views.find(viewId);
  if (modal?.type === 'modal') modal.trouble = 'We had some trouble connecting. Try again?';
  return { ok: false, by: 'slack', error };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
