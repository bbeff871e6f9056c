import type { ModalView } from '@slack/types';
import { shortened } from '../../../platform/slack/mrkdwn.ts';

export const okrModals = {
  what: 'okr:what-form',
  addObjective: 'okr:objective-add-form',
  editObjective: 'okr:objective-edit-form',
  addKeyResult: 'okr:key-result-add-form',
  editKeyResult: 'okr:key-result-edit-form',
  drop: 'okr:drop-form',
  addCycle: 'okr:cycle-add-form',
  editCycle: 'okr:cycle-edit-form',
};

/** A modal of OKRs; `metadata` is what its answer has to bring back, `close` how it is left without an answer. */
export function okrForm(form: {
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
