import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import {
  channelField,
  menuField,
  peopleField,
  personField,
  textField,
} from '../../../platform/slack/fields.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { disciplineWords } from '../card-words.ts';
import { disciplines, importances, longest, most, rockTypes, weights } from '../core/rock-fields.ts';
import { type FormChoices, linkLines, longestField } from './core/entry.ts';
import { rockForm, rockModals } from './frame-blocks.ts';

/** What a form begins with; people and channel are their Slack ids. */
export type Filled = {
  name: string;
  summary: string | null;
  aliases: readonly string[];
  links: readonly { label: string; url: string }[];
  backups: readonly string[];
  contributors: readonly string[];
  viewers: readonly string[];
  teamId: number | null;
  lineId: number | null;
  channel: string | null;
  type: string;
  discipline: string | null;
  importance: string | null;
  weight: number;
  visibility: string;
};

export const emptyForm: Filled = {
  name: '',
  summary: null,
  aliases: [],
  links: [],
  backups: [],
  contributors: [],
  viewers: [],
  teamId: null,
  lineId: null,
  channel: null,
  type: 'area',
  discipline: null,
  importance: null,
  weight: weights.usual,
  visibility: 'workspace',
};

const worded = (words: readonly string[]) => words.map((id) => ({ id, name: disciplineWords(id) }));
const visibilities = [
  { id: 'workspace', name: 'Everybody in the workspace' },
  { id: 'team', name: 'Its team' },
  { id: 'people', name: 'The people named below' },
];
const weightNames = ['1 · light', '2', '3 · medium', '4', '5 · heavy'];

/** The form of a new rock; `owner` is a Slack id, null leaves the owner open. */
export function addModal(filled: Filled, choices: FormChoices, owner: string | null): ModalView {
  return rockForm('Add a rock', 'Add', rockModals.add, {}, [
    ...nameFields(filled),
    personField({
      blockId: 'owner',
      label: 'Owner',
      hint: 'The one accountable person. Somebody else is asked whether it is theirs.',
      isOptional: true,
      initial: owner ?? undefined,
    }),
    ...restFields(filled, choices),
  ]);
}

/** The form of a rock that is there. Who owns it is not changed here, but handed over. */
export function editModal(
  rock: { id: number; key: string },
  filled: Filled,
  choices: FormChoices,
  stamp: string,
): ModalView {
  const note = `Its key is \`${inline(rock.key)}\`. To change who owns it: \`/handoff ${inline(rock.key)} @ben\`.`;
  return rockForm('Edit a rock', 'Save', rockModals.edit, { rock: rock.id, stamp }, [
    section(note),
    ...nameFields(filled),
    ...restFields(filled, choices),
  ]);
}

function nameFields(filled: Filled) {
  return [
    textField({ blockId: 'name', label: 'Name', limit: longest.name, initial: filled.name }),
    textField({
      blockId: 'summary',
      label: 'What is it?',
      hint: 'One sentence. People find it by these words, too.',
      limit: longest.summary,
      isLong: true,
      isOptional: true,
      initial: filled.summary ?? '',
    }),
    textField({
      blockId: 'aliases',
      label: 'Other names',
      hint: 'What people call it, one a line or with commas between.',
      limit: 1_800,
      isLong: true,
      isOptional: true,
      initial: filled.aliases.join('\n'),
    }),
  ];
}

function restFields(filled: Filled, { teams, lines, channel }: FormChoices) {
  const isOptional = true;
  return [
    peopleField({
      blockId: 'backups',
      label: 'Backups',
      hint: 'Who stands in for the owner, in order.',
      isOptional,
      initial: filled.backups,
      most: most.backups,
    }),
    ...(teams.length === 0
      ? []
      : [
          menuField({
            blockId: 'team',
            label: 'Team',
            isOptional,
            choices: teams.map(({ id, name }) => ({ id: String(id), name })),
            initial: filled.teamId === null ? undefined : String(filled.teamId),
          }),
        ]),
    ...(lines.length === 0
      ? []
      : [
          menuField({
            blockId: 'supports',
            label: 'Supports',
            hint: 'The initiative or intent of the strategy that it serves.',
            isOptional,
            choices: lines.map(({ id, name }) => ({ id: String(id), name })),
            initial: filled.lineId === null ? undefined : String(filled.lineId),
          }),
        ]),
    channelField({
      blockId: 'channel',
      label: 'Home channel',
      isOptional,
      initial: filled.channel ?? channel ?? undefined,
    }),
    textField({
      blockId: 'links',
      label: 'Links',
      hint: 'One a line: Dashboard https://…',
      limit: longestField,
      isLong: true,
      isOptional,
      initial: linkLines(filled.links).shown,
    }),
    menuField({
      blockId: 'type',
      label: 'What kind of thing is it?',
      choices: [
        { id: rockTypes[0], name: 'An area: a part of the product, a metric, a relationship' },
        { id: rockTypes[1], name: 'An activity: pricing, launches, release notes' },
      ],
      initial: filled.type,
    }),
    menuField({
      blockId: 'discipline',
      label: 'Discipline',
      isOptional,
      choices: worded(disciplines),
      initial: filled.discipline ?? undefined,
    }),
    menuField({
      blockId: 'importance',
      label: 'Importance',
      isOptional,
      choices: worded(importances),
      initial: filled.importance ?? undefined,
    }),
    menuField({
      blockId: 'weight',
      label: 'Weight',
      hint: 'How heavy it is to carry. The load of a backpack is the sum of these.',
      choices: weightNames.map((name, index) => ({ id: String(index + 1), name })),
      initial: String(filled.weight),
    }),
    peopleField({
      blockId: 'contributors',
      label: 'Contributors',
      hint: 'Who does a part of it.',
      isOptional,
      initial: filled.contributors,
      most: most.contributors,
    }),
    menuField({
      blockId: 'contribution',
      label: 'Discipline of new contributors',
      hint: 'Those who contribute already keep theirs.',
      isOptional,
      choices: worded(disciplines),
    }),
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
      most: most.viewers,
    }),
  ];
}
