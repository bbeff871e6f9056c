import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import {
  type Choice,
  menuField,
  menuOfManyField,
  peopleField,
  personField,
  textField,
} from '../../../platform/slack/fields.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { longest } from './core/typed.ts';
import { okrModals } from './frame-blocks.ts';

/** What the form of an objective begins with; people are their Slack ids, the rest ids as menus have them. */
export type FilledObjective = {
  title: string;
  owner: string | null;
  reviewer: string | null;
  team: string | null;
  cycle: string | null;
  supports: string | null;
  needs: readonly string[];
  visibility: string;
  viewers: readonly string[];
};

/** What its menus offer. */
export type ObjectiveChoices = { teams: Choice[]; cycles: Choice[]; supports: Choice[] };

/** Where somebody says what they add: an objective, or a key result of one that is there. */
export function whatModal(objectives: readonly { id: number; title: string; cycle: string }[]): ModalView {
  const results = objectives.map(({ id, title, cycle }) => ({
    id: String(id),
    name: `A key result: ${title} (${cycle})`,
  }));
  return formModal({
    title: 'Add to the OKRs',
    submit: 'Next',
    callbackId: okrModals.what,
    metadata: {},
    blocks: [
      menuField({
        blockId: 'what',
        label: 'What do you add?',
        hint: 'A key result goes below an objective of yours or of a team that you lead.',
        choices: [{ id: 'objective', name: 'An objective' }, ...results],
        initial: 'objective',
      }),
    ],
  });
}

export function addObjectiveModal(filled: FilledObjective, choices: ObjectiveChoices): ModalView {
  return formModal({
    title: 'Add an objective',
    submit: 'Add',
    callbackId: okrModals.addObjective,
    metadata: {},
    blocks: fields(filled, choices),
  });
}

export function editObjectiveModal(
  objective: { id: number; key: string },
  filled: FilledObjective,
  choices: ObjectiveChoices,
  stamp: string,
): ModalView {
  const key = inline(objective.key);
  return formModal({
    title: 'Edit an objective',
    submit: 'Save',
    callbackId: okrModals.editObjective,
    metadata: { objective: objective.id, stamp },
    blocks: [
      section(`Its key is \`${key}\`. \`/okr add ${key}\` adds a key result, \`/okr drop ${key}\` drops it.`),
      ...fields(filled, choices),
    ],
  });
}

const visibilities = [
  { id: 'workspace', name: 'Everybody in the workspace' },
  { id: 'team', name: 'Its team' },
  { id: 'people', name: 'The people named below' },
];

function fields(filled: FilledObjective, { teams, cycles, supports }: ObjectiveChoices) {
  const isOptional = true;
  return [
    textField({
      blockId: 'title',
      label: 'Objective',
      hint: 'What will be better, in words that people remember.',
      limit: longest.title,
      initial: filled.title,
    }),
    personField({ blockId: 'owner', label: 'Owner', isOptional, initial: filled.owner ?? undefined }),
    ...(teams.length === 0
      ? []
      : [
          menuField({
            blockId: 'team',
            label: 'Team',
            isOptional,
            choices: teams,
            initial: filled.team ?? undefined,
          }),
        ]),
    menuField({ blockId: 'cycle', label: 'Cycle', choices: cycles, initial: filled.cycle ?? undefined }),
    ...(supports.length === 0
      ? []
      : [
          menuField({
            blockId: 'supports',
            label: 'What does it support?',
            isOptional,
            choices: supports,
            initial: filled.supports ?? undefined,
          }),
        ]),
    personField({
      blockId: 'reviewer',
      label: 'Reviewer',
      hint: "Is told when nobody answers for it. Left open: the team's lead.",
      isOptional,
      initial: filled.reviewer ?? undefined,
    }),
    ...(teams.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'needs',
            label: 'Teams of which it needs something',
            isOptional,
            choices: teams,
            initial: filled.needs,
          }),
        ]),
    menuField({
      blockId: 'visibility',
      label: 'Who may see it?',
      choices: visibilities,
      initial: filled.visibility,
    }),
    peopleField({
      blockId: 'viewers',
      label: 'People who may see it',
      hint: 'Only needed for “the people named below”.',
      isOptional,
      initial: filled.viewers,
    }),
  ];
}
