import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import { textField } from '../../../platform/slack/fields.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { longest } from './core/typed.ts';
import { okrModals } from './frame-blocks.ts';

export type OkrKind = 'objective' | 'key-result';

/** Where somebody says why an objective or a key result is dropped on the way. */
export function dropModal(of: { kind: OkrKind; id: number; title: string }): ModalView {
  const also = of.kind === 'objective' ? ', and its key results with it' : '';
  return formModal({
    title: 'Drop it',
    submit: 'Drop it',
    callbackId: okrModals.drop,
    metadata: { kind: of.kind, id: of.id },
    blocks: [
      section(
        `*${inline(of.title)}* is dropped${also}. Nobody is asked about it any more, and what was said stays.`,
      ),
      textField({
        blockId: 'why',
        label: 'Why is it dropped?',
        hint: 'A sentence is enough.',
        limit: longest.why,
        isLong: true,
      }),
    ],
  });
}
