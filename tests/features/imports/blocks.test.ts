import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { beginModal, doneModal } from '../../../src/features/imports/blocks.ts';
import { columnsModal } from '../../../src/features/imports/columns-blocks.ts';
import type { Outcome, Preview, Question } from '../../../src/features/imports/core/import.ts';
import { starters } from '../../../src/features/imports/core/starter-list.ts';
import { channelsModal, starterModal } from '../../../src/features/imports/lists-blocks.ts';
import { previewModal } from '../../../src/features/imports/preview-blocks.ts';
import { questionPages, questionsModal } from '../../../src/features/imports/questions-blocks.ts';
import { rocksImport } from '../../../src/features/imports/rocks/kind.ts';
import { modalProblems } from '../../support/block-limits.ts';

/** Long, in other letters, and with all that means something to Slack. */
const worst = (length: number) => '<!channel> *Ünïcödé* `&` @here 漢字 '.repeat(length).slice(0, length);
const many = <T>(count: number, of: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => of(at));
const at = Temporal.Instant.from('2026-11-24T09:00:00Z');
const ada = { id: 1, slackId: 'U0ADA', name: 'ada' };

const questions = many(
  200,
  (row): Question => ({
    key: `person:${row} ${worst(200)}`,
    words: `Who is “${worst(300)}” (row ${row})?`,
    choices: many(150, (who) => ({ value: `${who}`, name: `${who} ${worst(200)}` })),
    suggested: row % 2 === 0 ? '149' : null,
  }),
);
function previewOf(outcome: Outcome, rows: number): Preview {
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0, 'left-out': 0, [outcome]: rows };
  return {
    ...{ importId: 1, kind: 'rocks', source: 'file', name: worst(255), counts, stamp: 'stamp' },
    columns: many(100, (column) => `${column} ${worst(300)}`),
    fields: rocksImport.fields,
    ...{ mapping: { name: 0 }, questions, answers: {} },
    sample: many(3, (row) => ({ line: row + 2, cells: many(100, () => worst(1_000)) })),
    rows: many(rows, (row) => ({ line: row + 2, outcome, name: worst(300), words: worst(900) })),
    notes: many(30, () => worst(500)),
  };
}

describe('Slack takes every modal of an import, however much it holds', () => {
  it.each(['added', 'refused'] as const)('a preview of 5,000 rows that are %s, on every page', (outcome) => {
    const preview = previewOf(outcome, 5_000);
    const pages = Number(/of (\d+)/.exec(JSON.stringify(previewModal(preview).blocks))?.[1] ?? 0);
    expect(pages).toBeGreaterThan(100);
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1, pages])
      expect(modalProblems(previewModal(preview, page, 'The register has changed.'))).toEqual([]);
  });

  it('one of five outcomes at once', () => {
    const outcomes = ['added', 'changed', 'unchanged', 'refused', 'left-out'] as const;
    const parts = outcomes.map((outcome) => previewOf(outcome, 50));
    const counts = { added: 50, changed: 50, unchanged: 50, refused: 50, 'left-out': 50 };
    const preview = { ...previewOf('added', 0), counts, rows: parts.flatMap(({ rows }) => rows) };
    expect(modalProblems(previewModal(preview, 3))).toEqual([]);
  });

  it('two hundred questions of 150 choices, on every page', () => {
    const preview = previewOf('added', 200);
    const pages = questionPages(questions);
    expect(pages.flat()).toEqual(questions);
    for (const page of [...pages.keys(), pages.length])
      expect(modalProblems(questionsModal(preview, page))).toEqual([]);
  });

  it('twenty short questions a page, and fewer where each has many choices', () => {
    const ask = (count: number, choices: number) =>
      questionPages(
        questions.slice(0, count).map((one) => ({ ...one, choices: one.choices.slice(0, choices) })),
      );
    expect(ask(45, 3).map((page) => page.length)).toEqual([20, 20, 5]);
    expect(ask(10, 150).map((page) => page.length)).toEqual([4, 4, 2]);
    expect(ask(0, 3)).toEqual([]);
  });

  it('a hundred columns with long headings and cells', () => {
    expect(
      modalProblems(columnsModal(previewOf('added', 1), 'Pick the column that holds the name.')),
    ).toEqual([]);
  });

  it('the form, with what was begun, and the end', () => {
    const begun = { id: 1, kind: 'rocks', source: 'file', name: worst(255), state: 'open' } as const;
    const open = many(20, () => ({ ...begun, by: ada, at, counts: null, undoUntil: null }));
    expect(
      modalProblems(beginModal('rocks', { canAttach: true, open, problem: 'That file is empty.' })),
    ).toEqual([]);
    const end = { undoUntil: at, zone: 'Europe/Berlin', isSettingUp: true };
    expect(modalProblems(doneModal(previewOf('refused', 5_000), end))).toEqual([]);
  });

  it('two thousand channels, of which the first five hundred are offered', () => {
    const proposals = many(2_000, (it) => ({
      ...{ slackId: `C${it}`, channel: `channel-${it}-${'x'.repeat(66)}`.slice(0, 80) },
      ...{ name: worst(80), summary: worst(250), owner: '' },
    }));
    const modal = channelsModal(proposals, proposals);
    expect(modalProblems(modal)).toEqual([]);
    expect(JSON.stringify(modal)).toContain('The first 500 are here.');
  });

  it('the starter list, whole and had already', () => {
    expect(modalProblems(starterModal(starters, []))).toEqual([]);
    expect(modalProblems(starterModal([], starters))).toEqual([]);
  });
});
