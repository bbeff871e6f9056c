import type { Button, KnownBlock } from '@slack/types';
import { actions, button, type Content, section } from '../../platform/slack/elements.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import type { Account, Standing } from './core/account.ts';
import { whyNotNow } from './core/queue.ts';
import { type Reader, standingWords } from './standing-words.ts';

export const accountActions = {
  ask: 'research:ask',
  add: 'research:add',
  queue: 'research:queue',
  take: 'research:take',
  withdraw: 'research:withdraw',
  log: 'research:log',
};

/** The answer to `/research ask`: whether to leave them in peace, and what one can do. `said` stands before it. */
export function standingBlocks(standing: Standing, reader: Reader, said = ''): Content {
  const words = `${said === '' ? '' : `${said} `}${standingWords(standing, reader)}`;
  return {
    text: words.replaceAll('*', ''),
    blocks: [section(words), actions(...standingButtons(standing, reader))],
  };
}

function standingButtons(standing: Standing, reader: Reader): Button[] {
  const { account, waits } = standing;
  const value = String(account.id);
  const own = waits.find(({ person }) => person.id === reader.id);
  const canTake = whyNotNow(standing, reader.id) === null && own?.isTaken !== true;
  return [
    ...(canTake ? [button("I'll contact them", accountActions.take, value, 'primary')] : []),
    ...(!canTake && own === undefined
      ? [button('Queue for the next slot', accountActions.queue, value)]
      : []),
    ...(own === undefined ? [] : [button('Withdraw', accountActions.withdraw, value)]),
    button('Log a conversation', accountActions.log, value),
  ];
}

/** The same below a modal's own words: buttons that open forms have no room above three modals. */
export function standingNotice(standing: Standing, reader: Reader, said: string): Content {
  const words = `${said} ${standingWords(standing, reader)}`;
  return { text: words.replaceAll('*', ''), blocks: [section(words)] };
}

/** No account is called so: those that are called nearly so, and the way to add it. */
export function unknownAccountBlocks(typed: string, near: readonly Account[], canAdd: boolean): Content {
  const name = inline(shortened(typed, 60));
  const words =
    near.length === 0
      ? `I know no account called “${name}”.`
      : `I know no account called “${name}”. Did you mean one of these?`;
  const buttons = [
    ...near.map((account) => button(account.name, `${accountActions.ask}/${account.id}`, String(account.id))),
    ...(canAdd ? [button(`Add ${shortened(typed, 60)}`, accountActions.add, typed)] : []),
  ];
  const blocks: KnownBlock[] = [section(words), ...(buttons.length === 0 ? [] : [actions(...buttons)])];
  return { text: words, blocks };
}
