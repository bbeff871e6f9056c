import type { Button, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { actions, button, context, section } from '../../platform/slack/elements.ts';
import { fileField, textField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { notice } from '../../platform/slack/modals.ts';
import { escaped, inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { guideActions } from '../setup/guide/actions.ts';
import { importActions, importModals, withinActions } from './actions.ts';
import type { ImportKind, ImportSummary, Preview } from './core/import.ts';
import { countWords, kindWords } from './words.ts';

/** Slack takes no more in one text field. */
export const pasteLimit = 3_000;
export const fileTypes = ['csv', 'tsv', 'txt', 'xlsx'];

/** What somebody sees first: from where it comes, and what they had begun. */
export function beginModal(
  kind: ImportKind,
  {
    canAttach,
    open,
    problem = null,
  }: { canAttach: boolean; open: readonly ImportSummary[]; problem?: string | null },
): ModalView {
  const more = canAttach
    ? 'For more, attach a file.'
    : 'Bring in what is more in parts, each with its headings.';
  return formModal({
    title: titleOf(kind),
    submit: 'Read it',
    callbackId: importModals.begin,
    metadata: { kind },
    blocks: [
      ...(problem === null ? [] : [section(`*Not read:* ${problem}`)]),
      section(
        'From a spreadsheet as it is: headings in the first row, a row for each. You see what would happen before anything is written.',
      ),
      ...open
        .filter((one) => one.kind === kind)
        .slice(0, 3)
        .map((one) =>
          section(
            `*Begun already:* ${nameOf(one)}, by ${personMention(one.by)}`,
            button('Go on', `${withinActions.goOn}/${one.id}`, String(one.id)),
          ),
        ),
      ...(canAttach
        ? [
            fileField({
              blockId: 'file',
              label: 'A file',
              hint: 'CSV or XLSX, 10 MB and 20,000 rows at most.',
              isOptional: true,
              types: fileTypes,
            }),
          ]
        : [context('I may not read files in this workspace. Paste the cells instead.')]),
      textField({
        blockId: 'pasted',
        label: canAttach ? 'Or cells, pasted' : 'Cells, pasted',
        hint: `Copy them with their headings. Slack takes 3,000 characters here. ${more}`,
        limit: pasteLimit,
        isLong: true,
        isOptional: true,
      }),
      ...(kind === 'rocks'
        ? [
            actions(
              button('Propose from channels', `${importActions.channels}/within`, 'rocks'),
              button('Pick from a starter list', `${importActions.starter}/within`, 'rocks'),
            ),
          ]
        : []),
    ],
  });
}

export function titleOf(kind: ImportKind): string {
  return `Bring in ${kindWords[kind]}`;
}

/** While something takes longer than Slack waits. */
export function loadingModal(kind: ImportKind, words: string): ModalView {
  return notice(titleOf(kind), { text: words, blocks: [section(words)] });
}

/** What was brought in, how it is taken back, and what comes next. */
export function doneModal(
  preview: Preview,
  {
    undoUntil,
    zone,
    isSettingUp,
  }: { undoUntil: Temporal.Instant | null; zone: string; isSettingUp: boolean },
): ModalView {
  const { counts, kind, importId } = preview;
  const done = `*Brought in:* ${counts.added} added, ${counts.changed} changed.`;
  const rest = counts.refused + counts['left-out'];
  const quiet =
    kind === 'rocks'
      ? 'Nobody was told. Each owner is asked once, when their team is live.'
      : 'Nobody was told.';
  const blocks = [
    section(rest === 0 ? done : `${done} ${rest} of the sheet stayed out.`),
    ...(undoUntil === null ? [] : [section(`You can take all of it back until ${dayOf(undoUntil, zone)}.`)]),
    section(quiet),
    actions(
      ...(isSettingUp ? [button('Go on setting up', guideActions.back, 'rocks', 'primary')] : []),
      button('Bring in more', withinActions.begin, kind),
      undoButton(withinActions.undo, importId),
    ),
  ];
  return notice(titleOf(kind), { text: done, blocks });
}

/** Asks before it does anything. */
export function undoButton(actionId: string, importId: number, label = 'Undo'): Button {
  const text = (words: string) => ({ type: 'plain_text', text: words, emoji: false }) as const;
  return {
    ...button(label, `${actionId}/${importId}`, String(importId)),
    confirm: {
      title: text('Take it back?'),
      text: text(
        'What came in goes, and what was changed is as before. What somebody has changed since stays.',
      ),
      confirm: text('Take it back'),
      deny: text('Leave it'),
    },
  };
}

/** What was taken back, what stayed, and why. */
export function undoneWords({
  taken,
  kept,
  names,
}: {
  taken: number;
  kept: number;
  names: readonly string[];
}): string {
  const first = `Taken back: ${taken}.`;
  if (kept === 0) return `${first} All is as it was before.`;
  const named = names.map(inline).join(', ');
  const more = kept > names.length ? ` and ${kept - names.length} more` : '';
  return `${first} Kept, because somebody has changed them since or something newer rests on them: ${named}${more}.`;
}

/** A line for one import: "Rocks.xlsx: 112 to add, brought in on 26 Nov by Ana; undo until 3 Dec." */
export function importLine(one: ImportSummary, zone: string): string {
  const what = nameOf(one);
  if (one.state === 'open') return `${what}: begun by ${personMention(one.by)}, not brought in yet.`;
  if (one.state === 'undone') return `${what}: taken back.`;
  const counts = one.counts === null ? '' : ` ${one.counts.added} added, ${one.counts.changed} changed.`;
  const until = one.undoUntil === null ? '' : `; undo until ${dayOf(one.undoUntil, zone)}`;
  return `${what}:${counts} Brought in on ${dayOf(one.at, zone)} by ${personMention(one.by)}${until}.`;
}

const nameOf = (one: ImportSummary): string => inline(plainNameOf(one));

/** What the sheet of an import is called, as a button shows it. */
export function plainNameOf({ name, source }: ImportSummary): string {
  const made = {
    file: 'A file',
    pasted: 'Pasted cells',
    channels: 'From channels',
    starter: 'The starter list',
  };
  return name ?? made[source];
}

export function dayOf(at: Temporal.Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toLocaleString('en-GB', { day: 'numeric', month: 'short' });
}

/** A short word on top of a modal: why it is shown again. */
export function problemBlocks(problem: string | null) {
  return problem === null ? [] : [section(problem)];
}

/** Of all that a preview counts, and what was noticed while it was read. */
export function countBlocks(preview: Preview) {
  const notes = preview.notes.slice(0, 8).map((note) => `• ${escaped(note)}`);
  return [
    section(`*${countWords(preview.counts)}*`),
    ...(notes.length === 0 ? [] : [section(notes.join('\n'))]),
  ];
}
