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
import type { Change } from './core/difference.ts';
import { intentsOf, type Strategy } from './core/strategy.ts';
import { changeWords } from './difference-words.ts';
import { editActions } from './frame-blocks.ts';
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
  const intents = intentsOf(strategy).length;
  const size = `${counted(intents, 'intent')} and ${counted(strategy.lines.length - intents, 'initiative')} in it.`;
  const blocks: KnownBlock[] = [
    header('Draft of the strategy'),
    context(`${which} ${news}`),
    ...sections(lines),
    section(size),
    actions(
      button('Vision', editActions.vision, '0'),
      button('Add an intent', editActions.intent, '0'),
      ...(intents === 0
        ? []
        : [
            button('Add an initiative', editActions.initiative, '0'),
            button('Edit a line', editActions.line, '0'),
          ]),
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
