import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { momentWords, shortDateWords } from '../../platform/core/time-words.ts';
import { actions, button, context, header, section, sections } from '../../platform/slack/elements.ts';
import { channelMention, inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { comeBackButton } from '../check-ins/leaving/blocks.ts';
import { press as decidePress } from '../decisions/actions.ts';
import type { Decision } from '../decisions/core/decision.ts';
import { dueWords } from '../decisions/words.ts';
import { offLine } from '../health/blocks.ts';
import { sparkline } from '../okrs/reading/core/shown.ts';
import { keyResultLine } from '../okrs/reading/line-blocks.ts';
import { answerButtons, questionWords } from '../ownership/proposals/blocks.ts';
import { press as reviewPress } from '../reviews/actions.ts';
import { settingsAction } from '../setup/blocks.ts';
import { guideActions } from '../setup/guide/actions.ts';
import type { AdminPart, Home } from './core/home.ts';

const mostDecisions = 3;
const mostKeyResults = 6;
const longestLine = 240;
const longestSpark = 13;

/** What is to be decided and waits for the reader, each with the press that does it. */
export function decisionBlocks(decisions: readonly Decision[], today: Temporal.PlainDate): KnownBlock[] {
  const lines = decisions.slice(0, mostDecisions).map((decision) => {
    const { id, number, question } = decision;
    const due = dueWords(decision, today);
    const words = `*Decision ${number}: ${inline(question)}*${due === null ? '' : `\n${due}`}`;
    return section(
      shortenedMrkdwn(words, longestLine),
      button('Decide', `${decidePress.decide}/${id}`, String(id)),
    );
  });
  const left = decisions.length - lines.length;
  return [...lines, ...(left > 0 ? [context('… and more. `/decide open` lists them.')] : [])];
}

/** Questions of the company's own rituals that wait for the reader. */
export function questionBlocks(questions: Home['questions']): KnownBlock[] {
  return questions.map(({ occurrenceId, name }) =>
    section(
      `*${inline(name)}* has questions for you.`,
      button('Answer', `${reviewPress.answer}/${occurrenceId}`, String(occurrenceId)),
    ),
  );
}

/** What an import lists as the reader's and they have said nothing about, with the presses that answer it. */
export function proposalBlocks(proposals: Home['proposals']): KnownBlock[] {
  return proposals
    .slice(0, 1)
    .flatMap(({ id, standing }) => [
      section(`*${questionWords(standing)}*`),
      answerButtons(id, standing.left),
    ]);
}

/** The reader's key results, each with how sure they were at the last check-ins, drawn as small bars. */
export function keyResultBlocks(keyResults: Home['keyResults'], today: Temporal.PlainDate): KnownBlock[] {
  if (keyResults.length === 0) return [];
  const lines = keyResults.slice(0, mostKeyResults).map(({ keyResult, confidences }) => {
    // A quarter of weeks; one answer alone says nothing of a way.
    const spark = sparkline(confidences.slice(-longestSpark));
    const sure = confidences.length < 2 ? '' : `\nconfidence so far ${spark} ${confidences.at(-1)} of 10`;
    return `${shortenedMrkdwn(keyResultLine(keyResult, today), longestLine)}${sure}`;
  });
  const left = keyResults.length - lines.length;
  return [
    header('Your key results'),
    ...sections(lines),
    ...(left > 0 ? [context(`… and ${left} more. \`/okr\` lists them.`)] : []),
  ];
}

/** The rituals that concern the reader, and when they come next by the reader's clock. */
export function ritualBlocks({ rituals, zone, now }: Home): KnownBlock[] {
  if (rituals.length === 0) return [];
  const line = ({ name, channel }: Home['rituals'][number], more: string) =>
    `• *${inline(name)}* in ${channelMention(channel)} · ${more}`;
  const lines = rituals
    .filter(({ leftId }) => leftId === undefined)
    .map((ritual) => line(ritual, momentWords(ritual.at, now, zone)));
  const left = rituals.flatMap((ritual) =>
    ritual.leftId === undefined
      ? []
      : [section(line(ritual, 'you have left it'), comeBackButton(ritual.leftId))],
  );
  return [
    header('Your rituals'),
    ...sections(lines),
    ...left,
    context('`/cadence` has all of them, `/playbook` how each works.'),
  ];
}

/** Reviews in which the reader took part, with their minutes. */
export function minutesBlocks(
  minutes: Home['minutes'],
  today: Temporal.PlainDate,
  zone: string,
): KnownBlock[] {
  if (minutes.length === 0) return [];
  return [
    header('Reviews you took part in'),
    ...minutes.map(({ occurrenceId, name, endedAt }) => {
      const on = shortDateWords(endedAt.toZonedDateTimeISO(zone).toPlainDate(), today);
      return section(
        shortenedMrkdwn(`*${inline(name)}* of ${on}`, longestLine),
        button('Minutes', `${reviewPress.minutes}/${occurrenceId}`, String(occurrenceId)),
      );
    }),
  ];
}

/** For admins: what is not set up, and what needs a hand. */
export function adminBlocks(admin: AdminPart | null): KnownBlock[] {
  if (admin === null) return [];
  const { guide, isNew, missing, off, dead, paused, misses } = admin;
  const count = (many: number, one: string, several: string) =>
    many === 1 ? `one ${one}` : `${many} ${several}`;
  const lines = [
    ...(missing.length === 0 || isNew ? [] : [`• Not set up yet: ${missing.join(' and ')}`]),
    ...off.map(offLine),
    ...(dead === 0
      ? []
      : [`• ${count(dead, 'message', 'messages')} could not be delivered: \`/cairn health\``]),
    ...(paused === 0 ? [] : [`• ${count(paused, 'ritual is', 'rituals are')} paused: \`/cadence list\``]),
    ...(misses === 0 ? [] : [`• ${count(misses, 'question', 'questions')} found nothing: \`/cairn misses\``]),
  ];
  return [
    header('For admins'),
    ...guideBlocks(admin),
    ...sections(
      lines.length > 0 || guide !== null || isNew
        ? lines
        : ['All is well: everything is set up, and nothing waits for a hand.'],
    ),
    ...(isNew ? [] : [actions(button('Set up', settingsAction, 'settings'))]),
  ];
}

/** Where the guided path of `/cairn setup` begins or goes on. */
function guideBlocks({ guide, isNew }: AdminPart): KnownBlock[] {
  if (isNew) {
    return [
      section(
        '*Cairn is not set up yet.* Six steps, about ten minutes, and nobody is messaged meanwhile.',
        button('Set up', guideActions.goOn, 'go-on', 'primary'),
      ),
    ];
  }
  if (guide === null) return [];
  const { done, of, next } = guide;
  return [
    section(
      `*Setting up: ${done} of ${of} done*\nNext: ${next}`,
      button('Go on', guideActions.goOn, 'go-on', 'primary'),
    ),
  ];
}
