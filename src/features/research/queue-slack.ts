import type { Result } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Press, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { accountActions, standingBlocks } from './account-blocks.ts';
import { readStanding } from './account-operations.ts';
import type { Standing } from './core/account.ts';
import { takeSlot, withdraw } from './queue-operations.ts';
import { turnActions } from './turn-blocks.ts';

type Verb = (db: Database, workspaceId: string, actor: Actor, accountId: number) => Promise<Result<Standing>>;

/** Tells what the buttons of a queue do: in answers, which are replaced, and in messages of the day, which stay. */
export function registerQueue(slack: Registry, deps: PeopleDeps & Waking): void {
  const on = (actionId: string, verb: Verb, said: string, replace: boolean) =>
    slack.press(actionId, async (press) => await change(deps, press, { verb, said, replace }));
  on(accountActions.take, takeSlot, 'Good: others see that you contact them.', true);
  on(accountActions.withdraw, withdraw, 'You do not wait for them any more.', true);
  on(turnActions.take, takeSlot, 'Good: others see that you contact them.', false);
  on(turnActions.leave, withdraw, 'You do not wait for them any more.', false);
}

async function change(
  deps: PeopleDeps & Waking,
  press: Press,
  { verb, said, replace }: { verb: Verb; said: string; replace: boolean },
): Promise<void> {
  const { workspaceId } = press;
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const changed = await verb(deps.db, workspaceId, actor.value, id);
  if (changed.ok) deps.wake();
  const now = changed.ok ? changed : await readStanding(deps.db, workspaceId, actor.value, id);
  const words = changed.ok ? said : changed.words;
  await press.reply(now.ok ? standingBlocks(now.value, actor.value, words) : plain(words), { replace });
}
