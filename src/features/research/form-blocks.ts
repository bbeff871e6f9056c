import type { KnownBlock, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { section } from '../../platform/slack/elements.ts';
import { dateField, numberField, searchField, textField } from '../../platform/slack/fields.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { type Account, longest, mostDays } from './core/account.ts';
import { daysIn } from './core/cool-down.ts';

export const researchModals = {
  log: 'research:log-form',
  queue: 'research:queue-form',
  edit: 'research:edit-form',
};
export const accountSearch = 'research:account-search';

/** Writes a conversation down. `formKey` is of this one form, so that it is kept once however often it is sent off. */
export function logModal(given: {
  account: Pick<Account, 'id' | 'name'> | null;
  newAccount?: string;
  today: Temporal.PlainDate;
  formKey: string;
}): ModalView {
  const { account, newAccount, today, formKey } = given;
  const isOptional = true;
  return frame('Log a conversation', researchModals.log, { form: formKey }, [
    searchField({
      blockId: 'account',
      label: 'Account',
      isOptional,
      actionId: accountSearch,
      placeholder: 'Type a part of its name',
      initial: account === null ? undefined : { id: String(account.id), name: account.name },
    }),
    textField({
      blockId: 'new-account',
      label: 'Or a new account',
      hint: 'Its name, when it is not in the menu above.',
      limit: longest.name,
      isOptional,
      initial: newAccount,
    }),
    textField({
      blockId: 'contact',
      label: 'With whom',
      hint: 'Names or roles, as you would say them.',
      limit: longest.contact,
      isOptional,
    }),
    dateField({ blockId: 'held-on', label: 'When', initial: today.toString() }),
    textField({ blockId: 'topic', label: 'About what', limit: longest.topic }),
    textField({
      blockId: 'notes',
      label: 'Notes',
      hint: 'What was said. Everybody here can find it by its words.',
      limit: longest.notes,
      isLong: true,
      isOptional,
    }),
    textField({
      blockId: 'recording',
      label: 'Link to the recording',
      limit: longest.recording,
      isOptional,
    }),
  ]);
}

/** Queues for an account: about what. */
export function queueModal({ id, name }: Account): ModalView {
  return frame('Queue', researchModals.queue, { account: id }, [
    section(`You are told when *${inline(name)}* can be asked again and it is your turn.`),
    textField({
      blockId: 'topic',
      label: 'About what?',
      hint: 'Others in the queue may ask it for you.',
      limit: longest.topic,
    }),
  ]);
}

/** Changes an account's name and rest. */
export function editModal({ id, name, coolDown }: Account, stamp: string): ModalView {
  return frame('Edit an account', researchModals.edit, { account: id, stamp }, [
    textField({ blockId: 'name', label: 'Name', limit: longest.name, initial: name }),
    numberField({
      blockId: 'days',
      label: 'Rest after a conversation, in days',
      hint: 'For so many days of the calendar nobody else should ask.',
      from: 0,
      to: mostDays,
      initial: daysIn(coolDown),
    }),
  ]);
}

function frame(title: string, callbackId: string, metadata: object, blocks: KnownBlock[]): ModalView {
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(metadata),
    title: words(title),
    submit: words('Keep it'),
    close: words('Cancel'),
    blocks,
  };
}
