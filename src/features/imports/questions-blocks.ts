import { createHash } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { actions, button, section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { importModals, withinActions } from './actions.ts';
import { titleOf } from './blocks.ts';
import type { Preview } from './core/import.ts';

/** So many are asked at a time. */
export const questionsAtATime = 20;

/** A short name for a key or a choice of any length, the same each time. */
export function shortId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** A page of what only a person can say. What is left open is taken as it is suggested, or the row is refused. */
export function questionsModal(preview: Preview, page: number): ModalView {
  const { questions, answers, kind, importId } = preview;
  const pages = Math.max(1, Math.ceil(questions.length / questionsAtATime));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const shown = questions.slice(at * questionsAtATime, (at + 1) * questionsAtATime);
  const first = at * questionsAtATime + 1;
  const where = pages === 1 ? '' : ` ${first} to ${first + shown.length - 1} of ${questions.length}.`;
  return formModal({
    title: titleOf(kind),
    submit: at + 1 < pages ? 'More' : 'Preview',
    callbackId: importModals.questions,
    metadata: { importId, kind, page: at },
    blocks: [
      section(`*What I could not tell by myself.*${where} What you leave open you can answer later.`),
      ...shown.map(({ key, words, choices, suggested }) => {
        const initial = answers[key] ?? suggested;
        return menuField({
          blockId: `q-${shortId(key)}`,
          label: words,
          isOptional: true,
          choices: choices.map(({ value, name }) => ({ id: shortId(value), name })),
          initial: initial === null ? undefined : shortId(initial),
        });
      }),
      actions(
        button('Back to the columns', withinActions.columns, String(importId)),
        ...(pages > 1 ? [button('Straight to the preview', withinActions.page, `${importId}:0`)] : []),
      ),
    ],
  });
}
