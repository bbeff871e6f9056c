import type { InputBlock, ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import { dateField, menuField, personField, textField } from '../../../platform/slack/fields.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { longest } from './core/typed.ts';
import { okrModals } from './frame-blocks.ts';

/** What the form of a key result begins with; people are their Slack ids, numbers as they are typed. */
export type FilledKeyResult = {
  title: string;
  type: string;
  unit: string | null;
  direction: string | null;
  start: string | null;
  target: string | null;
  commitment: string;
  owner: string | null;
  backup: string | null;
  dueOn: string | null;
};

/**
 * The form of a new key result; they are added one after the other, each in a step of its own. `note` says what was done
 * just before. Slack keeps what was typed in fields of the same ids when a form takes another one's place, so each step
 * has ids of its own (`atStep`).
 */
export function addKeyResultModal(
  objective: { id: number; title: string },
  filled: FilledKeyResult,
  { note, step }: { note: string | null; step: number },
): ModalView {
  const of = note ?? `A key result of *${inline(objective.title)}*.`;
  return formModal({
    title: 'Add a key result',
    submit: 'Add',
    close: note === null ? 'Cancel' : 'Done',
    callbackId: okrModals.addKeyResult,
    metadata: { objective: objective.id, step },
    blocks: [
      section(of),
      ...fields(filled).map((field) => ({ ...field, block_id: atStep(field.block_id ?? '', step) })),
    ],
  });
}

/** The id of a field in a step of adding. */
export function atStep(field: string, step: number): string {
  return `${field}/${step}`;
}

export function editKeyResultModal(
  keyResult: { id: number; key: string; objective: string; promised: string | null },
  filled: FilledKeyResult,
  stamp: string,
): ModalView {
  const key = inline(keyResult.key);
  const isOptional = true;
  return formModal({
    title: 'Edit a key result',
    submit: 'Save',
    callbackId: okrModals.editKeyResult,
    metadata: { keyResult: keyResult.id, stamp },
    blocks: [
      section(
        `A key result of *${inline(keyResult.objective)}*. Its key is \`${key}\`; \`/okr drop ${key}\` drops it.`,
      ),
      ...fields(filled),
      ...(keyResult.promised === null ? [] : [section(keyResult.promised)]),
      textField({
        blockId: 'target-why',
        label: 'Why does the target change?',
        hint: 'Only needed when it does.',
        limit: longest.why,
        isOptional,
      }),
      ...(filled.dueOn === null
        ? []
        : [
            textField({
              blockId: 'slip',
              label: 'Why does the day move back?',
              hint: 'Only needed when it does. The first one is kept.',
              limit: longest.why,
              isOptional,
            }),
          ]),
    ],
  });
}

const types = [
  { id: 'number', name: 'A number' },
  { id: 'percent', name: 'A percentage' },
  { id: 'currency', name: 'An amount of money' },
  { id: 'milestone', name: 'A milestone: done or not' },
];
const ways = [
  { id: 'up', name: 'Up: more is better' },
  { id: 'down', name: 'Down: less is better' },
  { id: 'maintain', name: 'Maintain: keep it where it is' },
];
const commitments = [
  { id: 'committed', name: 'Committed: we will reach all of it' },
  { id: 'aspirational', name: 'Aspirational: most of it would be a success' },
];

function fields(filled: FilledKeyResult): InputBlock[] {
  const isOptional = true;
  return [
    textField({
      blockId: 'title',
      label: 'Key result',
      hint: 'What is measured, such as failed payment rate.',
      limit: longest.title,
      initial: filled.title,
    }),
    menuField({ blockId: 'type', label: 'Type', choices: types, initial: filled.type }),
    textField({
      blockId: 'start',
      label: 'Start',
      hint: 'Leave it open if it is still to be found: then the first check-in says it.',
      limit: 40,
      isOptional,
      initial: filled.start ?? '',
    }),
    textField({
      blockId: 'target',
      label: 'Target',
      hint: 'What is to be reached. Only a milestone may leave it open: then it is done or not.',
      limit: 40,
      isOptional,
      initial: filled.target ?? '',
    }),
    textField({
      blockId: 'unit',
      label: 'Unit',
      hint: 'Such as days, EUR or users.',
      limit: longest.unit,
      isOptional,
      initial: filled.unit ?? '',
    }),
    menuField({
      blockId: 'direction',
      label: 'Direction',
      hint: 'Left open: start and target tell it.',
      isOptional,
      choices: ways,
      initial: filled.direction ?? undefined,
    }),
    menuField({
      blockId: 'commitment',
      label: 'Commitment',
      choices: commitments,
      initial: filled.commitment,
    }),
    personField({ blockId: 'owner', label: 'Owner', isOptional, initial: filled.owner ?? undefined }),
    personField({
      blockId: 'backup',
      label: 'Backup',
      hint: 'Answers while the owner is away.',
      isOptional,
      initial: filled.backup ?? undefined,
    }),
    dateField({
      blockId: 'due',
      label: 'Due on',
      hint: 'For milestones and the like. The first day that is promised is kept.',
      isOptional,
      initial: filled.dueOn ?? undefined,
    }),
  ];
}
