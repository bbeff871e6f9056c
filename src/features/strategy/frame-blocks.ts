import type { KnownBlock, ModalView } from '@slack/types';
import { formModal } from '../../platform/slack/forms.ts';
import type { Line } from './core/strategy.ts';

export const editActions = {
  vision: 'strategy:vision',
  intent: 'strategy:add-intent',
  initiative: 'strategy:add-initiative',
  line: 'strategy:edit-line',
  publish: 'strategy:publish',
  editors: 'strategy:editors',
};
export const strategyModals = {
  vision: 'strategy:vision-form',
  pick: 'strategy:pick-line',
  line: 'strategy:line-form',
  publish: 'strategy:publish-form',
  editors: 'strategy:editors-form',
};
/** As many channels get a version at once. */
export const mostChannels = 10;

/** A modal about the strategy; `metadata` is what its answer has to bring back. */
export function strategyForm(
  title: string,
  submit: string,
  callbackId: string,
  metadata: object,
  blocks: KnownBlock[],
): ModalView {
  return formModal({ title, submit, callbackId, metadata, blocks });
}

/** A line as menus offer it. */
export function choiceOf({ id, kind, title }: Line) {
  return { id: String(id), name: kind === 'intent' ? title : `› ${title}` };
}
