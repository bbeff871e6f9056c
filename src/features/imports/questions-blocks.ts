import { createHash } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { actions, button, section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { importModals, withinActions } from './actions.ts';
import { titleOf } from './blocks.ts';
import type { Preview, Question } from './core/import.ts';

/** What a page asks at most. A modal holds 250 kB, of which a choice with a long name in other letters takes 350 bytes. */
const most = { questions: 20, choices: 600 };

/** The pages of what is asked, in the order of the sheet. */
export function questionPages(questions: readonly Question[]): Question[][] {
  const pages: Question[][] = [];
  let choices = 0;
  for (const question of questions) {
    const page = pages.at(-1);
    choices += question.choices.length;
    if (page !== undefined && page.length < most.questions && choices <= most.choices) page.push(question);
    else {
      pages.push([question]);
      choices = question.choices.length;
    }
  }
  return pages;
}

/** A short name for a key or a choice of any length, the same each time. */
export function shortId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** A page of what only a person can say. What is left open is taken as it is suggested, or the row is refused. */
export function questionsModal(preview: Preview, page: number): ModalView {
  const { questions, answers, kind, importId } = preview;
  const pages = questionPages(questions);
  const at = Math.min(Math.max(page, 0), Math.max(pages.length - 1, 0));
  const shown = pages[at] ?? [];
  const first = pages.slice(0, at).flat().length + 1;
  const where = pages.length < 2 ? '' : ` ${first} to ${first + shown.length - 1} of ${questions.length}.`;
  return formModal({
    title: titleOf(kind),
    submit: at + 1 < pages.length ? 'More' : 'Preview',
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
        ...(pages.length > 1 ? [button('Straight to the preview', withinActions.page, `${importId}:0`)] : []),
      ),
    ],
  });
}
