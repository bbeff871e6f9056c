import type { Temporal } from 'temporal-polyfill';
import { actions, button, type Content, section } from '../../platform/slack/elements.ts';
import { inline, personMention, shortened } from '../../platform/slack/mrkdwn.ts';
import type { Account, Talk, Who } from './core/account.ts';
import { freeOn } from './core/cool-down.ts';
import { dayMonth } from './core/words.ts';

/** Buttons in messages of the day, which stay where they are when they are pressed. */
export const turnActions = {
  take: 'research:take-turn',
  leave: 'research:leave-turn',
  log: 'research:log-turn',
};

/** To the first in the queue: the account is rested, and it is their turn. */
export function turnBlocks({ account, topic }: { account: Account; topic: string }): Content {
  const about = topic === '' ? '' : ` You wanted to talk about ${inline(shortened(topic, 150))}.`;
  const words = `*${inline(account.name)}* can be asked again, and you are next.${about}`;
  const value = String(account.id);
  return withButtons(words, [
    button("I'll contact them", `${turnActions.take}/${value}`, value, 'primary'),
    button('Not any more', `${turnActions.leave}/${value}`, value),
  ]);
}

/** The same when they have said that they contact it. */
export function takenBlocks({ account }: { account: Account }): Content {
  const words = `You contact *${inline(account.name)}*; others see that.`;
  const value = String(account.id);
  return withButtons(words, [
    button('Log a conversation', `${turnActions.log}/${value}`, value),
    button('Not any more', `${turnActions.leave}/${value}`, value),
  ]);
}

/** To whoever let their turn go by. */
export function lapsedBlocks({ account, next }: { account: Account; next: Who | null }): Content {
  const whose = next === null ? '' : ` It goes to ${personMention(next)}.`;
  return withButtons(
    `Your turn to talk to *${inline(account.name)}* has passed.${whose} \`/research ask ${account.key}\` queues again.`,
  );
}

/** To whoever had the turn while somebody else talked to the account. */
export function backBlocks({
  account,
  last,
  today,
}: {
  account: Account;
  last: Talk;
  today: Temporal.PlainDate;
}): Content {
  const free = freeOn(last.on, account.coolDown);
  const until = free === null ? '' : ` until ${dayMonth(free, today)}`;
  const who = personMention(last.by);
  return withButtons(
    `${who} talked to *${inline(account.name)}* on ${dayMonth(last.on, today)}, so they rest${until}. You keep your place in the queue.`,
  );
}

function withButtons(words: string, buttons: ReturnType<typeof button>[] = []): Content {
  const text = words.replaceAll('*', '');
  return { text, blocks: [section(words), ...(buttons.length === 0 ? [] : [actions(...buttons)])] };
}
