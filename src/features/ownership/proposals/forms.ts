import type { InputBlock, ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import { boxesField, personField, textField } from '../../../platform/slack/fields.ts';
import { longest } from '../core/rock-fields.ts';
import { groupLength, type Listed, pageLength } from './core/proposal.ts';

export const someModalId = 'proposals:some-form';
export const noneModalId = 'proposals:none-form';
export const groupBlock = (index: number): string => `group-${index}`;

const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;

/** A page of what is left, all ticked: what is unticked is not theirs. Sent off, it is answered, and the next one comes. */
export function someModal(id: number, left: readonly Listed[]): ModalView {
  const page = left.slice(0, pageLength);
  const groups = Array.from({ length: Math.ceil(page.length / groupLength) }, (_, index) => {
    const from = index * groupLength;
    const own = page.slice(from, from + groupLength);
    const label =
      page.length <= groupLength ? 'Which are yours?' : `Yours, ${from + 1} to ${from + own.length}`;
    const choices = own.map(({ stintId, name }) => ({ id: String(stintId), name }));
    return boxesField({
      blockId: groupBlock(index),
      label,
      isOptional: true,
      choices,
      initial: choices.map(({ id }) => id),
    });
  });
  const more = left.length - page.length;
  const words = `Untick what is not yours.${more === 0 ? '' : ` ${more} more come after these.`}`;
  return {
    type: 'modal',
    callback_id: someModalId,
    private_metadata: JSON.stringify({ id, shown: page.map(({ stintId }) => stintId) }),
    title: plainText('Which are yours?'),
    submit: plainText(more === 0 ? 'Save' : 'Save, and go on'),
    close: plainText('Back'),
    blocks: [
      section(words),
      ...groups,
      ...whyFields({
        label: 'Why are the others not yours?',
        hint: 'Needed where something is unticked. /owner then says that nobody owns it.',
        isOptional: true,
      }),
    ],
  };
}

/** Nothing of it is theirs: why, and who carries it. */
export function noneModal(id: number, left: readonly Listed[]): ModalView {
  const [first] = left;
  const isOne = left.length === 1 && first !== undefined;
  return {
    type: 'modal',
    callback_id: noneModalId,
    private_metadata: JSON.stringify({ id, count: left.length }),
    title: plainText('Not mine'),
    submit: plainText(isOne ? 'It is not mine' : 'None is mine'),
    close: plainText('Back'),
    blocks: whyFields({
      label: isOne ? 'Why is it not yours?' : `Why are these ${left.length} not yours?`,
      hint: 'Nobody owns what is not yours, and everybody who asks for it reads so.',
      isOptional: false,
    }),
  };
}

function whyFields(reason: { label: string; hint: string; isOptional: boolean }): InputBlock[] {
  return [
    textField({ blockId: 'reason', limit: longest.reason, isLong: true, ...reason }),
    personField({
      blockId: 'suggested',
      label: 'Who carries it?',
      hint: 'If you know. Admins read it; nobody is given anything by this.',
      isOptional: true,
    }),
  ];
}
