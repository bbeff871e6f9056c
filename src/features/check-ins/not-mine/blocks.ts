import type { ModalView } from '@slack/types';
import { actions, button, type Content, context, section } from '../../../platform/slack/elements.ts';
import { menuOfManyField, personField } from '../../../platform/slack/fields.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Prompt } from '../core/check-in.ts';
import type { Disowning } from './disowning.ts';

export const notMineModal = 'check-in:disown';
export const actionsOfDisowning = { mine: 'check-in:mine', notMine: 'check-in:not-mine-either' } as const;

/** Asks which of their open key results are not theirs, and who may own them; one alone is picked already. */
export function disownModal(prompt: Prompt): ModalView {
  const open = prompt.items.filter(({ answer }) => answer === null);
  const choices = open.map(({ keyResult }) => ({ id: String(keyResult.id), name: keyResult.title }));
  return {
    type: 'modal',
    callback_id: notMineModal,
    private_metadata: JSON.stringify({ occurrence: prompt.occurrenceId }),
    title: { type: 'plain_text', text: 'Not mine', emoji: false },
    submit: { type: 'plain_text', text: 'Ask them', emoji: false },
    close: { type: 'plain_text', text: 'Not now', emoji: false },
    blocks: [
      menuOfManyField({
        blockId: 'which',
        label: 'Which is not yours?',
        choices,
        initial: choices.length === 1 ? choices.map(({ id }) => id) : [],
      }),
      personField({ blockId: 'who', label: 'Who may have it?' }),
      context('I ask them. If it is theirs they own it from then on, and answer for it.'),
    ],
  };
}

/** What the person who was named reads, while they are asked and after. */
export function disownedBlocks({ id, state, title, by }: Disowning): Content {
  const what = `*${inline(title)}*`;
  const text = {
    asked: `${personMention(by)} was asked how the key result ${what} stands, and thinks that it is yours.`,
    taken: `${what} is yours now. Your check-ins ask about it from now on.`,
    declined: `You said that ${what} is not yours. ${personMention(by)} knows.`,
    over: `${what} is settled meanwhile, so nothing is left to say.`,
  }[state];
  const buttons = [
    button("It's mine", actionsOfDisowning.mine, String(id), 'primary'),
    button('Not mine either', actionsOfDisowning.notMine, String(id)),
  ];
  return {
    text: text.replaceAll('*', ''),
    blocks: [section(text), ...(state === 'asked' ? [actions(...buttons)] : [])],
  };
}

/** What became of it, for who said that it is not theirs. */
export function outcomeBlocks({ state, title, key, to }: Disowning): Content {
  const what = `*${inline(title)}*`;
  const text =
    state === 'taken'
      ? `${personMention(to)} has ${what} now.`
      : `${personMention(to)} says that ${what} is not theirs either. It stays with you for now; \`/okr edit ${key}\` names another owner.`;
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}
