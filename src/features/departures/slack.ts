import type { Press, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import { bulkModal } from '../handoffs/batches/opening.ts';
import type { Moving } from '../ownership/moved.ts';
import { pressWithModal } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { moveAction, notNowAction, releaseAction } from './blocks.ts';
import { keepForGood } from './keeping-operations.ts';
import { releaseDeparture } from './release-operations.ts';
import { keepAction } from './stand-in-blocks.ts';
import { putOffRelease, readDeparture } from './telling-operations.ts';

export type DepartureDeps = PeopleDeps & Waking & Moving;

/** Tells Slack's side of the messages that tell of somebody who left. */
export function registerDepartures(slack: Registry, deps: DepartureDeps): void {
  slack.press(releaseAction, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const released = await releaseDeparture(deps, press.workspaceId, actor, id);
      if (!released.ok) return { reply: plain(released.words) };
      deps.wake();
      return await bulkModal(deps.db, press.workspaceId, actor, released.value.person.id);
    });
  });
  slack.press(moveAction, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const departure = await readDeparture(deps.db, press.workspaceId, actor, id);
      if (!departure.ok) return { reply: plain(departure.words) };
      return await bulkModal(deps.db, press.workspaceId, actor, departure.value.person.id);
    });
  });
  slack.press(keepAction, async (press) => await keep(deps, press));
  slack.press(notNowAction, async (press) => await putOff(deps, press));
}

async function keep(deps: DepartureDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const [departureId = '', rockId = ''] = press.value.split(':');
  const ids = [idInput.parse(departureId), idInput.parse(rockId)] as const;
  const kept = await keepForGood(deps, press.workspaceId, actor.value, ...ids);
  if (kept.ok) deps.wake();
  // Pressed twice, it is as they want it.
  else if (kept.code !== 'already-kept') await press.reply(plain(kept.words));
}

async function putOff(deps: DepartureDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { channelId, messageTs } = press;
  const place =
    channelId === undefined || messageTs === undefined ? null : { channel: channelId, ts: messageTs };
  const id = idInput.parse(press.value);
  const done = await putOffRelease(deps.db, press.workspaceId, actor.value, id, place);
  if (done.ok) deps.wake();
  else await press.reply(plain(done.words));
}
