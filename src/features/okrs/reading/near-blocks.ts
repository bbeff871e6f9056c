import { actions, button, type Content, section } from '../../../platform/slack/elements.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Near } from './core/near.ts';
import { readingActions } from './list-blocks.ts';

/** Why nothing is shown, and what may have been meant, as buttons. */
export function nearBlocks(words: string, near: readonly Near[]): Content {
  if (near.length === 0) return { text: words, blocks: [section(words)] };
  const question = `${words} Did you mean one of these?`;
  const kinds = { objective: 'objective', 'key-result': 'key result' };
  const lines = near.map(({ of, title }) => `${inline(title)} (${kinds[of.kind]})`);
  const buttons = near.map(({ of, title }, index) =>
    button(title, `${readingActions.show}/${index}`, JSON.stringify(of)),
  );
  return { text: [question, ...lines].join('\n'), blocks: [section(question), actions(...buttons)] };
}
