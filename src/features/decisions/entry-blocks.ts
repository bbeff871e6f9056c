import type { KnownBlock, ModalView } from '@slack/types';
import {
  type Choice,
  dateField,
  menuField,
  peopleField,
  personField,
  searchField,
  textField,
} from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { aboutSearch, forms } from './actions.ts';
import { type About, longest, most } from './core/decision.ts';

/** What the form begins with; people are their Slack ids. */
export type Filled = {
  question: string;
  options: readonly string[];
  driver: string | null;
  approver: string | null;
  contributors: readonly string[];
  informed: readonly string[];
  viewers: readonly string[];
  due: string | null;
  about: About | null;
  team: string | null;
  visibility: string;
};

const visibilities: Choice[] = [
  { id: 'workspace', name: 'Everybody in the workspace' },
  { id: 'team', name: 'The team picked above' },
  { id: 'people', name: 'Who has a part in it, and the people below' },
];

/** Writes down what is to be decided; with `decisionId`, changes it. */
export function entryModal(
  filled: Filled,
  teams: readonly Choice[],
  of: { sourceUrl: string | null } | { decisionId: number; number: number; stamp: string },
): ModalView {
  const isNew = 'sourceUrl' in of;
  return formModal({
    title: isNew ? 'Write down a decision' : `Change decision ${of.number}`,
    submit: isNew ? 'Write it down' : 'Save',
    callbackId: isNew ? forms.open : forms.change,
    metadata: isNew ? of : { decision: of.decisionId, stamp: of.stamp },
    blocks: entryFields(filled, teams),
  });
}

function entryFields(filled: Filled, teams: readonly Choice[]): KnownBlock[] {
  const isOptional = true;
  const { about } = filled;
  return [
    textField({
      blockId: 'question',
      label: 'What is to be decided?',
      hint: 'As a question, such as: Do we keep the old checkout until March?',
      limit: longest.question,
      initial: filled.question,
    }),
    textField({
      blockId: 'options',
      label: 'Options',
      hint: 'One a line.',
      limit: 2_100,
      isLong: true,
      isOptional,
      initial: filled.options.join('\n'),
    }),
    personField({
      blockId: 'driver',
      label: 'Driver',
      hint: 'Sees to it that it is made, and is reminded.',
      initial: filled.driver ?? undefined,
    }),
    personField({
      blockId: 'approver',
      label: 'Approver',
      hint: 'The one person whose word counts.',
      initial: filled.approver ?? undefined,
    }),
    dateField({ blockId: 'due', label: 'Decide by', isOptional, initial: filled.due ?? undefined }),
    searchField({
      blockId: 'about',
      label: 'What is it about?',
      hint: 'A rock, an objective or a roadmap item.',
      actionId: aboutSearch,
      placeholder: 'Type a part of its name',
      isOptional,
      initial: about === null ? undefined : choiceOf(about),
    }),
    peopleField({
      blockId: 'contributors',
      label: 'Contributors',
      hint: 'Whose view you would like to hear.',
      isOptional,
      most: most.people,
      initial: filled.contributors,
    }),
    peopleField({
      blockId: 'informed',
      label: 'Informed',
      hint: 'Who is told when it is made.',
      isOptional,
      most: most.people,
      initial: filled.informed,
    }),
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
    menuField({
      blockId: 'visibility',
      label: 'Who may see it?',
      choices: visibilities,
      initial: filled.visibility,
    }),
    peopleField({
      blockId: 'viewers',
      label: 'People who may see it',
      hint: 'Only needed for the last choice above.',
      isOptional,
      most: most.people,
      initial: filled.viewers,
    }),
  ];
}

/** As the menu of what a decision is about offers it. */
export function choiceOf({ kind, id, name }: About): Choice {
  const kinds = { rock: 'rock', objective: 'objective', item: 'roadmap' };
  return { id: `${kind}-${id}`, name: `${name} (${kinds[kind]})` };
}
