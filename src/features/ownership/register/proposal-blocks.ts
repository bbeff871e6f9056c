import { actions, button, type Content, section } from '../../../platform/slack/elements.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';

type Who = { slackId: string | null; name: string };

export const proposalActions = { mine: 'rock:mine', notMine: 'rock:not-mine' };

/** To somebody who was named as the owner of a rock. */
export function proposalBlocks({ rockId, name, by }: { rockId: number; name: string; by: Who }): Content {
  const words = `${personMention(by)} says that *${inline(name)}* is yours. Is it? Until you say so, answers call it unconfirmed.`;
  return {
    text: words.replaceAll('*', ''),
    blocks: [
      section(words),
      actions(
        button('Confirm', proposalActions.mine, String(rockId), 'primary'),
        button('Not mine', proposalActions.notMine, String(rockId)),
      ),
    ],
  };
}

/** To whoever named an owner who says no. */
export function notMineBlocks({ rockId, name, by }: { rockId: number; name: string; by: Who }): Content {
  const words = `${personMention(by)} says that *${inline(name)}* is not theirs. Nobody owns it now.`;
  return {
    text: words.replaceAll('*', ''),
    blocks: [section(words), actions(button('Take it', 'owner:take', String(rockId)))],
  };
}

/** To whom it concerns, on the day on which a rock that was set down is to be looked at again. */
export function lookAgainBlocks(rock: { id: number; name: string; reason: string | null }): Content {
  const why = rock.reason === null ? '' : ` It was set down because: ${inline(rock.reason)}`;
  const words = `*${inline(rock.name)}* was set down until today.${why}\nIs it time to carry it again?`;
  return {
    text: words.replaceAll('*', ''),
    blocks: [
      section(words),
      actions(
        button('Take it', 'owner:take', String(rock.id), 'primary'),
        button('Leave it down', 'rock:set-down', String(rock.id)),
      ),
    ],
  };
}
