import type { ModalView } from '@slack/types';
import { shortened } from '../../../platform/slack/mrkdwn.ts';

export const rockModals = {
  add: 'rock:add-form',
  edit: 'rock:edit-form',
  setDown: 'rock:set-down-form',
  retire: 'rock:retire-form',
  merge: 'rock:merge-form',
  split: 'rock:split-form',
};

/** A modal in which something is said of a rock; `metadata` is what its answer has to bring back. */
export function rockForm(
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
