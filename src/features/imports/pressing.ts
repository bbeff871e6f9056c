import type { ModalView } from '@slack/types';
import { within } from '../../platform/core/within.ts';
import type { Press } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Actor } from '../people/core/person.ts';
import { loadingModal } from './blocks.ts';
import { admitAdmin, type ImportsDeps } from './deps.ts';

/** A large sheet takes longer than this to be planned: then the modal says that it is at work. */
const patienceMs = 700;

/** Lays a modal over what was pressed in. Whoever is no admin is told so where they pressed. */
export async function covering(
  deps: ImportsDeps,
  press: Press,
  build: (actor: Actor) => Promise<ModalView>,
): Promise<void> {
  const actor = await admitAdmin(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.coverWith(async () => await build(actor.value));
}

/** Puts another modal in place of the one that was pressed in. */
export async function redrawing(
  deps: ImportsDeps,
  press: Press,
  build: (actor: Actor) => Promise<ModalView>,
): Promise<void> {
  const actor = await admitAdmin(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const building = build(actor.value);
  if ((await within(patienceMs, building)) === undefined)
    await press.redraw(loadingModal('rocks', 'One moment …'));
  await press.redraw(await building);
}
