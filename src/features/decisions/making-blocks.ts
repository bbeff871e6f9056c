import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { dateField, menuField, personField, textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { forms } from './actions.ts';
import { type Decision, longest } from './core/decision.ts';

/** How an open decision was made. */
export function makeModal(decision: Decision): ModalView {
  return formModal({
    title: `Decision ${decision.number}`,
    submit: 'Decide',
    callbackId: forms.make,
    metadata: { decision: decision.id },
    blocks: [section(`*${inline(decision.question)}*`), ...makingFields(decision)],
  });
}

/** A later decision in the place of one that was made. */
export function supersedeModal(decision: Decision): ModalView {
  const { id, number, question, outcome } = decision;
  return formModal({
    title: `Instead of decision ${number}`,
    submit: 'Decide',
    callbackId: forms.supersede,
    metadata: { decision: id },
    blocks: [
      section(
        `Decision ${number} stays readable, and says that a later one took its place.\n> ${inline(outcome ?? '')}`,
      ),
      textField({
        blockId: 'question',
        label: 'What is decided?',
        limit: longest.question,
        initial: question,
      }),
      ...makingFields({ ...decision, options: [] }),
    ],
  });
}

/** What is said of any decision that is made: what, why, who approved it, when to look again. */
export function makingFields({
  options,
  approver,
}: {
  options: readonly string[];
  approver: { slackId: string | null } | null;
}): KnownBlock[] {
  return [
    ...(options.length === 0
      ? []
      : [
          menuField({
            blockId: 'option',
            label: 'Which option?',
            hint: 'Or say it in words below.',
            isOptional: true,
            choices: options.map((option, index) => ({ id: String(index), name: option })),
          }),
        ]),
    textField({
      blockId: 'outcome',
      label: 'What did you decide?',
      limit: longest.outcome,
      isLong: true,
      isOptional: options.length > 0,
    }),
    textField({ blockId: 'why', label: 'Why?', limit: longest.why, isLong: true }),
    personField({
      blockId: 'approver',
      label: 'Who approved it?',
      initial: approver?.slackId ?? undefined,
    }),
    dateField({
      blockId: 'look-again',
      label: 'Look at it again on',
      hint: 'The driver is asked then whether it still holds.',
      isOptional: true,
    }),
  ];
}

/** That it still holds, and when to look the next time. */
export function keepModal({ id, number, question }: Decision): ModalView {
  return formModal({
    title: `Decision ${number}`,
    submit: 'It still holds',
    callbackId: forms.keep,
    metadata: { decision: id },
    blocks: [
      section(`*${inline(question)}*`),
      dateField({
        blockId: 'look-again',
        label: 'Look at it again on',
        hint: 'Left empty: nobody is asked again.',
        isOptional: true,
      }),
    ],
  });
}
