import type { KnownBlock } from '@slack/types';
import { actions, button, type Content, context, section } from '../../platform/slack/elements.ts';
import { inline, link, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { factWords, standingWords } from './card-words.ts';
import type { Answer, ListedRock, RockCard } from './core/rock.ts';
import { whomToAsk } from './core/whom-to-ask.ts';
import { listBlocks } from './list-blocks.ts';
import { missActions, missBlocks } from './misses/blocks.ts';
import { longestQuery } from './misses/core/miss.ts';

/** The answer to a question, for the asker alone. `asker` decides which buttons make sense. */
export function answerBlocks(answer: Answer, asker: { id: number }): Content {
  switch (answer.kind) {
    case 'card':
      return foundBlocks(answer, asker);
    case 'choice':
      return choiceBlocks(answer.typed, answer.rocks);
    case 'list':
      return listBlocks(answer);
    case 'nothing':
      return missBlocks(answer.typed, answer.miss);
  }
}

/** A rock, who answers for it and how to reach them. Without `asker` it is the shared form, which has no buttons. */
export function cardBlocks(card: RockCard, asker?: { id: number }): Content {
  const summary = card.summary === null ? '' : `\n${shortenedMrkdwn(inline(card.summary), 600)}`;
  const title = `*${inline(card.name)}*${summary}`;
  const standing = standingWords(card);
  const facts = factWords(card);
  const links = card.links.map(({ url, label }) => link(url, label));
  const blocks: KnownBlock[] = [section([title, ...standing].join('\n'))];
  if (facts.length > 0) blocks.push(section(shortenedMrkdwn(facts.join('   '), 1_000)));
  if (links.length > 0) blocks.push(context(...links));
  if (asker !== undefined) blocks.push(cardButtons(card, asker));
  const words = [...standing, ...facts].map((line) => line.replaceAll('*', ''));
  const said = card.summary === null ? [] : [shortenedMrkdwn(inline(card.summary), 500)];
  return { text: [`${inline(card.name)}: ${words.join(' · ')}`, ...said, ...links].join(' · '), blocks };
}

const nothingMore = { summary: null, team: null, channel: null, contributors: [], links: [] };

/** A card, with what was typed where that was not quite its name, and with where a retired rock went. */
function foundBlocks(
  { card, insteadOf, successor }: Extract<Answer, { kind: 'card' }>,
  asker: { id: number },
): Content {
  // Of a rock that went into another one, this is what is still worth knowing; the rest is the other one's card.
  const found = cardBlocks(successor === null ? card : { ...card, ...nothingMore }, asker);
  const note = insteadOf === null ? null : `Closest to “${inline(shortened(insteadOf, 80))}”.`;
  const next = successor === null ? null : cardBlocks(successor, asker);
  const text = note === null ? found.text : `${note} ${found.text}`;
  return {
    text: next === null ? text : `${text}\n${next.text}`,
    blocks: [...(note === null ? [] : [context(note)]), ...found.blocks, ...(next?.blocks ?? [])],
  };
}

function cardButtons(card: RockCard, asker: { id: number }): KnownBlock {
  const id = String(card.id);
  const { owner } = card;
  const answerer = whomToAsk(card)?.person.id;
  const buttons = [
    ...(card.visibility === 'workspace' ? [button('Share', 'owner:share', id)] : []),
    ...(answerer === undefined || answerer === asker.id || owner?.id === asker.id
      ? []
      : [button('Ask the owner', 'owner:ask', id)]),
    ...moveButtons(card, asker),
    button('History', 'owner:history', id),
  ];
  return actions(...buttons);
}

/** How the rock could come into another backpack, as far as it concerns whoever asks. */
function moveButtons(card: RockCard, asker: { id: number }) {
  const id = String(card.id);
  const { owner, loan } = card;
  if (card.state === 'retired') return [];
  if (card.state === 'set-down') return [button('Take it', 'owner:take', id)];
  if (owner === null) return [button('Take it', 'owner:take', id, 'primary')];
  if (owner.id === asker.id) return [button('Hand off', 'handoff:start', id)];
  const canAsk = !owner.isDeactivated && loan?.to.id !== asker.id;
  return canAsk ? [button('Ask for it', 'handoff:ask-for', id)] : [];
}

/** What is asked where it is not sure which rock is meant. */
export function questionWords({ typed, rocks }: { typed: string; rocks: readonly unknown[] }): string {
  const words = `“${inline(shortened(typed, 80))}”`;
  return rocks.length === 1
    ? `I know nothing called ${words}. Do you mean this one?`
    : `Which one do you mean by ${words}?`;
}

/** The rocks that may be meant, best first, and a way on for whoever means none of them. */
function choiceBlocks(typed: string, rocks: ListedRock[]): Content {
  const question = questionWords({ typed, rocks });
  const nameOf = ({ name, state }: ListedRock) => (state === 'retired' ? `${name} (retired)` : name);
  const names = rocks.map((rock) => inline(nameOf(rock))).join(', ');
  return {
    text: `${question} ${names}`,
    blocks: [
      section(question),
      actions(
        ...rocks.map((rock, index) => button(nameOf(rock), `owner:show/${index}`, String(rock.id))),
        button('Something else', missActions.none, typed.slice(0, longestQuery)),
      ),
    ],
  };
}
