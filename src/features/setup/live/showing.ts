import type { ModalView } from '@slack/types';
import type { Press } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { CadenceDeps } from '../../cadences/deps.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import { liveModal } from './blocks.ts';
import type { PreviewDeps } from './preview-operations.ts';
import { readLive } from './reading-operations.ts';

export const title = 'The first ritual';

/** A press in the page, which another page takes the place of. */
export function redrawing(deps: CadenceDeps, build: (press: Press, actor: Actor) => Promise<ModalView>) {
  return async (press: Press): Promise<void> => {
    const actor = await admit(deps, press);
    if (actor.ok) await press.redraw(await build(press, actor.value));
    else await press.reply(plain(actor.words));
  };
}

/** The page as it is now. */
export async function pageOf(
  deps: PreviewDeps,
  { workspaceId }: { workspaceId: string },
  actor: Actor,
  note: string | null = null,
): Promise<ModalView> {
  const page = await readLive(deps, workspaceId, actor);
  return page.ok ? liveModal(page.value, note) : notice(title, plain(page.words));
}
