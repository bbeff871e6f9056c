import { listPaused } from '../../cadence/operations.ts';
import type { Result } from '../../platform/core/result.ts';
import { within } from '../../platform/core/within.ts';
import type { Caller, CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import type { GrantedScopes } from '../../platform/slack/granted-scopes.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { healthBlocks, letGoAction, tryAgainAction } from './blocks.ts';
import { offWithout } from './core/optional-scopes.ts';
import { deliveryIdInput } from './input.ts';
import { letMessageGo, readHealth, tryAgain } from './operations.ts';

const scopePatienceMs = 800;

export type HealthDeps = PeopleDeps &
  Waking & {
    /** Seconds since this process's heart has last beaten. */
    tickAge(): number;
    scopes: GrantedScopes;
    /** Asks Slack anew what it grants. */
    lookAtScopes(): Promise<void>;
  };

/** Tells Slack's side of `/cairn health` and its buttons. */
export function registerHealth(slack: Registry, deps: HealthDeps): void {
  slack.command({
    noun: 'health',
    usage: [{ typed: '/cairn health', does: 'how Cairn is, and what could not be delivered (for admins)' }],
    run: async (call) => await showHealth(deps, call),
  });
  slack.press(tryAgainAction, async (press) => {
    await decide(deps, press, (actor, id) => tryAgain(deps.db, press.workspaceId, actor, id));
    deps.wake();
  });
  slack.press(letGoAction, async (press) => {
    await decide(deps, press, (actor, id) => letMessageGo(deps.db, press.workspaceId, actor, id));
  });
}

async function showHealth(deps: HealthDeps, call: CommandCall): Promise<Content> {
  if (call.words.length > 0) return unknownVerb('cairn health', call, ['help']);
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  // Whoever has just installed Cairn anew looks here; where Slack takes its time, what was known is shown.
  await within(
    scopePatienceMs,
    deps.lookAtScopes().catch(() => undefined),
  );
  deps.wake();
  return await healthOf(deps, call, actor.value);
}

async function healthOf(deps: HealthDeps, { workspaceId }: Caller, actor: Actor): Promise<Content> {
  const health = await readHealth(deps.db, workspaceId, actor);
  if (!health.ok) return plain(health.words);
  const paused = await listPaused(deps.db, workspaceId);
  return healthBlocks({
    ...health.value,
    paused,
    tickAge: deps.tickAge(),
    off: offWithout(deps.scopes()),
    zone: actor.timezone,
  });
}

async function decide(
  deps: HealthDeps,
  press: Press,
  step: (actor: Actor, deliveryId: string) => Promise<Result<null>>,
): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const decided = await step(actor.value, deliveryIdInput.parse(press.value));
  // Pressed twice, it is as they want it: what is shown anew says so.
  if (!decided.ok && decided.code !== 'not-dead') return await press.reply(plain(decided.words));
  await press.reply(await healthOf(deps, press, actor.value), { replace: true });
}
