import { sendEvent } from '../outbound/events.ts';
import { CannotDo } from '../refusal.ts';
import type { Modal } from '../state/views.ts';
import type { User } from '../state/workspace.ts';
import { viewObject } from '../view-object.ts';
import type { World } from '../world.ts';
import { interactionBase, sendInteraction } from './interaction.ts';
import { actor } from './person.ts';

/** A person closes the modal on top, or all of them. Cairn hears of it where it asked to (`notify_on_close`). */
export async function closeModal(world: World, as: string, all = false): Promise<void> {
  const user = actor(world, as);
  const top = world.views.top(user.id);
  if (top === undefined) throw new CannotDo(`${user.name} has no modal open`);
  const clears = all || top.clear_on_close === true;
  const closed = clears ? world.views.clear(user.id) : [top];
  if (!clears) world.views.pop(user.id);
  world.changes.tell();
  for (const modal of closed.filter((it) => it.notify_on_close)) await tellClosed(world, user, modal, clears);
}

/** A person opens the bot's Home. */
export async function openHome(world: World, as: string, tab: 'home' | 'messages' = 'home'): Promise<void> {
  const user = actor(world, as);
  const channel = world.workspace.openDirect(user).id;
  const home = world.views.home(user.id);
  const view = tab === 'home' && home !== undefined ? { view: viewObject(world, home) } : {};
  await sendEvent(world, 'app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel,
    tab,
    ...view,
  });
}

async function tellClosed(world: World, user: User, modal: Modal, isCleared: boolean): Promise<void> {
  const payload = interactionBase(world, 'view_closed', user);
  await sendInteraction(world, { ...payload, view: viewObject(world, modal), is_cleared: isCleared });
}
