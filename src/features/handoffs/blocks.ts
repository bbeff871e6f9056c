import type { Button } from '@slack/types';
import { dayWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, section } from '../../platform/slack/elements.ts';
import { inline, personMention, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Handoff } from './core/handoff.ts';
import { stepsFrom, waitsFor } from './core/machine.ts';

/** `Withdraw` and its like in the list of `/handoff`, where the answer is the list as it is then. */
export const inList = 'list';

/** As long as each line of a list can be in one message. */
export const longestLine = 350;

/** Begins to hand a rock over: opens the modal for the brief. */
export function handOffButton(rockId: number): Button {
  return button('Hand off', 'handoff:start', String(rockId));
}

/** Asks the owner of a rock for it: opens a modal for words. */
export function askForButton(rockId: number): Button {
  return button('Ask for it', 'handoff:ask-for', String(rockId));
}

export function readButton(handoffId: number, isFirst = false): Button {
  return button('Read the brief', 'handoff:read', String(handoffId), isFirst ? 'primary' : undefined);
}

export function declineButton(handoffId: number): Button {
  return button('Decline', 'handoff:decline', String(handoffId));
}

export function withdrawButton(handoffId: number, where?: typeof inList): Button {
  return button('Withdraw', at('handoff:withdraw', where), String(handoffId));
}

/** Ends a loan early, by whoever has it on loan or whose it is. */
export function returnButton(handoffId: number, isCarrier: boolean, where?: typeof inList): Button {
  return button(isCarrier ? 'Give it back' : 'Take it back', at('handoff:return', where), String(handoffId));
}

/** Says that a piece of work is done. */
export function doneButton(handoffId: number): Button {
  return button('Done', 'handoff:done', String(handoffId));
}

/** Says that nobody needs a piece of work any more: asks why. */
export function dropButton(handoffId: number): Button {
  return button('No longer needed', 'handoff:drop', String(handoffId));
}

function at(action: string, where: typeof inList | undefined): string {
  return where === undefined ? action : `${action}/${where}`;
}

/**
 * What one of the two can do about a handoff that waits, as buttons; those whose answer is not waited for may at most
 * take back what they began.
 */
export function waitingButtons(handoff: Handoff, readerId: number, where?: typeof inList): Button[] {
  const { id, kind, state } = handoff;
  const value = String(id);
  const isSender = handoff.sender.id === readerId;
  const isReceiver = handoff.to.id === readerId;
  const can = new Set(
    stepsFrom(kind, state)
      .filter(({ by }) => (isSender && by.includes('sender')) || (isReceiver && by.includes('receiver')))
      .map(({ step }) => step),
  );
  return [
    ...(state === 'asked' && can.has('hand-over')
      ? [button('Hand it over', 'handoff:hand-over', value, 'primary')]
      : []),
    ...(state === 'asked' && can.has('accept')
      ? [button('Read the request', 'handoff:read', value, 'primary')]
      : []),
    ...(state === 'offered' && can.has('accept') ? [readButton(id, true)] : []),
    ...(can.has('offer-again') ? [button('Edit the brief', 'handoff:edit', value, 'primary')] : []),
    ...(can.has('decline') ? [declineButton(id)] : []),
    ...(can.has('withdraw') ? [withdrawButton(id, where)] : []),
  ];
}

/** The same for whoever's answer is waited for. */
export function answerButtons(handoff: Handoff): Button[] {
  return waitingButtons(handoff, waitsFor(handoff) === 'receiver' ? handoff.to.id : handoff.sender.id);
}

/** What whoever waits can do first: take back what they began, if anything. */
export function firstButton(handoff: Handoff): Button | undefined {
  return waitingButtons(handoff, waitsFor(handoff) === 'receiver' ? handoff.sender.id : handoff.to.id)[0];
}

/** One that waits, as whoever has to answer (`isMine`) or who waits for them reads it. */
export function waitingLine(handoff: Handoff, isMine: boolean): string {
  const { sender, to, state, kind, offeredAt } = handoff;
  const what = `*${inline(handoff.title)}*`;
  const other = isMine === (state === 'offered') ? sender : to;
  const reader = other === sender ? to : sender;
  const since = `since ${dayWords(offeredAt, reader.timezone)}`;
  const who = personMention(other);
  const line = (): string => {
    if (state === 'changes-suggested') {
      return isMine
        ? `${what}: ${who} suggested changes to the brief.`
        : `${what}: ${who} has your suggestions.`;
    }
    if (state === 'asked') {
      if (!isMine)
        return `${what}: ${who} knows ${since} that you would like it${kind === 'back' ? ' back' : ''}.`;
      return `${what}: ${who} would like it${kind === 'back' ? ' back' : ''}, ${since}.`;
    }
    return isMine ? `${what} from ${who} waits for you ${since}.` : `${what} waits for ${who} ${since}.`;
  };
  return shortenedMrkdwn(line(), longestLine);
}

/** One paragraph; the text says the same without its stars. */
export function said(mrkdwn: string, ...buttons: Button[]): Content {
  const text = shortenedMrkdwn(mrkdwn.replaceAll('*', ''), 3_000);
  return { text, blocks: [section(mrkdwn), ...(buttons.length === 0 ? [] : [actions(...buttons)])] };
}

/** A thing that is handed over, in bold. */
export function named({ title }: { title: string }): string {
  return `*${inline(title)}*`;
}

export function plainText(text: string) {
  return { type: 'plain_text', text: shortened(text, 24), emoji: false } as const;
}
