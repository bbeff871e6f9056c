import type { KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  type Content,
  fitted,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { menuField, textField } from '../../../platform/slack/fields.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import type { Cycle } from '../core/cycle.ts';
import { valueWords } from '../core/key-result.ts';
import { suggestedScore } from '../core/score.ts';

import { type Calibration, leanWords } from './core/calibration.ts';
import { suggestedFate } from './core/grade.ts';
import type { GradeRow } from './core/grade-row.ts';
import type { Tally } from './core/tally.ts';
import { gradingActions, gradingModals } from './ids.ts';
import { scoreLine } from './results-blocks.ts';

type Named = Pick<Cycle, 'id' | 'key'>;

const counted = (count: number) => (count === 1 ? 'one key result' : `${count} key results`);
const gradedWords = ({ graded, total }: Tally) => `${graded} of ${total} graded`;

/** The channel's message while a cycle is graded, and once it is closed. */
export function parentBlocks(cycle: Named, tally: Tally, { isClosed = false } = {}): Content {
  const key = inline(cycle.key);
  if (isClosed) {
    const text = `${key} is closed: ${gradedWords(tally)}. The results are in this channel.`;
    return { text, blocks: [section(text)] };
  }
  const text = `${key} is being graded: ${gradedWords(tally)}.`;
  return {
    text,
    blocks: [
      section(text),
      actions(
        button('Grade', gradingActions.grade, String(cycle.id)),
        button(`Close ${cycle.key}`, gradingActions.close, String(cycle.id)),
      ),
    ],
  };
}

/** What a person's message of the day says: what is left for them to grade, or that all is. */
export function promptPart(cycle: Named, { graded, total }: Tally): Content {
  const key = inline(cycle.key);
  const left = total - graded;
  const again = button(
    left > 0 ? 'Grade' : 'Change it',
    gradingActions.grade,
    String(cycle.id),
    left > 0 ? 'primary' : undefined,
  );
  const text =
    left > 0
      ? `${key} ends. How did it go with ${counted(left)} of yours?`
      : `Thank you, ${counted(total)} of yours in ${key} ${total === 1 ? 'is' : 'are'} graded.`;
  const why = button('Why am I seeing this?', gradingActions.why, String(cycle.id));
  return { text, blocks: [section(text), actions(again, ...(left > 0 ? [why] : []))] };
}

/** The same once the cycle is closed: their own results, and the way to how sure they were. */
export function gradedPart(cycle: Named, own: readonly GradeRow[], sure: Calibration | null): Content {
  const lines = own.map((row) => `${scoreLine(row.score, row.commitment)} · ${inline(row.title)}`);
  const words = sure === null ? [] : [`For you alone: you were ${leanWords(sure.lean)}.`];
  const said = [`${inline(cycle.key)} is closed. Thank you.`, ...words, ...fitted(lines, lines.length)];
  return {
    text: shortenedMrkdwn(said.join('\n'), 3_500),
    blocks: [...sections(said), actions(button('How sure was I?', gradingActions.sure, String(cycle.id)))],
  };
}

/** How many key results a modal asks about; more come in steps. */
export const perStep = 10;

/** Where somebody grades: what they owe, in steps of ten. `nextKey` names where it is carried over to. */
export function gradeModal(cycle: Named, rows: readonly GradeRow[], nextKey: string): ModalView {
  const step = rows.slice(0, perStep);
  const blocks: KnownBlock[] = step.flatMap((row) => gradeFields(row, nextKey));
  if (rows.length > step.length) blocks.unshift(section(`${rows.length} to grade, ten at a time.`));
  return formModal({
    title: `Grade ${cycle.key}`,
    submit: rows.length > step.length ? 'Next' : 'Save',
    callbackId: gradingModals.grade,
    metadata: { cycle: cycle.id, items: step.map(({ id }) => id) },
    blocks,
  });
}

function gradeFields(row: GradeRow, nextKey: string): KnownBlock[] {
  const { id, title, objective, commitment } = row;
  const suggested = suggestedScore(row);
  const score = row.score ?? suggested;
  const isMenuOfMiss = row.fate ?? suggestedFate(score, commitment);
  return [
    section(`*${inline(title)}* · ${commitment}\n${inline(objective)}\n${endWords(row)}`),
    textField({
      blockId: `score/${id}`,
      label: 'Score',
      hint: 'From 0.0 to 1.0.',
      initial: score?.toFixed(1),
      limit: 10,
    }),
    textField({
      blockId: `words/${id}`,
      label: 'What happened?',
      initial: row.words ?? undefined,
      limit: 1000,
      isLong: true,
      isOptional: true,
    }),
    menuField({
      blockId: `fate/${id}`,
      label: 'And now?',
      choices: [
        { id: 'done', name: 'Done with it' },
        { id: 'carry', name: `Carry over into ${nextKey}` },
        { id: 'drop', name: 'Drop it' },
      ],
      initial: isMenuOfMiss,
    }),
  ];
}

/** "2.1 %, target 2 % · started at 4.2 %": where it ended, without a word on whether that is well. */
function endWords(row: GradeRow): string {
  const { current, start, target } = row;
  const at = current === null ? 'No value yet' : valueWords(current, row);
  const to =
    row.direction === 'maintain'
      ? `to be kept at ${valueWords(target, row)}`
      : `target ${valueWords(target, row)}`;
  const from = start === null ? '' : ` · started at ${valueWords(start, row)}`;
  return inline(`${at}, ${to}${from}`);
}

/** Asks before a cycle is graded or closed, and says what will happen. */
export function closeModal(
  cycle: Pick<Cycle, 'id' | 'key' | 'state'>,
  {
    tally,
    people,
    missing,
    nextKey,
  }: { tally: Tally; people: number; missing: readonly string[]; nextKey: string },
): ModalView {
  const key = inline(cycle.key);
  const asked = people === 1 ? 'one person is' : `${people} people are`;
  const words =
    cycle.state === 'active'
      ? [
          `*${key}* has ${counted(tally.total)}. When its grading starts, ${asked} asked, each in one message, to say how it went.`,
          'Check-ins do not ask about it any more, and nothing is added to it. The channels of its teams see how far the grading is.',
        ]
      : [
          `*${key}*: ${gradedWords(tally)}. When it is closed, its results are posted in the channels of its teams, and nothing in it changes any more.`,
          `What was chosen to be carried over goes into ${inline(nextKey)}.`,
          ...(missing.length > 0
            ? [
                `These stay as they are, shown as “not graded”:\n${missing.map((it) => `• ${inline(it)}`).join('\n')}`,
              ]
            : []),
        ];
  const isActive = cycle.state === 'active';
  return formModal({
    title: isActive ? `Grade ${cycle.key}?` : `Close ${cycle.key}?`,
    submit: isActive ? 'Start the grading' : 'Close it',
    close: 'Not yet',
    callbackId: gradingModals.close,
    metadata: { cycle: cycle.id, from: cycle.state },
    blocks: words.map((it) => section(it)),
  });
}
