import type { ModalView } from '@slack/types';
import { actions, button, section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import { importModals, withinActions } from './actions.ts';
import { problemBlocks, titleOf } from './blocks.ts';
import type { Preview } from './core/import.ts';

/** What a menu gives where a field is in no column. */
export const noColumn = 'none';

/** Which column holds what: guessed, with the first rows as an example. */
export function columnsModal(preview: Preview, problem: string | null = null): ModalView {
  const { columns, fields, mapping, kind, importId } = preview;
  const choices = columns.map((heading, index) => ({
    id: String(index),
    name: heading || `Column ${index + 1}`,
  }));
  return formModal({
    title: titleOf(kind),
    submit: 'Next',
    callbackId: importModals.columns,
    metadata: { importId, kind },
    blocks: [
      ...problemBlocks(problem),
      section(`*Which column holds what?* I have guessed. ${preview.rows.length} rows were read.`),
      section(exampleOf(preview)),
      ...fields.map(({ key, name, isNeeded }) =>
        menuField({
          blockId: `field-${key}`,
          label: name,
          choices: isNeeded ? choices : [{ id: noColumn, name: 'Not in the sheet' }, ...choices],
          initial: mapping[key] === undefined ? (isNeeded ? undefined : noColumn) : String(mapping[key]),
        }),
      ),
      actions(button('Another sheet', withinActions.begin, kind)),
    ],
  });
}

/** The first rows by their headings; a wide or wordy sheet is cut. */
function exampleOf({ columns, sample }: Preview): string {
  const first = sample.slice(0, 3);
  const lines = columns.slice(0, 20).map((heading, index) => {
    const cells = first.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '');
    const shown = cells.map((cell) => inline(shortened(cell, 30))).join(' · ');
    return `*${inline(shortened(heading || `Column ${index + 1}`, 30))}* ${shown || '–'}`;
  });
  return lines.join('\n');
}
