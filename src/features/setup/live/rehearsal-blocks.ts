import { type Content, context, header, section } from '../../../platform/slack/elements.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { still } from '../../cadences/rehearsal-blocks.ts';

/** A message holds 50 blocks, and the mark of a rehearsal is two of them. */
const mostBlocks = 48;

/** What opens the rehearsal of a team's run. */
export function rehearsalHead(team: string, ritual: string, when: string | null): Content {
  const title = `A rehearsal, for you alone: ${ritual} of ${team}`;
  const words =
    when === null
      ? 'This ritual does not tell beforehand what it would say.'
      : `This is what its run of ${when} would say. Nobody else gets any of it, and its buttons do nothing.`;
  return { text: `${title}. ${words}`, blocks: [header(title), section(inline(words))] };
}

/** One message of the run, as it would read, with its buttons in words. */
export function rehearsed(team: string, where: string, content: Content): Content {
  const mark = `Rehearsal · ${inline(team)} · ${inline(where)}`;
  return {
    text: `${mark}: ${content.text}`,
    blocks: [context(`*${mark}*`), ...content.blocks.slice(0, mostBlocks).map(still)],
  };
}
