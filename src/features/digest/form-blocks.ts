import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { menuOfManyField, textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import { type Line, longest, withWords } from './core/digest.ts';
import type { Digest } from './core/draft.ts';
import { wordsBlock } from './input.ts';
import { lineWords } from './line-words.ts';

export const editModalId = 'digest:edit-form';
export const wordsModalId = 'digest:words-form';

/** What product operations may change of a draft: a note on top, words of lines at risk, and which lines stay. */
export function editModal(digest: Digest, atRisk: readonly Line[], stamp: string): ModalView {
  const { edits, content } = digest;
  const { named } = content.gathered;
  const blocks: KnownBlock[] = [
    textField({
      blockId: 'note',
      label: 'A note on top',
      initial: edits.note ?? undefined,
      limit: longest.note,
      isLong: true,
      isOptional: true,
    }),
    ...atRisk.flatMap((line) => {
      const shown = withWords(line, edits);
      return [
        section(lineWords({ ...shown, said: null }, 400)),
        textField({
          blockId: wordsBlock(line.key),
          label: 'Why it is at risk',
          hint:
            shown.said === null
              ? 'Nobody has said anything. What you write carries your name.'
              : `${shortened(shown.said.by.name, 60)} said this. What you change carries your name.`,
          initial: shown.said?.words,
          limit: longest.words,
          isLong: true,
          isOptional: true,
        }),
      ];
    }),
    ...(named.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'hidden',
            label: 'Take out',
            hint: 'These lines are not sent.',
            choices: named.map(({ key, title }) => ({ id: key, name: title })),
            initial: edits.hidden,
            isOptional: true,
          }),
        ]),
  ];
  return form('Edit the digest', 'Save', editModalId, { digest: digest.id, stamp }, blocks);
}

/** What an owner may say about their own line. */
export function wordsModal(digest: Digest, line: Line): ModalView {
  const shown = withWords(line, digest.edits);
  return form('Add words', 'Save', wordsModalId, { digest: digest.id, key: line.key }, [
    section(`Leaders read about *${inline(shortened(line.title, 90))}*:\n${lineWords(shown, 420)}`),
    textField({
      blockId: 'words',
      label: 'In your words',
      hint: 'They take the place of what was quoted, and carry your name. Left empty, it stays as it was gathered.',
      initial: digest.edits.said[line.key]?.words,
      limit: longest.words,
      isLong: true,
      isOptional: true,
    }),
  ]);
}

function form(
  title: string,
  submit: string,
  callbackId: string,
  metadata: object,
  blocks: KnownBlock[],
): ModalView {
  return formModal({ title, submit, callbackId, metadata, blocks });
}
