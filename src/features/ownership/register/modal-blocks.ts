import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import {
  channelField,
  dateField,
  menuField,
  menuOfManyField,
  peopleField,
  personField,
  searchField,
  textField,
} from '../../../platform/slack/fields.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import { disciplines, importances, longest, most, rockTypes, weights } from '../core/rock-fields.ts';
import { rockSearch } from '../misses/blocks.ts';
import { type FormChoices, linkLines, longestField } from './core/entry.ts';
import { choiceId } from './input.ts';

export const rockModals = {
  add: 'rock:add-form',
  edit: 'rock:edit-form',
  setDown: 'rock:set-down-form',
  retire: 'rock:retire-form',
  merge: 'rock:merge-form',
  split: 'rock:split-form',
};

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
  channel: null,
  type: 'area',
  discipline: null,
  importance: null,
  weight: weights.usual,
  visibility: 'workspace',
};

const said = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ');
const worded = (words: readonly string[]) => words.map((id) => ({ id, name: said(id) }));
const visibilities = [
  { id: 'workspace', name: 'Everybody in the workspace' },
  { id: 'team', name: 'Its team' },
  { id: 'people', name: 'The people named below' },
];
const weightNames = ['1 · light', '2', '3 · medium', '4', '5 · heavy'];

/** The form of a new rock; `owner` is a Slack id, null leaves the owner open. */
export function addModal(filled: Filled, choices: FormChoices, owner: string | null): ModalView {
  return form('Add a rock', 'Add', rockModals.add, {}, [
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
  return form('Edit a rock', 'Save', rockModals.edit, { rock: rock.id, stamp }, [
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

function restFields(filled: Filled, { teams, channel }: FormChoices) {
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
      hint: 'How heavy it is to carry. Backpacks are summed up in these.',
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
      label: 'New contributors are of',
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

/** Where somebody says why a rock is set down, and when to look again. */
export function setDownModal(rock: { id: number; name: string }, lookAgainOn: string): ModalView {
  return form('Set it down', 'Set it down', rockModals.setDown, { rock: rock.id }, [
    section(
      `The company chooses not to carry *${inline(rock.name)}* now. It is no gap, and everybody who asks reads why.`,
    ),
    reasonField('Why not now?'),
    dateField({ blockId: 'again', label: 'When shall we look again?', initial: lookAgainOn }),
  ]);
}

export function retireModal(rock: { id: number; name: string }): ModalView {
  return form('Retire it', 'Retire it', rockModals.retire, { rock: rock.id }, [
    section(
      `*${inline(rock.name)}* is over. Its names still lead to a note that says so. If it went into another rock: \`/rock merge\`.`,
    ),
    reasonField('Why is it over?'),
  ]);
}

export function mergeModal(rock: { id: number; name: string }): ModalView {
  return form('Merge it', 'Merge', rockModals.merge, { rock: rock.id }, [
    section(
      `*${inline(rock.name)}* goes into another rock and retires. Whoever asks for it by its names reads where it went.`,
    ),
    searchField({
      blockId: 'rock',
      actionId: rockSearch,
      label: 'Into which rock?',
      placeholder: 'Type a name',
    }),
    menuOfManyField({
      blockId: 'along',
      label: 'What goes along',
      isOptional: true,
      choices: [
        { id: 'links', name: 'Links' },
        { id: 'backups', name: 'Backups' },
      ],
      initial: ['links', 'backups'],
    }),
  ]);
}

export function splitModal(rock: {
  id: number;
  name: string;
  summary: string | null;
  aliases: readonly string[];
  links: readonly { label: string; url: string }[];
  owner: string | null;
}): ModalView {
  const isOptional = true;
  return form('Split it', 'Split', rockModals.split, { rock: rock.id }, [
    section(
      `A part of *${inline(rock.name)}* becomes a rock of its own. Team, channel and the like stay the same.`,
    ),
    textField({ blockId: 'name', label: 'Name of the new one', limit: longest.name }),
    textField({ blockId: 'summary', label: 'What is it?', limit: longest.summary, isLong: true, isOptional }),
    personField({
      blockId: 'owner',
      label: 'Owner of the new one',
      hint: 'Somebody else is asked whether it is theirs.',
      isOptional,
      initial: rock.owner ?? undefined,
    }),
    ...(rock.aliases.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'aliases',
            label: 'Other names that go along',
            isOptional,
            choices: rock.aliases.map((alias) => ({ id: choiceId(alias), name: alias })),
          }),
        ]),
    ...(rock.links.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'links',
            label: 'Links that go along',
            isOptional,
            choices: rock.links.map(({ label, url }) => ({ id: choiceId(url), name: label })),
          }),
        ]),
    textField({
      blockId: 'first-name',
      label: 'Name of the first one',
      limit: longest.name,
      initial: rock.name,
    }),
    textField({
      blockId: 'first-summary',
      label: 'What is the first one, then?',
      limit: longest.summary,
      isLong: true,
      isOptional,
      initial: rock.summary ?? '',
    }),
  ]);
}

function reasonField(label: string) {
  return textField({
    blockId: 'reason',
    label,
    hint: 'A sentence is enough.',
    limit: longest.reason,
    isLong: true,
  });
}

function form(
  title: string,
  submit: string,
  callbackId: string,
  metadata: unknown,
  blocks: ModalView['blocks'],
): ModalView {
  const plainText = (text: string) =>
    ({ type: 'plain_text', text: shortened(text, 24), emoji: false }) as const;
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(metadata),
    title: plainText(title),
    submit: plainText(submit),
    close: plainText('Cancel'),
    blocks,
  };
}
