import type { ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { dateField, personField, textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { type Decision, longest } from '../decisions/core/decision.ts';
import { makingFields } from '../decisions/making-blocks.ts';
import { forms } from './actions.ts';
import { isTouched, type Line } from './core/line.ts';
import type { LineRow, Review } from './core/review.ts';
import { titleOf } from './words.ts';

export const longestTitle = 200;

/** What was decided on a line: `settled` is the decision that is made by it, or in whose place a later one comes. */
export function decideModal(
  line: LineRow,
  settled:
    | (Pick<Decision, 'number' | 'question' | 'options' | 'state'> & { approver: { slackId: string | null } })
    | undefined,
): ModalView {
  const isOpen = settled?.state === 'open';
  return formModal({
    title:
      settled === undefined
        ? 'Decide'
        : isOpen
          ? `Decision ${settled.number}`
          : `Instead of decision ${settled.number}`,
    submit: 'Decide',
    callbackId: forms.decide,
    metadata: { line: line.id },
    blocks: [
      ...(isOpen
        ? [section(`*${inline(settled.question)}*`)]
        : [
            textField({
              blockId: 'question',
              label: 'What is decided?',
              limit: longest.question,
              initial: settled?.question ?? line.title,
            }),
          ]),
      ...makingFields({ options: isOpen ? settled.options : [], approver: settled?.approver ?? null }),
    ],
  });
}

export function actionModal(line: LineRow): ModalView {
  return formModal({
    title: 'Add an action',
    submit: 'Add',
    callbackId: forms.action,
    metadata: { line: line.id },
    blocks: [
      section(`About *${inline(line.title)}*`),
      textField({ blockId: 'title', label: 'What is to be done?', limit: longestTitle }),
      personField({ blockId: 'owner', label: 'Who does it?' }),
      dateField({
        blockId: 'due',
        label: 'By when?',
        hint: 'They are reminded once before and once after.',
      }),
    ],
  });
}

/** Asks before a review is closed, and says what has come of it so far. */
export function closeModal(review: Review, lines: readonly Line[], sum: string | null): ModalView {
  const left = lines.filter((line) => !isTouched(line)).length;
  const so = sum === null ? 'Nothing was written down so far.' : `So far: ${sum}.`;
  const rest =
    left === 0
      ? ''
      : ` ${left === 1 ? 'One line has' : `${left} lines have`} nothing written down; what still matters comes back next time.`;
  return formModal({
    title: 'Close the review?',
    submit: 'Close review',
    close: 'Not yet',
    callbackId: forms.close,
    metadata: { occurrence: review.occurrenceId },
    blocks: [
      section(`*${inline(titleOf(review))}*\n${so}${rest} The minutes go to the channel and the thread.`),
    ],
  });
}
