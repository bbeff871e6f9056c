import type { KnownBlock } from '@slack/types';
import { actions, button, type Content, context, section } from '../../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import type { Listed, Standing } from './core/proposal.ts';

export const proposalsActions = {
  all: 'proposals:all',
  some: 'proposals:some',
  none: 'proposals:none',
  progress: 'proposals:progress',
};

/** So many names stand in the question; the rest is counted. */
const mostNamed = 5;
const longestName = 80;

const rocks = (count: number): string => (count === 1 ? 'one rock' : `${count} rocks`);
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What an import lists as somebody's, until nothing is left to say. */
export function questionBlocks(id: number, standing: Standing, left: readonly Listed[]): Content {
  const words = questionWords(standing);
  const names = namesOf(left);
  return {
    text: `${words} ${names}`,
    blocks: [
      section(`*${words}*\n${names}`),
      answerButtons(id, standing.left),
      context(
        'A rock is what one person carries for all. A list that was brought in names you; until you answer, `/owner` says “unconfirmed”.',
      ),
    ],
  };
}

/** The same in a line, as a Home shows it. */
export function questionWords({ left, mine, notMine }: Standing): string {
  const done = mine + notMine;
  const verb = left === 1 ? 'is' : 'are';
  return done === 0
    ? `${capital(rocks(left))} ${verb} listed as yours. Right?`
    : `${done} of ${done + left} answered. ${left === 1 ? 'One more is' : `${left} more are`} listed as yours. Right?`;
}

function namesOf(left: readonly Listed[]): string {
  const named = left.slice(0, mostNamed).map(({ name }) => shortenedMrkdwn(inline(name), longestName));
  const more = left.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

/** The presses that answer it, in a message and in a Home. */
export function answerButtons(id: number, left: number): KnownBlock {
  const value = String(id);
  return left === 1
    ? actions(
        button('Mine', proposalsActions.all, value, 'primary'),
        button('Not mine', proposalsActions.none, value),
      )
    : actions(
        button('All mine', proposalsActions.all, value, 'primary'),
        button('Some of them', proposalsActions.some, value),
        button('None', proposalsActions.none, value),
      );
}

/** Once, a working day later. */
export function nudgeBlocks(id: number, left: number): Content {
  const what = left === 1 ? 'one rock that is' : `${left} rocks that are`;
  const words = `A gentle reminder of ${what} listed as yours: right, or not?`;
  return { text: words, blocks: [section(words), answerButtons(id, left)] };
}

/** What the message says once all is answered. */
export function thanksBlocks({ mine, notMine }: Standing): Content {
  const words = `Thank you. ${answeredWords(mine, notMine)}`;
  return { text: words, blocks: [section(words)] };
}

export function answeredWords(mine: number, notMine: number): string {
  if (notMine === 0) return `${capital(rocks(mine))} ${mine === 1 ? 'is' : 'are'} yours.`;
  const not = `${rocks(notMine)} ${notMine === 1 ? 'is' : 'are'} not, and nobody owns ${notMine === 1 ? 'it' : 'them'} now`;
  return mine === 0
    ? `${capital(not.replace(' not,', ' not yours,'))}.`
    : `${capital(rocks(mine))} ${mine === 1 ? 'is' : 'are'} yours, ${not}.`;
}

/** What the message before says once a newer one asks for what is left. */
export function askedAnewBlocks(): Content {
  const words = 'More was listed as yours since, so all that is left is asked in a newer message.';
  return { text: words, blocks: [section(words)] };
}

export const takenBack = 'What was listed as yours was taken back, so nothing is asked of you.';
