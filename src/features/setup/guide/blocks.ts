import type { KnownBlock, ModalView } from '@slack/types';
import { ago } from '../../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  header,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import { guideActions } from './actions.ts';
import { progressOf, promises, type StepKey, stepBefore, stepKeys } from './core/path.ts';
import type { Guide, Opening } from './guide.ts';
import type { GuideStep } from './step.ts';

export const stepModalId = 'setup:step';
export const firstModalId = 'setup:first';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

export const promise = 'Nobody is messaged until you press *Go live*, and then only the teams you choose.';
const inUse = 'This workspace is in use already, so I am not silenced here: what I send goes on being sent.';

type First = Opening & { kind: 'first' };

/** What will happen, before anybody began: in an empty workspace with the promise. */
export function firstBlocks(opening: First): KnownBlock[] {
  return [
    header('Set Cairn up'),
    ...claimBlocks(opening.claim),
    section('Six steps, about ten minutes. Leave whenever you like: `/cairn setup` goes on where you were.'),
    section(stepKeys.map((key, at) => `${at + 1}. ${promises[key]}`).join('\n')),
    section(opening.isEmpty ? `*Promised:* ${promise}` : inUse),
  ];
}

/** The same as the answer to `/cairn setup`. */
export function firstContent(opening: First): Content {
  const blocks = [...firstBlocks(opening), actions(...firstButtons(opening))];
  const text = [
    'Set Cairn up in six steps and about ten minutes.',
    ...(opening.claim === null ? [] : [claimWords[opening.claim]]),
    opening.isEmpty ? promise.replaceAll('*', '') : inUse,
  ];
  return { text: text.join('\n'), blocks };
}

/** The same as a modal, which is what a Home can open. */
export function firstModal(opening: First): ModalView {
  return {
    type: 'modal',
    callback_id: firstModalId,
    title: words('Set Cairn up'),
    submit: words('Begin'),
    close: words('Later'),
    blocks: firstBlocks(opening),
  };
}

const claimWords = {
  installed:
    'You are the first here, so I take you for the one who installed me. Begin makes you an admin of Cairn.',
  follows:
    'Whoever began this has left, and no other admin is here. Begin makes you an admin of Cairn, and you go on where they were.',
};

function claimBlocks(claim: First['claim']): KnownBlock[] {
  return claim === null ? [] : [section(claimWords[claim].replace('Begin', '*Begin*'))];
}

function firstButtons({ claim }: First) {
  const begin = button('Begin', guideActions.begin, 'begin', 'primary');
  return claim === null ? [begin, button('All settings', guideActions.page, 'page')] : [begin];
}

/** What stays in a message whose path is walked in a modal above it: a count would be wrong after the next step. */
export function begunContent(): Content {
  const words = 'Cairn is being set up. Leave whenever you like: *Go on* takes you back to where you were.';
  return {
    text: words.replaceAll('*', ''),
    blocks: [
      section(words),
      actions(
        button('Go on', guideActions.goOn, 'go-on', 'primary'),
        button('All settings', guideActions.page, 'page'),
      ),
    ],
  };
}

/** How far it is, with one press to go on. */
export function progressContent(guide: Guide): Content {
  const line = progressLine(guide);
  const { done, of } = progressOf(guide.steps);
  const steps = guide.steps.map((step, at) => stepLine(step, at, step.key === guide.step));
  const isOver = done === of;
  return {
    text: [line, ...steps].join('\n').replaceAll('*', ''),
    blocks: [
      header(line),
      section(steps.join('\n')),
      ...movedBlocks(guide),
      actions(
        button(
          isOver ? 'Look again' : 'Go on',
          guideActions.goOn,
          'go-on',
          ...(isOver ? [] : ['primary' as const]),
        ),
        button('All settings', guideActions.page, 'page'),
      ),
    ],
  };
}

/** "Setting up: 3 of 6 done" */
export function progressLine({ steps }: Pick<Guide, 'steps'>): string {
  const { done, of } = progressOf(steps);
  return done === of ? `Set up: all ${of} steps are done` : `Setting up: ${done} of ${of} done`;
}

/**
 * The modal of one step: where it stands among the others, how it is, and what can be done. Sending it off goes on. `more`
 * are its own fields; `said` what was just done.
 */
export function stepModal(
  guide: Guide,
  key: StepKey,
  metadata: string,
  { more = [], said = [] }: { more?: readonly KnownBlock[]; said?: readonly string[] } = {},
): ModalView {
  const at = guide.steps.findIndex((step) => step.key === key);
  const step = guide.steps[at];
  if (step === undefined) throw new Error(`the guide has no step ${key}`);
  const isLast = at === guide.steps.length - 1;
  const before = stepBefore(key);
  const back = before === null ? [] : [button('Back', guideActions.back, before)];
  const buttons = [...step.buttons, ...back];
  return {
    type: 'modal',
    callback_id: stepModalId,
    private_metadata: metadata,
    title: words('Set Cairn up'),
    submit: words(isLast ? 'Done' : onward(step)),
    close: words('Later'),
    blocks: [
      context(guide.steps.map((one, index) => stepLine(one, index, one.key === key)).join('\n')),
      header(`${at + 1}. ${step.title}`),
      ...sections(said),
      ...sections(step.lines),
      ...more,
      ...movedBlocks(guide),
      ...(buttons.length === 0 ? [] : [actions(...buttons)]),
    ],
  };
}

/** What is left undone on purpose says so; owners answer in their own time. */
function onward({ key, isDone }: GuideStep): string {
  return isDone || key === 'who' || key === 'owners' ? 'Next' : 'Skip for now';
}

function stepLine({ title, isDone }: GuideStep, at: number, isHere: boolean): string {
  const mark = isDone ? `${at + 1}. :white_check_mark:` : `${at + 1}.`;
  return isHere ? `${mark} *${title}*` : `${mark} ${title}`;
}

/** Another admin may be on it at the same time: who was there last is said to all. */
function movedBlocks({ moved: { by, at }, now, zone }: Guide): KnownBlock[] {
  return by === null ? [] : [context(`${personMention(by)} was here last, ${ago(at, now, zone)}.`)];
}
