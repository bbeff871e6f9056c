import type { ModalView } from '@slack/types';
import { actions, button, type Content, section, sections } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline, personMention, quoted, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { laterMenu } from '../check-ins/leaving/blocks.ts';
import { forms, press } from './actions.ts';

export const longestAnswer = 1_000;

/** To who is asked the questions of a ritual of one's own. */
export function askedBlocks(review: { occurrenceId: number; name: string }, questions: number): Content {
  const many = questions === 1 ? 'one question' : `${questions} questions`;
  const words = `*${inline(review.name)}* has ${many} for you. What you say stands in its thread, with your name.`;
  return {
    text: words.replaceAll('*', ''),
    blocks: [
      section(words),
      answerButton(review.occurrenceId),
      { type: 'actions', elements: [laterMenu(review.occurrenceId, press.later)] },
    ],
  };
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

/** The text of a message that is edited takes so much, and its blocks so much, with some room. */
const mostOfText = 3_800;
const mostOfBlocks = 9_000;

/** What somebody answered, for the thread. Where it is more than a message takes, each answer gives way alike. */
export function answersBlocks(
  person: { slackId: string | null; name: string },
  questions: readonly string[],
  answers: readonly string[],
): Content {
  const answered = questions.flatMap((question, index) => {
    const answer = answers[index] ?? '';
    return answer === '' ? [] : [{ question: `*${inline(question)}*`, answer: quoted(answer) }];
  });
  const linesWithin = (most: number) => {
    const fixed = answered.reduce((sum, { question }) => sum + question.length + 2, 100);
    const isLong = answered.reduce((sum, { answer }) => sum + answer.length, fixed) > most;
    const share = isLong ? Math.max(50, Math.floor((most - fixed) / answered.length)) : most;
    return [
      `*${personMention(person)}*`,
      ...answered.flatMap(({ question, answer }) => [
        question,
        ...shortenedMrkdwn(answer, share).split('\n'),
      ]),
    ];
  };
  return {
    text: shortenedMrkdwn(linesWithin(mostOfText).join('\n').replaceAll('*', ''), mostOfText),
    blocks: sections(linesWithin(mostOfBlocks)),
  };
}
