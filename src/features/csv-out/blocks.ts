import type { ModalView } from '@slack/types';
import { type Content, section } from '../../platform/slack/elements.ts';
import { menuField } from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import { type CsvFile, csvTableNames, csvTables } from './core/tables.ts';

export const csvOutAction = 'csv-out:open';
export const csvOutModalId = 'csv-out:choose';
export const title = 'Everything as CSV';

/** Which table somebody wants. */
export function chooseModal(): ModalView {
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    type: 'modal',
    callback_id: csvOutModalId,
    title: words(title),
    submit: words('Send it to me'),
    close: words('Cancel'),
    blocks: [
      section('A file for your spreadsheet, with everything that you may see. It comes in our messages.'),
      menuField({
        blockId: 'table',
        label: 'Which table',
        hint: 'Rocks, objectives and the roadmap can be brought in again from what you get.',
        choices: csvTableNames.map((id) => ({ id, name: csvTables[id] })),
        initial: 'rocks',
      }),
    ],
  };
}

/** While the file is made. */
export function makingModal(): ModalView {
  return notice(title, said('One moment, I am making the file …'));
}

/** That it is there. */
export function sentModal(file: CsvFile): ModalView {
  return notice(title, said(`*${file.title}*: ${rowsOf(file)}. The file is in our messages.`));
}

/** What stands beside the file. */
export function fileWords(file: CsvFile): string {
  return `${file.title}: ${rowsOf(file)}, as you may see them. Not everybody may, so mind whom you give it to.`;
}

function rowsOf({ rows }: CsvFile): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
}

function said(mrkdwn: string): Content {
  return { text: mrkdwn.replaceAll('*', ''), blocks: [section(mrkdwn)] };
}
