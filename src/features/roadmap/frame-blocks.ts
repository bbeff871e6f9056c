import type { ModalView } from '@slack/types';
import { shortened } from '../../platform/slack/mrkdwn.ts';

export const roadmapModals = {
  add: 'roadmap:add-form',
  edit: 'roadmap:edit-form',
  move: 'roadmap:move-form',
  score: 'roadmap:score-form',
  outcome: 'roadmap:outcome-form',
};
export const roadmapActions = {
  page: 'roadmap:page',
  add: 'roadmap:add',
  show: 'roadmap:show',
  edit: 'roadmap:edit',
  move: 'roadmap:move',
  score: 'roadmap:score',
  outcome: 'roadmap:outcome',
};

/** A modal of the roadmap; `metadata` is what its answer has to bring back. */
export function roadmapForm(form: {
  title: string;
  submit: string;
  callbackId: string;
  metadata: object;
  blocks: ModalView['blocks'];
}): ModalView {
  const text = (words: string) => ({ type: 'plain_text', text: shortened(words, 24), emoji: false }) as const;
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: JSON.stringify(form.metadata),
    title: text(form.title),
    submit: text(form.submit),
    close: text('Cancel'),
    blocks: form.blocks,
  };
}
