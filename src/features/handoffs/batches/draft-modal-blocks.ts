import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import {
  menuField,
  menuOfManyField,
  peopleField,
  personField,
  textField,
} from '../../../platform/slack/fields.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import { plainText } from '../blocks.ts';
import type { Batch, Move } from './core/batch.ts';
import { mostReceivers } from './modal-blocks.ts';

/** The forms in which a reorganisation is prepared. */
export const modal = {
  begin: 'reorg:begin',
  add: 'reorg:add',
  takeOut: 'reorg:take-out',
  release: 'reorg:release',
};

export const longestTitle = 100;
const longestWords = 2_000;

export function beginModal(): ModalView {
  return {
    type: 'modal',
    callback_id: modal.begin,
    title: plainText('Reorganisation'),
    submit: plainText('Begin'),
    close: plainText('Cancel'),
    blocks: [
      section(
        'Prepared by you alone, in private, for as long as it takes. You find it in our direct messages.',
      ),
      textField({
        blockId: 'title',
        label: 'What is it called?',
        hint: 'Whoever is concerned reads it when you release it.',
        limit: longestTitle,
      }),
    ],
  };
}

export function addModal(batchId: number, teams: readonly { id: number; name: string }[]): ModalView {
  return {
    type: 'modal',
    callback_id: modal.add,
    private_metadata: JSON.stringify({ batch: batchId }),
    title: plainText('Add moves'),
    submit: plainText('Next'),
    close: plainText('Cancel'),
    blocks: [
      section('Whose rocks move? A person’s, a team’s, or one alone.'),
      personField({ blockId: 'person', label: 'A person’s', isOptional: true }),
      ...(teams.length === 0
        ? []
        : [
            menuField({
              blockId: 'team',
              label: 'Or a team’s',
              choices: teams.map(({ id, name }) => ({ id: String(id), name })),
              isOptional: true,
            }),
          ]),
      textField({
        blockId: 'rock',
        label: 'Or one rock',
        hint: 'By its key, name or alias.',
        limit: 200,
        isOptional: true,
      }),
      peopleField({
        blockId: 'receivers',
        label: 'Who takes over',
        hint: `Up to ${mostReceivers} people. In the next step each rock gets one of them, or stays where it is.`,
        most: mostReceivers,
      }),
    ],
  };
}

export function takeOutModal(batchId: number, moves: readonly Move[]): ModalView {
  return {
    type: 'modal',
    callback_id: modal.takeOut,
    private_metadata: JSON.stringify({ batch: batchId }),
    title: plainText('Take some out'),
    submit: plainText('Take them out'),
    close: plainText('Cancel'),
    blocks: [
      menuOfManyField({
        blockId: 'moves',
        label: 'What stays where it is',
        choices: moves.map(({ handoffId, rock, to }) => ({
          id: String(handoffId),
          name: `${shortened(rock.name, 40)} → ${to.name}`,
        })),
      }),
    ],
  };
}

export function releaseModal(batch: Batch, moves: readonly Move[]): ModalView {
  const people = new Set(moves.flatMap(({ from, to }) => (from === null ? [to.id] : [from.id, to.id]))).size;
  return {
    type: 'modal',
    callback_id: modal.release,
    private_metadata: JSON.stringify({ batch: batch.id }),
    title: plainText('Release'),
    submit: plainText('Release all'),
    close: plainText('Not yet'),
    blocks: [
      section(
        `*${inline(batch.title ?? 'Reorganisation')}*: ${moves.length === 1 ? 'one rock is' : `${moves.length} rocks are`} offered at once. ${people === 1 ? 'One person gets' : `${people} people get`} one message each: what goes, what comes. Each rock moves when it is accepted.`,
      ),
      textField({
        blockId: 'why',
        label: 'Why they move',
        hint: 'A sentence for everybody who is concerned.',
        limit: longestWords,
        isLong: true,
      }),
      textField({
        blockId: 'stands',
        label: 'Where things stand',
        hint: 'The facts of each rock are added by themselves.',
        limit: longestWords,
        isLong: true,
        isOptional: true,
      }),
    ],
  };
}
