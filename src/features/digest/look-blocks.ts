import type { KnownBlock } from '@slack/types';
import { dateWords } from '../../platform/core/time-words.ts';
import { type Content, sections } from '../../platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { SeenAction } from './core/seen.ts';

const longestWords = 1_500;

export function actionContent({ title, dueOn, state, owner, by, rock }: SeenAction): Content {
  return contentOf([
    `*${inline(title)}*`,
    [
      state,
      ...(dueOn === null ? [] : [`due ${dateWords(dueOn)}`]),
      `${inline(owner)}, for ${inline(by)}`,
      ...(rock === null ? [] : [inline(rock)]),
    ].join(' · '),
  ]);
}

export function teamContent(team: {
  name: string;
  people: number;
  rocks: number;
  load: number;
  limit: number;
}): Content {
  return contentOf([
    `*${inline(team.name)}*`,
    `${team.people} people carry ${team.rocks} rocks: a load of ${team.load}, and ${team.limit} is enough for all of them together.`,
    'Who carries how much is seen by each person, their lead and admins.',
  ]);
}

function contentOf(lines: readonly string[]): Content {
  const cut = lines.map((line) => shortenedMrkdwn(line, longestWords));
  return { text: cut.join('\n').replaceAll('*', ''), blocks: sections(cut) };
}

/** What a feature shows with buttons, to be looked at alone: in a modal these would have no message to change. */
export function stillContent(content: Content): Content {
  return { ...content, blocks: content.blocks.filter((block: KnownBlock) => block.type !== 'actions') };
}
