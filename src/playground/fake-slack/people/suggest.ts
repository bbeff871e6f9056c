import { z } from 'zod';
import type { Block } from '../blocks/blocks.ts';
import { type Option, type OptionGroup, option, optionGroup } from '../blocks/composition.ts';
import type { Interactive } from '../blocks/elements.ts';
import { check, inSlacksWords } from '../blocks/problem.ts';
import { limits } from '../limits.ts';
import { bodyOf, failureOf } from '../outbound/post.ts';
import { CannotDo } from '../refusal.ts';
import type { Menu } from '../state/suggestions.ts';
import type { User } from '../state/workspace.ts';
import type { World } from '../world.ts';
import { fillForm, type Suggested, stateValues } from './form.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { type Aim, locate, type Place, placeParts } from './locate.ts';
import { actor } from './person.ts';

export type Suggest = Omit<Aim, 'stale'> & {
  as: string;
  /** what the person has typed into the menu so far */
  typed: string;
};

export type SuggestResult =
  | { ok: true; options: Option[] }
  | { ok: true; option_groups: OptionGroup[] }
  | { ok: false; error: string };

/** What Slack asks for where a menu does not say how much has to be typed first. */
const usualQueryLength = 3;

const answer = z
  .strictObject({
    options: z.array(option).max(limits.options.select).optional(),
    option_groups: z.array(optionGroup).max(limits.options.groups).optional(),
  })
  .refine(
    (it) => (it.options === undefined) !== (it.option_groups === undefined),
    'exactly one of options and option_groups is required',
  );

/**
 * A person types in a menu that is filled from outside: Cairn is asked what to offer, as Slack asks it. Too little
 * typed asks nothing and offers nothing. What Slack would not take from Cairn is kept in the journal.
 */
export async function suggest(world: World, given: Suggest): Promise<SuggestResult> {
  const user = actor(world, given.as);
  const { place, found } = locate(world, user, given);
  const { block, element, blocks } = found;
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
    throw new CannotDo(`a ${element.type} is not filled from outside`);
  }
  if (given.typed.length < (element.min_query_length ?? usualQueryLength)) return { ok: true, options: [] };
  const values = stateValues(fillForm(world, user, blocks, {}, suggestedIn(world, user, place)));
  const payload = {
    ...interactionBase(world, 'block_suggestion', user),
    ...placeParts(world, place, values),
    action_id: element.action_id,
    block_id: block.block_id,
    value: given.typed,
  };
  if (!isReachable(world)) {
    const messages = [
      '[ERROR] manifest.yml has no settings.interactivity.message_menu_options_url: Slack would send nothing',
    ];
    return refuse(world, 'block_suggestion', 'no_options_url', messages, payload);
  }
  const outcome = await sendInteraction(world, payload);
  const failure = failureOf(outcome);
  if (failure !== undefined) return { ok: false, error: failure };
  const body = bodyOf(outcome);
  const checked = check(answer, body, []);
  if (!checked.ok) {
    const messages = checked.problems.map(inSlacksWords);
    return refuse(world, 'the answer to block_suggestion', 'invalid_response', messages, body);
  }
  const { options, option_groups = [] } = checked.value;
  const offered = options ?? option_groups.flatMap((group) => group.options);
  world.suggestions.add(menuAt(user, place, block, element), offered);
  return options === undefined ? { ok: true, option_groups } : { ok: true, options };
}

/** What each menu of this place has suggested to this person so far. */
export function suggestedIn(world: World, user: User, place: Place): Suggested {
  return (block, element) => world.suggestions.in(menuAt(user, place, block, element));
}

function menuAt(user: User, place: Place, block: Block, element: Interactive): Menu {
  const where = 'view' in place ? place.view.id : `${place.message.channel} ${place.message.ts}`;
  const { action_id = '' } = element;
  return { user: user.id, place: where, block_id: block.block_id ?? '', action_id };
}

/** Over HTTP Slack has an address of its own for these; over a socket they come with all the rest. */
function isReachable({ manifest: { settings } }: World): boolean {
  return (
    settings.socket_mode_enabled === true || settings.interactivity.message_menu_options_url !== undefined
  );
}

function refuse(
  world: World,
  method: string,
  error: string,
  messages: string[],
  given: unknown,
): { ok: false; error: string } {
  world.journal.refuse({ method, error, messages, arguments: given });
  world.changes.tell();
  return { ok: false, error };
}
