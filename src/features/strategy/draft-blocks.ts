import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import { menuBeside } from '../../platform/slack/fields.ts';
import { quoted } from '../../platform/slack/mrkdwn.ts';
import type { Change } from './core/difference.ts';
import { inOrder, intentsOf, type Strategy } from './core/strategy.ts';
import { changeWords } from './difference-words.ts';
import { choiceOf, editActions } from './frame-blocks.ts';
import { counted } from './line-words.ts';

type Draft = { strategy: Strategy; inForce: { number: number | null } | null; changes: readonly Change[] };

/** The draft with what is new in it, and what can be done with it: the editors' table. */
export function draftBlocks(
  { strategy, inForce, changes }: Draft,
  { isAdmin }: { isAdmin: boolean },
): Content {
  const which = inForce === null ? 'Nothing is published yet.' : `Version ${inForce.number} is in force.`;
  const lines = fitted(
    changes.map((change) => `• ${changeWords(change)}`),
    changes.length,
  );
  const news =
    changes.length === 0
      ? 'The draft says the same.'
      : `The draft has ${counted(changes.length, 'change')} that nobody but editors sees:`;
  const choices = inOrder(strategy).map(choiceOf);
  const menu = menuBeside({ actionId: editActions.line, label: 'Edit a line', choices, initial: '' });
  const many = choices.length > 100 ? ' The first hundred are here; any other: `/strategy edit KEY`.' : '';
  const blocks: KnownBlock[] = [
    header('Draft of the strategy'),
    context(`${which} ${news}`),
    ...sections(lines),
    ...(strategy.vision === null ? [] : sections(['*Vision*', quoted(strategy.vision)])),
    ...(choices.length === 0
      ? [section('There is no intent yet.')]
      : [
          section(
            `${counted(intentsOf(strategy).length, 'intent')}, ${counted(choices.length - intentsOf(strategy).length, 'initiative')}.${many}`,
            menu,
          ),
        ]),
    actions(
      button('Vision', editActions.vision, '0'),
      button('Add an intent', editActions.intent, '0'),
      ...(choices.length === 0 ? [] : [button('Add an initiative', editActions.initiative, '0')]),
      ...(changes.length === 0 ? [] : [button('Publish', editActions.publish, '0', 'primary')]),
      ...(isAdmin ? [button('Editors', editActions.editors, '0')] : []),
    ),
  ];
  return {
    text: ['Draft of the strategy', `${which} ${news}`, ...lines].join('\n').replaceAll('*', ''),
    blocks,
  };
}

/** What a form says once it is kept. */
export function savedContent({ changes }: Pick<Draft, 'changes'>): Content {
  const count =
    changes.length === 0 ? 'says what is in force' : `has ${counted(changes.length, 'change')} now`;
  const words = `Kept. The draft ${count}. Editors alone see it until \`/strategy publish\`.`;
  return { text: words, blocks: [section(words)] };
}
