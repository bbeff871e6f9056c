import type { ModalView } from '@slack/types';
import { within } from '../../platform/core/within.ts';
import type { Press } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { loadingModal, titleOf } from './blocks.ts';
import { admitAdmin, type ImportsDeps } from './deps.ts';
import { readCarried } from './input.ts';

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
  const first = await within(patienceMs, building);
  if (first !== undefined) return await press.redraw(first.value);
  const kind = readCarried(press.metadata)?.kind ?? 'rocks';
  await press.redraw(loadingModal(kind, 'One moment …'));
  try {
    await press.redraw(await building);
  } catch (error) {
    // Slack's trigger is over by now, so nothing can be laid over the modal that says it is at work.
    await press.redraw(notice(titleOf(kind), plain(wentWrong)));
    throw error;
  }
}

const wentWrong = 'That went wrong on my side, and nothing was written. Close this and open it again.';
