import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inWords } from '../../../src/delivery/pictures.ts';
import { digestBlocks } from '../../../src/features/digest/blocks.ts';
import { type Edits, type Gathered, noEdits } from '../../../src/features/digest/core/digest.ts';
import type { Digest } from '../../../src/features/digest/core/draft.ts';
import { weigh } from '../../../src/features/digest/core/weigh.ts';
import { editModal, wordsModal } from '../../../src/features/digest/form-blocks.ts';
import { drawingsOf } from '../../../src/features/digest/pictures.ts';
import { ownerPart, previewBlocks } from '../../../src/features/digest/preview-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { instant } from '../../support/builders.ts';
import { anyLines, line } from './lines.ts';

const health = { 'on-track': 3, 'at-risk': 1, 'off-track': 2, outdated: 0, unanswered: 0 };
function gathered(given: Partial<Gathered> = {}): Gathered {
  return {
    at: '2026-11-23T09:00:00Z',
    since: '2026-11-16T09:00:00Z',
    named: [],
    left: [],
    sums: {},
    quiet: null,
    figures: {
      on: '2026-11-23',
      health,
      coverage: { carried: 3, confirmed: 2, unowned: 1, critical: 1, setDown: 0 },
      overdue: { decisions: 0, actions: 0 },
    },
    course: [
      { on: '2026-11-16', health },
      { on: '2026-11-23', health },
    ],
    spread: [{ label: 'up to half', people: 5 }],
    ...given,
  };
}
function digest(content: Gathered, edits: Edits = noEdits): Digest {
  return {
    id: 7,
    cadenceId: 1,
    dueAt: instant('2026-11-23T13:00:00Z'),
    state: 'draft',
    content: { gathered: content, loads: [] },
    edits,
    previewMessageId: null,
    editedBy: { slackId: 'U1', name: 'Chi' },
    channel: { slackId: 'C1', name: 'leaders', isPrivate: false },
    timezone: 'UTC',
  };
}

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 500 }), fc.constant('&'.repeat(500)));
const anyGathered = fc
  .record({ lines: anyLines, sum: anyText, note: fc.option(anyText) })
  .map(({ lines, sum, note }) => ({
    content: gathered({
      ...weigh(lines),
      sums: { strategy: sum, health: sum, coverage: sum, load: sum, overdue: sum },
    }),
    edits: { ...noEdits, note },
  }));

describe('whatever people call their things', () => {
  it('a digest with its pictures, or their words where Slack takes none, is a message that Slack takes', () => {
    fc.assert(
      fc.property(anyGathered, ({ content, edits }) => {
        const placed = (fileOf: (section: string) => string) =>
          Object.fromEntries(
            drawingsOf(content).map(({ section, drawing }) => [
              section,
              { type: 'image' as const, alt_text: drawing.altText, slack_file: { id: fileOf(section) } },
            ]),
          );
        const pictures = placed(() => 'F0000000001');
        const wanted = placed((section) => `picture:${section}`);
        const sent = digestBlocks(content, edits, { pictures, late: 'This comes 3 hours late.' });
        expect(messageProblems(sent)).toEqual([]);
        expect(sent.blocks.length).toBeLessThanOrEqual(50);
        const unseen = digestBlocks(content, edits, { pictures: wanted });
        expect(messageProblems({ ...unseen, blocks: inWords(unseen.blocks) })).toEqual([]);
        expect(messageProblems(previewBlocks(digest(content, edits), pictures))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('so are what owners read, and the forms', () => {
    fc.assert(
      fc.property(anyGathered, ({ content, edits }) => {
        const { named } = content;
        const draft = digest(content, edits);
        if (named.length > 0) expect(messageProblems(ownerPart(draft, named, 'UTC'))).toEqual([]);
        expect(modalProblems(editModal(draft, named, 'stamp'))).toEqual([]);
        for (const one of named) expect(modalProblems(wordsModal(draft, one))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a digest', () => {
  const words = (content: Gathered, edits = noEdits) => digestBlocks(content, edits).text.split('\n');
  const by = { id: 1, slackId: 'U1', name: 'Ana' };

  it('leaves out sections that have nothing to say, and counts what is not named', () => {
    expect(
      words(
        gathered({
          named: [
            line({
              key: 'risk-1',
              title: 'Failed rate',
              mark: ':red_circle:',
              facts: ['committed', 'off track'],
            }),
          ],
          left: [{ section: 'risk', counted: 'at-risk', count: 12 }],
        }),
      ),
    ).toEqual([
      'Digest for leaders, 23 November 2026',
      'At risk, and why',
      '• :red_circle: Failed rate · committed · off track',
      '…and 12 more key results at risk',
    ]);
  });

  it('of a quiet week is two lines', () => {
    const quiet = ['A quiet week.', 'Thank you.'];
    expect(words(gathered({ quiet }))).toEqual(['Digest for leaders, 23 November 2026', ...quiet]);
    expect(drawingsOf(gathered({ quiet }))).toEqual([]);
  });

  it('quotes nobody without their name', () => {
    const said = { words: 'The provider is late.', by };
    expect(
      words(gathered({ named: [line({ key: 'risk-1', title: 'Rate', facts: ['x'], said })] })),
    ).toContain('“The provider is late.”, Ana');
  });

  it('does not say what was taken out, nor words that were taken away', () => {
    const said = { words: 'The provider is late.', by };
    const content = gathered({
      named: [line({ key: 'risk-1', title: 'Rate', said }), line({ key: 'risk-2', title: 'Days' })],
    });
    const edits: Edits = { note: null, hidden: ['risk-2'], said: { 'risk-1': { words: '', by } } };
    const text = words(content, edits).join('\n');
    expect(text).not.toContain('Days');
    expect(text).not.toContain('provider');
    expect(text).toContain('Rate');
  });

  it('has no picture over time before there are two digests', () => {
    const sums = { health: '3 on track' };
    const sectionsOf = (content: Gathered) => drawingsOf(content).map(({ section }) => section);
    expect(sectionsOf(gathered({ sums }))).toEqual(['health']);
    expect(sectionsOf(gathered({ sums, course: [{ on: '2026-11-23', health }] }))).toEqual([]);
  });
});
