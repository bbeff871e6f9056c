import type { ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { roadmapModals } from './frame-blocks.ts';

const words = {
  impact: [
    '1: hardly anybody notices',
    '2: some people are better off',
    '3: a number moves a little',
    '4: a number moves clearly',
    '5: it decides about the objective',
  ],
  effort: ['1: days', '2: a week or two', '3: about a month', '4: most of a quarter', '5: a quarter or more'],
  alignment: [
    '1: serves nothing of the strategy',
    '2: touches it',
    '3: supports a line or an objective',
    '4: is needed for it',
    '5: is what the strategy is about',
  ],
} as const;
type Part = keyof typeof words;

/** What a form of scores begins with; null: nothing is picked yet. */
export type FilledScores = Record<Part, number | null>;

/** Three menus, and the formula that is made of them. */
export function scoreModal(
  item: { id: number; title: string; stamp: string },
  filled: FilledScores,
): ModalView {
  const menu = (part: Part, label: string) => {
    const initial = filled[part];
    return menuField({
      blockId: part,
      label,
      choices: words[part].map((name, index) => ({ id: String(index + 1), name })),
      initial: initial === null ? undefined : String(initial),
    });
  };
  return formModal({
    title: 'Score an item',
    submit: 'Save',
    callbackId: roadmapModals.score,
    metadata: { item: item.id, stamp: item.stamp },
    blocks: [
      section(
        `*${inline(item.title)}*\nPriority = impact × alignment ÷ effort, so from 0.2 to 25. The highest comes first in its horizon.`,
      ),
      menu('impact', 'Impact: what does it bring?'),
      menu('alignment', 'Alignment: how much is it what the strategy asks for?'),
      menu('effort', 'Effort: what does it cost?'),
    ],
  });
}
