import { actions, button, type Content, section } from '../../platform/slack/elements.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import { said } from '../handoffs/blocks.ts';
import type { PersonRef } from '../ownership/core/rock.ts';
import type { Departure, ReleasedRock } from './core/departure.ts';
import { list, names, restoredLines } from './line-words.ts';

/** Whoever stands in keeps a rock for good. */
export const keepAction = 'departure:keep';

/** To whoever is there again and had something that was released. */
export function welcomeBlocks(rocks: readonly ReleasedRock[]): Content {
  const lines = restoredLines(rocks, 'you carry');
  return said(['Good to have you back.', ...lines].join('\n'));
}

/** To whoever stands in for somebody from now on; what they keep for good is theirs, and said so. */
export function actingBlocks(
  { id, person }: Pick<Departure, 'id' | 'person'>,
  rocks: readonly Pick<ReleasedRock, 'id' | 'name' | 'isUntouched' | 'owner' | 'acting'>[],
): Content {
  const open = rocks.filter(({ isUntouched }) => isUntouched);
  const kept = rocks.filter((rock) => !rock.isUntouched && rock.owner?.id === rock.acting?.id);
  const one = open.length === 1;
  const words = [
    ...(open.length === 0
      ? []
      : [
          `${personMention(person)} has left. You are the backup of ${names(open)}, so you are ${one ? 'its' : 'their'} acting owner now: people who ask are sent to you. Who carries ${one ? 'it' : 'them'} on is being decided, and it need not be you. Thank you for standing in.`,
        ]),
    ...list(kept, (own) => `${names(own)} ${own.length === 1 ? 'is' : 'are'} yours for good now. Thank you.`),
    ...(open.length + kept.length === 0
      ? [`${personMention(person)} had left, and you stood in. All of it has moved on. Thank you.`]
      : []),
  ].join('\n');
  const buttons = open
    .slice(0, mostButtons)
    .map((rock) => button(`Keep ${rock.name}`, `${keepAction}/${rock.id}`, `${id}:${rock.id}`));
  return {
    text: words.replaceAll('*', ''),
    blocks: [section(words), ...(buttons.length === 0 ? [] : [actions(...buttons)])],
  };
}

/** As many buttons as stand in one row of Slack's; whoever stands in for more keeps these first. */
const mostButtons = 25;

/** To whoever stood in, when the person is there again. */
export function stoodInBlocks(person: PersonRef, rocks: readonly { name: string }[]): Content {
  return said(
    `${personMention(person)} is back and carries ${names(rocks)} again. You are the backup, as before. Thank you for standing in.`,
  );
}

/** In the place of what asked whoever stood in, when the person is there again; what there is to say is said anew. */
export function overBlocks(person: PersonRef): Content {
  return said(`${personMention(person)} had left, and you stood in. That is over: they are back.`);
}
