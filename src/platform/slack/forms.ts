import type { ModalView } from '@slack/types';
import { shortened } from './mrkdwn.ts';

/** A modal that is sent off. `metadata` is what its answer has to bring back, `close` how it is left without one. */
export function formModal(form: {
  title: string;
  submit: string;
  close?: string;
  callbackId: string;
  metadata: unknown;
  blocks: ModalView['blocks'];
}): ModalView {
  const text = (words: string) => ({ type: 'plain_text', text: shortened(words, 24), emoji: false }) as const;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: JSON.stringify(form.metadata),
    title: text(form.title),
    submit: text(form.submit),
    close: text(form.close ?? 'Cancel'),
    blocks: form.blocks,
  };
}
