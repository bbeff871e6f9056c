import type { ModalView } from '@slack/types';
import { actions, button, type Content, section, sections } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline, personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { forms, press } from './actions.ts';

export const longestAnswer = 1_000;

/** To who is asked the questions of a ritual of one's own. */
export function askedBlocks(review: { occurrenceId: number; name: string }, questions: number): Content {
  const many = questions === 1 ? 'one question' : `${questions} questions`;
  const words = `*${inline(review.name)}* has ${many} for you. What you say stands in its thread, with your name.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words), answerButton(review.occurrenceId)] };
}

/** The same, a working day later, where no answer came. */
export function nudgeBlocks(review: { occurrenceId: number; name: string }): Content {
  const words = `*${inline(review.name)}* still waits to hear from you. A sentence each is enough.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words), answerButton(review.occurrenceId)] };
}

function answerButton(occurrenceId: number) {
  return actions(button('Answer', `${press.answer}/${occurrenceId}`, String(occurrenceId)));
}

/** In place of the question, once it is answered. */
export function thanksBlocks(review: { occurrenceId: number; name: string }): Content {
  const words = `Thank you, *${inline(review.name)}* has your answers.`;
  const change = actions(
    button('Change them', `${press.answer}/${review.occurrenceId}`, String(review.occurrenceId)),
  );
  return { text: words.replaceAll('*', ''), blocks: [section(words), change] };
}

export function answerModal(
  review: { occurrenceId: number; name: string },
  questions: readonly string[],
  answers: readonly string[],
): ModalView {
  return formModal({
    title: review.name,
    submit: 'Send',
    callbackId: forms.answer,
    metadata: { occurrence: review.occurrenceId },
    blocks: questions.map((question, index) =>
      textField({
        blockId: `answer/${index}`,
        label: question,
        limit: longestAnswer,
        isLong: true,
        isOptional: true,
        initial: answers[index] ?? '',
      }),
    ),
  });
}

/** What somebody answered, for the thread. */
export function answersBlocks(
  person: { slackId: string | null; name: string },
  questions: readonly string[],
  answers: readonly string[],
): Content {
  const lines = [
    `*${personMention(person)}*`,
    ...questions.flatMap((question, index) => {
      const answer = answers[index] ?? '';
      return answer === '' ? [] : [`*${inline(question)}*`, ...quoted(answer).split('\n')];
    }),
  ];
  return { text: lines.join('\n').replaceAll('*', ''), blocks: sections(lines) };
}
