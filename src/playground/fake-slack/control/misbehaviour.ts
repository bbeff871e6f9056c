import { z } from 'zod';
import { dropReasons } from '../outbound/sockets.ts';
import { CannotDo } from '../refusal.ts';
import { type Fault, type FaultKind, faultKinds } from '../state/faults.ts';
import { conversationNamed } from '../web-api/scopes.ts';
import { methods } from '../web-api/table.ts';
import type { World } from '../world.ts';
import { act } from './act.ts';

/** What is out of order, for the panel and for tests. */
export type Misbehaviour = {
  faults: Fault[];
  rate_limits: boolean;
  scopes: { asked: string[]; taken: string[] };
};

export function misbehaviourSeen(world: World): Misbehaviour {
  const { asked, taken } = world.scopes;
  return { faults: world.faults.all(), rate_limits: world.rates.isOn, scopes: { asked: [...asked], taken } };
}

/** A whole number in a range; anything else is answered with these words. */
const whole = (words: string, least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.number(words).int(words).min(least, words).max(most, words);

const shareWords = 'share is a number from 0 to 1';

const newFault = {
  kind: z.enum(faultKinds, `kind is one of ${faultKinds.join(', ')}`),
  method: z.string().nullable().default(null),
  channel: z.string().nullable().default(null),
  retry_after: whole('retry_after is whole seconds from 0, or null for a 429 without it', 0)
    .nullable()
    .default(30),
  status: whole('status is one from 500 to 599', 500, 599).default(503),
  ms: whole('ms is whole milliseconds from 0', 0).default(3_000),
  share: z.number(shareWords).min(0, shareWords).max(1, shareWords).default(1),
  times: whole('times is a whole number from 1, or null for no end', 1).nullable().default(null),
};

/** POST /_fake/faults/…, rate-limits, scopes, socket/drop: what makes the fake misbehave, and what ends it. */
export const misbehaviour = {
  'faults/add': act(newFault, async (world, given) => {
    const fault = world.faults.add({
      ...given,
      method: targetNamed(world, given.kind, given.method),
      channel: given.channel === null ? null : placeNamed(world, given.kind, given.channel),
    });
    world.changes.tell();
    return fault;
  }),
  'faults/remove': act({ id: z.number() }, async (world, { id }) => {
    if (!world.faults.remove(id)) throw new CannotDo(`there is no fault ${id}`);
    world.holds.release(id);
    return settled(world);
  }),
  'faults/clear': act({}, async (world) => {
    world.faults.clear();
    world.holds.clear();
    world.rates.turn(false);
    world.scopes.giveAllBack();
    return settled(world);
  }),
  'rate-limits': act({ on: z.boolean() }, async (world, { on }) => {
    world.rates.turn(on);
    world.holds.release(null);
    return settled(world);
  }),
  scopes: act({ scope: z.string(), granted: z.boolean() }, async (world, { scope, granted }) => {
    if (!world.scopes.asked.includes(scope)) throw new CannotDo(`manifest.yml does not ask for ${scope}`);
    if (granted) world.scopes.giveBack(scope);
    else world.scopes.take(scope);
    return settled(world);
  }),
  'socket/drop': act(
    {
      reason: z.enum(dropReasons, `reason is one of ${dropReasons.join(', ')}`).default('refresh_requested'),
    },
    async (world, { reason }) => ({ ok: true, dropped: world.sockets.drop(reason) }),
  ),
};

function settled(world: World): { ok: true } {
  world.changes.tell();
  return { ok: true };
}

/** A name that nothing bears would never bite, and nobody would know why. */
function targetNamed(world: World, kind: FaultKind, name: string | null): string | null {
  if (name === null) return null;
  if (kind === 'expired-triggers')
    throw new CannotDo('expired-triggers takes no method: it is about all triggers');
  if (kind === 'duplicate-events') {
    const events = world.manifest.settings.event_subscriptions.bot_events;
    if (!events.includes(name)) throw new CannotDo(`manifest.yml subscribes to no event called ${name}`);
  } else if (!['response_url', 'upload', 'download'].includes(name) && !methods.has(name)) {
    throw new CannotDo(`there is no method called ${name}`);
  }
  return name;
}

function placeNamed(world: World, kind: FaultKind, reference: string): string {
  if (kind === 'expired-triggers')
    throw new CannotDo('expired-triggers takes no channel: it is about all triggers');
  const user = world.workspace.findUser(reference);
  const id = conversationNamed(world, user?.id ?? reference);
  if (id === null || (user === undefined && !world.workspace.channels.has(id))) {
    throw new CannotDo(`there is no channel called ${reference}`);
  }
  return id;
}
