import type { Button, ModalView } from '@slack/types';
import { actions, button, type Content, context, section, sections } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type KeyResult, valueWords } from '../okrs/core/key-result.ts';
import { type Item, longest, type Outcome } from './core/item.ts';
import { outcomeWords } from './core/words.ts';
import { roadmapActions, roadmapModals } from './frame-blocks.ts';

/** As many key results as the question lists. */
const mostNumbers = 8;
const longestLine = 300;

const labels: Record<Outcome, string> = {
  moved: 'It did',
  'too-early': 'Too early',
  'not-moved': 'It did not',
};
const asked: Outcome[] = ['moved', 'too-early', 'not-moved'];

/** The three answers, each of which asks for words. */
export function outcomeButtons(itemId: number): Button[] {
  return asked.map((outcome) =>
    button(labels[outcome], `${roadmapActions.outcome}/${outcome}`, `${itemId}/${outcome}`),
  );
}

/** To the owner of what shipped, in the message of their day. */
export function askBlocks(
  item: Pick<Item, 'id' | 'title'>,
  keyResults: readonly KeyResult[],
  isAgain: boolean,
): Content {
  const title = `*${inline(item.title)}*`;
  const when = isAgain ? 'You said that it was too early.' : 'It shipped a month ago.';
  const question = `${title}: did it move the number? ${when}`;
  const lines = keyResults.slice(0, mostNumbers).map(numberLine);
  return {
    text: [question, ...lines].join('\n').replaceAll('*', ''),
    blocks: [
      ...sections([question, ...lines]),
      actions(...outcomeButtons(item.id)),
      context('You are asked because you own it. Its words stand on the roadmap.'),
    ],
  };
}

/** "• Failed payment rate: 4.2 % → 3.1 %, target 2 %": first and now. */
function numberLine(keyResult: KeyResult): string {
  const words = (value: number | null): string =>
    value === null ? 'no value' : inline(valueWords(value, keyResult));
  const { title, start, current, target } = keyResult;
  return shortenedMrkdwn(
    `• ${inline(title)}: ${words(start)} → ${words(current)}, target ${words(target)}`,
    longestLine,
  );
}

/** What stands in place of the question once it is answered. */
export function answeredBlocks({
  title,
  outcome,
  isAskedAgain,
}: {
  title: string;
  outcome: Outcome;
  isAskedAgain: boolean;
}): Content {
  const again = isAskedAgain ? ' I ask once more in 30 days.' : '';
  const text = `*${inline(title)}*: ${outcomeWords[outcome]}. Thank you.${again}`;
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}

export function outcomeModal(item: Pick<Item, 'id' | 'title'>, outcome: Outcome): ModalView {
  return formModal({
    title: labels[outcome],
    submit: 'Save',
    callbackId: roadmapModals.outcome,
    metadata: { item: item.id, outcome },
    blocks: [
      section(`*${inline(item.title)}*: ${outcomeWords[outcome]}.`),
      textField({
        blockId: 'words',
        label: 'What do you see?',
        hint:
          outcome === 'moved'
            ? 'If you like. Everybody can read it.'
            : 'A sentence is enough. Everybody can read it.',
        limit: longest.why,
        isLong: true,
        isOptional: outcome === 'moved',
      }),
    ],
  });
}
