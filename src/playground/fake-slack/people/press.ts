import type { Interactive } from '../blocks/elements.ts';
import { failureOf } from '../outbound/post.ts';
import { CannotDo } from '../refusal.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { responseUrl } from './command.ts';
import { type Entries, fillForm, stateValues } from './form.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { type Aim, locate, type Place, placeParts } from './locate.ts';
import { actor } from './person.ts';
import { enteredValue } from './state-values.ts';
import { suggestedIn } from './suggest.ts';

export type Press = Aim & {
  as: string;
  /** what is chosen, for menus, pickers and the like */
  value?: unknown;
  /** what else has been entered in the modal so far */
  entries?: Entries | undefined;
};

export type PressResult = { ok: true } | { ok: false; error: string };

/** A person presses a button or chooses in a menu. What is not there at that moment cannot be pressed. */
export async function press(world: World, given: Press): Promise<PressResult> {
  const user = actor(world, given.as);
  const { place, found } = locate(world, user, given);
  const { block, element, blocks } = found;
  if (block.type === 'input' && !block.dispatch_action) {
    throw new CannotDo('this field sends nothing until the form is submitted');
  }
  const suggested = suggestedIn(world, user, place);
  const fields = fillForm(world, user, blocks, given.entries ?? {}, suggested);
  const held =
    element.type === 'button'
      ? buttonParts(element)
      : enteredValue(world, element, given.value, { user, suggested: suggested(block, element) });
  const touched = fields.find((field) => field.element === element);
  if (touched !== undefined)
    touched.value = enteredValue(world, element, given.value, { user, suggested: suggested(block, element) });
  const { placeholder, confirm } = { placeholder: undefined, confirm: undefined, ...element };
  const action = {
    ...held,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(confirm === undefined ? {} : { confirm }),
    action_ts: world.messages.nextTs(),
  };
  const values = stateValues(fields);
  const outcome = await sendInteraction(world, {
    ...interactionBase(world, 'block_actions', user),
    ...placeParts(world, place, values),
    ...tickets(world, user, place),
    ...('message' in place ? { state: { values } } : {}),
    actions: [action],
  });
  const failure = failureOf(outcome);
  world.changes.tell();
  return failure === undefined ? { ok: true } : { ok: false, error: failure };
}

function buttonParts(button: Extract<Interactive, { type: 'button' }>): Record<string, unknown> {
  const { text, value, style, url } = button;
  return {
    text,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}

/** What Cairn may answer with: a trigger, and for messages a response_url. */
function tickets(world: World, user: User, place: Place): Record<string, unknown> {
  if ('view' in place) {
    const modal = place.view.type === 'modal' ? place.view.id : undefined;
    return { trigger_id: world.triggers.issue(user.id, modal) };
  }
  const { channel, ts } = place.message;
  return {
    trigger_id: world.triggers.issue(user.id),
    response_url: responseUrl(world, { user: user.id, channel, origin: { channel, ts } }),
  };
}
