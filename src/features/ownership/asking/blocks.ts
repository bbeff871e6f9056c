import type { ModalView } from '@slack/types';
import { dayWords } from '../../../platform/core/time-words.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { type Content, context, section } from '../../../platform/slack/elements.ts';
import { textField } from '../../../platform/slack/fields.ts';
import { inline, personMention, quoted, shortened } from '../../../platform/slack/mrkdwn.ts';
import { answerBlocks, cardBlocks, questionWords } from '../blocks.ts';
import type { Answer, RockCard } from '../core/rock.ts';
import { listBlocks } from '../list-blocks.ts';
import { notOursWords, typedWords } from '../misses/blocks.ts';
import type { AskedAs, AskedPeople, MessageAnswer } from './core/asked.ts';

export const askAction = 'owner:ask';
export const askModalId = 'owner:ask';
/** The longest question to an owner, in characters. */
export const longestQuestion = 2_000;

/** What Cairn understands, for whoever said something else. */
export const helpLine: Content = plain(
  'I know who owns what. Ask me `who owns payments?`, or give me a name, a person, a #channel or a link. `/cairn help` shows all that I can do.',
);

/** An answer that everybody in the channel sees: without buttons, and the same for all that is not for everybody. */
export function openBlocks(answer: Answer): Content {
  switch (answer.kind) {
    case 'card': {
      const { card, insteadOf, successor } = answer;
      const note = insteadOf === null ? [] : [`Closest to ${typedWords(insteadOf)}.`];
      const shown = [card, ...(successor === null ? [] : [successor])].map((one) => cardBlocks(one));
      return {
        text: [...note, ...shown.map(({ text }) => text)].join(' '),
        blocks: [...note.map((words) => context(words)), ...shown.flatMap(({ blocks }) => blocks)],
      };
    }
    case 'choice': {
      const names = answer.rocks.map(({ name }) => `*${inline(name)}*`).join(', ');
      const text =
        answer.rocks.length === 1
          ? `I know nothing called ${typedWords(answer.typed)}. Perhaps it is ${names}.`
          : `${questionWords(answer)} I know ${names}.`;
      return { text: text.replaceAll('*', ''), blocks: [section(text)] };
    }
    case 'list':
      return listBlocks(answer);
    case 'nothing': {
      const isNotOurs = answer.miss !== undefined && 'isNotOurs' in answer.miss;
      return plain(
        isNotOurs
          ? notOursWords(answer.typed)
          : `I don't know ${typedWords(answer.typed)} yet. Whoever types \`/owner\` and the name sees what can be done about it.`,
      );
    }
  }
}

/** Whose a message is, for whoever asked with its menu, and how it was found. */
export function messageBlocks(found: MessageAnswer | null, asker: { id: number }): Content {
  if (found === null) {
    return plain(
      "I don't find a rock in the links and words of this message, and none has its home in this channel. `/owner payments` finds one by its name.",
    );
  }
  const shown = answerBlocks(found.answer, asker);
  const note = noteOf(found);
  return { text: `${note} ${shown.text}`, blocks: [context(note), ...shown.blocks] };
}

function noteOf({ by, named }: MessageAnswer): string {
  const what = inline(shortened(named, 200));
  if (by === 'link') return `By the link in the message: ${what}`;
  if (by === 'words') return `By the words of the message: “${what}”.`;
  return 'Nothing in the message names a rock; this is the home of its channel.';
}

/** One question to whoever answers for a rock. `key` tells this press from any other. */
export function askModal(card: RockCard, key: string, people: AskedPeople): ModalView {
  const whom = people.map(({ person }) => personMention(person)).join(' and ');
  return {
    type: 'modal',
    callback_id: askModalId,
    private_metadata: JSON.stringify({ rock: card.id, key }),
    title: { type: 'plain_text', text: 'Ask the owner', emoji: false },
    submit: { type: 'plain_text', text: 'Ask', emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
    blocks: [
      section(`About *${inline(card.name)}*, to ${whom}.`),
      textField({
        blockId: 'question',
        label: 'What would you like to know?',
        limit: longestQuestion,
        isLong: true,
      }),
    ],
  };
}

const because: Record<AskedAs, string> = {
  owner: 'You are asked as its owner.',
  backup: 'You are asked because you stand in for its owner.',
  carrier: 'You are asked because you have it on loan.',
};

/** The question, as it reaches whoever is asked. */
export function questionBlocks(
  asker: { slackId: string | null; name: string },
  card: RockCard,
  question: string,
  as: AskedAs,
): Content {
  const title = `${personMention(asker)} asks about *${inline(card.name)}*:`;
  const words = quoted(question);
  const how = `${because[as]} A message to ${personMention(asker)} answers it.`;
  return {
    text: `${title.replaceAll('*', '')}\n${words}\n${how}`,
    blocks: [section(title), section(words), context(how)],
  };
}

/** What the asker is told when the question is on its way. */
export function askedBlocks(card: RockCard, people: AskedPeople): Content {
  const whom = people.map(({ person, as }) => `${personMention(person)}${asWords[as]}`).join(' and ');
  const lines = [`Your question about *${inline(card.name)}* goes to ${whom}.`];
  if (card.past !== null) {
    const until = dayWords(card.past.until, card.timezone);
    lines.push(`About the past ${personMention(card.past.askPerson)} can be asked too, until ${until}.`);
  }
  return plain(lines.join(' '));
}

const asWords: Record<AskedAs, string> = {
  owner: '',
  backup: ', who stands in for the owner',
  carrier: ', who has it on loan',
};
