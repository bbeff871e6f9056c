import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import {
  type Choice,
  menuField,
  menuOfManyField,
  personField,
  searchField,
  textField,
} from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { rockSearch } from '../ownership/misses/blocks.ts';
import { type Horizon, longest, planned } from './core/item.ts';
import { horizonWords } from './core/words.ts';
import { dueField, inNowAlone, placeOf, whyField } from './field-blocks.ts';
import { roadmapModals } from './frame-blocks.ts';

/** What the form of an item begins with; people are their Slack ids, the rest ids as menus have them. */
export type FilledItem = {
  title: string;
  summary: string | null;
  owner: string | null;
  team: string | null;
  rock: Choice | null;
  supports: string | null;
  needs: readonly string[];
  due: string | null;
};
/** What its menus offer. */
export type ItemChoices = { teams: Choice[]; supports: Choice[] };

const isOptional = true;

export function addModal(filled: FilledItem, choices: ItemChoices): ModalView {
  const { titleField, ...fields } = fieldsOf(filled, choices);
  return formModal({
    title: 'Add to the roadmap',
    submit: 'Add',
    callbackId: roadmapModals.add,
    metadata: {},
    blocks: [
      titleField,
      menuField({
        blockId: 'horizon',
        label: 'When?',
        choices: planned.map((id) => ({ id, name: horizonWords[id] })),
        initial: 'later',
      }),
      dueField('Due', inNowAlone, filled.due),
      ...fields.others,
    ],
  });
}

/** `hasDate`: whether it has or had a date, so that a later one needs its words. */
export function editModal(
  item: { id: number; key: string; horizon: Horizon; hasDate: boolean; stamp: string },
  filled: FilledItem,
  choices: ItemChoices,
): ModalView {
  const { titleField, others } = fieldsOf(filled, choices);
  const key = inline(item.key);
  return formModal({
    title: 'Edit an item',
    submit: 'Save',
    callbackId: roadmapModals.edit,
    metadata: { item: item.id, stamp: item.stamp },
    blocks: [
      section(
        `Its key is \`${key}\`, and it is ${placeOf(item.horizon)}. \`/roadmap move ${key}\` moves it.`,
      ),
      titleField,
      dueField('Due', inNowAlone, filled.due),
      ...(item.hasDate ? [whyField('Why does the date move back?', 'Only needed for a later date.')] : []),
      ...others,
    ],
  });
}

function fieldsOf(filled: FilledItem, { teams, supports }: ItemChoices) {
  const titleField = textField({
    blockId: 'title',
    label: 'What is it?',
    hint: 'In words that other teams understand.',
    limit: longest.title,
    initial: filled.title,
  });
  const others: KnownBlock[] = [
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
    searchField({
      blockId: 'rock',
      actionId: rockSearch,
      label: 'Rock',
      placeholder: 'Type a name',
      isOptional,
      initial: filled.rock ?? undefined,
    }),
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
    textField({
      blockId: 'summary',
      label: 'What is it about?',
      limit: longest.summary,
      isLong: true,
      isOptional,
      initial: filled.summary ?? '',
    }),
  ];
  return { titleField, others };
}
