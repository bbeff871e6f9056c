import type { ModalView } from '@slack/types';
import { type Content, fitted, section, sections } from '../../platform/slack/elements.ts';
import { channelsField, peopleField } from '../../platform/slack/fields.ts';
import type { Change } from './core/difference.ts';
import { most, type Named } from './core/strategy.ts';
import { changeWords } from './difference-words.ts';
import { mostChannels, strategyForm, strategyModals } from './frame-blocks.ts';
import { counted } from './line-words.ts';

/** What publishing would change, and where it is posted. */
export function publishModal(given: {
  next: number;
  hasVersion: boolean;
  changes: readonly Change[];
  channels: readonly string[];
  stamp: string;
}): ModalView {
  const { next, changes, channels, stamp } = given;
  const lines = fitted(
    changes.map((change) => `• ${changeWords(change)}`),
    changes.length,
  );
  const intro =
    changes.length === 0
      ? `The draft says the same as version ${next - 1}. You can post that to more channels.`
      : given.hasVersion
        ? `*What is new since version ${next - 1}*`
        : '*The first version*';
  return strategyForm(
    changes.length === 0 ? 'Post the strategy' : `Publish version ${next}`,
    changes.length === 0 ? 'Post' : 'Publish',
    strategyModals.publish,
    { stamp },
    [
      section(intro),
      ...sections(lines),
      channelsField({
        blockId: 'channels',
        label: 'Post it to',
        hint: 'Each post has a button, I’ve read it, and counts who pressed it.',
        isOptional: true,
        initial: channels,
        most: mostChannels,
      }),
    ],
  );
}

export function editorsModal(editors: readonly Named[]): ModalView {
  const initial = editors.flatMap(({ slackId }) => slackId ?? []);
  return strategyForm('Editors', 'Save', strategyModals.editors, {}, [
    section('Admins write the strategy, and whom they name here. Everybody else reads what is published.'),
    peopleField({ blockId: 'editors', label: 'Editors', isOptional: true, initial, most: most.editors }),
  ]);
}

/** What somebody reads who has named editors. */
export function editorsSaved(count: number): Content {
  const words =
    count === 0
      ? 'Admins alone write the strategy now.'
      : `Admins and ${counted(count, 'editor')} write the strategy now.`;
  return { text: words, blocks: [section(words)] };
}

/** What somebody reads who has published. */
export function publishedContent({
  number,
  posted,
  isNew,
}: {
  number: number;
  posted: number;
  isNew: boolean;
}): Content {
  const where = posted === 0 ? '' : ` It goes to ${counted(posted, 'channel')}.`;
  const words = isNew
    ? `Version ${number} is published.${where}`
    : posted === 0
      ? `Version ${number} is in those channels already.`
      : `Version ${number}:${where}`;
  return { text: words, blocks: [section(words)] };
}
