import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { cardBlocks, listBlocks, queueBlocks } from '../../../src/features/decisions/blocks.ts';
import type { Decision } from '../../../src/features/decisions/core/decision.ts';
import type { Found } from '../../../src/features/decisions/core/question.ts';
import { entryModal } from '../../../src/features/decisions/entry-blocks.ts';
import { keepModal, makeModal, supersedeModal } from '../../../src/features/decisions/making-blocks.ts';
import {
  askedBlocks,
  lookAgainBlocks,
  madeBlocks,
  reminderBlocks,
} from '../../../src/features/decisions/news-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { buttonsOf } from '../../support/cairn.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { aDecision, aMadeOne, theLongest, today } from './samples.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);

function found(given: Partial<Found> = {}): Found {
  const question = { text: null, since: null, until: null };
  return { question, rock: null, decisions: [aMadeOne()], today, offset: 0, hasMore: false, ...given };
}

describe('one decision', () => {
  test('says what is asked, who has which part, and what can be done', () => {
    const open = cardBlocks({
      decision: aDecision({ options: ['Keep it', 'Drop it'], dueOn: day('2026-11-09') }),
      today,
    });
    expect(open.text).toBe(
      [
        'Decision 4: Do we keep the old checkout?',
        'Open, by Mon 9 Nov',
        'Options',
        '• Keep it',
        '• Drop it',
        'Driver <@U0ANA> · Approver <@U0CHI>',
      ].join('\n'),
    );
    expect(buttonsOf(open)).toEqual(['Decide', 'Change']);
  });

  test('says what was decided, why, by whom and when', () => {
    const made = cardBlocks(
      { decision: aMadeOne({ lookAgainOn: day('2027-03-01') }), today },
      'It is decided.',
    );
    expect(made.text).toBe(
      [
        'It is decided.',
        'Decision 4: Do we keep the old checkout?',
        'Decided',
        'What we decided',
        '> We keep it until March.',
        'Why',
        '> Two banks need it.',
        'Driver <@U0ANA> · Approver <@U0CHI>',
        'Written down by <@U0ANA> on Tue 3 Nov',
        'We look at it again on Mon 1 Mar 2027',
      ].join('\n'),
    );
    expect(buttonsOf(made)).toEqual(['Decide anew', 'It still holds']);
    expect(buttonsOf(cardBlocks({ decision: aMadeOne(), today }))).toEqual([
      'Decide anew',
      'Look at it again',
    ]);
  });

  test('that was superseded says by which, and nothing can be done with it', () => {
    const content = cardBlocks({ decision: aMadeOne({ state: 'superseded', supersededBy: 9 }), today });
    expect(content.text).toContain('Superseded by decision 9');
    expect(buttonsOf(content)).toEqual([]);
  });

  test.each([
    ['2026-11-04', ':warning: was due Wed 4 Nov'],
    ['2026-11-05', 'due today'],
    ['2026-11-06', 'by Fri 6 Nov'],
  ])('says how pressing it is: %s', (dueOn, words) => {
    expect(cardBlocks({ decision: aDecision({ dueOn: day(dueOn) }), today }).text).toContain(
      `Open, ${words}`,
    );
  });

  test.each(worstTexts)('fits, whatever people wrote: %s', (_name, text) => {
    for (const state of [
      {},
      { state: 'open', outcome: null, why: null, decidedAt: null, decidedBy: null },
    ] as const)
      expect(
        messageProblems(cardBlocks({ decision: theLongest(text, state), today }, 'Done.'), 'answer'),
      ).toEqual([]);
  });
});

describe('the queue', () => {
  const queue = (decisions: Decision[], given: { offset?: number; hasMore?: boolean } = {}) =>
    queueBlocks({ decisions, today, offset: 0, hasMore: false, ...given });

  test('of nothing says how to begin', () => {
    const content = queue([]);
    expect(content.text).toBe('Nothing waits to be decided. `/decide` writes down what should be.');
    expect(buttonsOf(content)).toEqual(['Write one down']);
  });

  test('has a line for each, its day first, with its button', () => {
    const content = queue([aDecision({ dueOn: day('2026-11-04') }), aDecision({ id: 13, number: 5 })]);
    expect(content.text).toBe(
      [
        'Waiting to be decided',
        '4. Do we keep the old checkout?',
        'Open · :warning: was due Wed 4 Nov · approver <@U0CHI>',
        '5. Do we keep the old checkout?',
        'Open · approver <@U0CHI>',
      ].join('\n'),
    );
    expect(buttonsOf(content)).toEqual(['Decide', 'Decide']);
    expect(shown(content).match(/decide:decide\/\d+/g)).toEqual(['decide:decide/12', 'decide:decide/13']);
  });

  test('goes on and back by pages of eight', () => {
    const eight = Array.from({ length: 8 }, (_, id) => aDecision({ id, number: id }));
    const ways = (offset: number, hasMore: boolean, decisions = eight) => {
      const content = queue(decisions, { offset, hasMore });
      const offsets = [...shown(content).matchAll(/\\"offset\\":(\d+)/g)].map(([, to]) => Number(to));
      return [
        buttonsOf(content).filter((label) => label !== 'Decide'),
        offsets,
        shown(content).match(/\d+ to \d+/)?.[0],
      ];
    };
    expect(ways(0, false)).toEqual([[], [], undefined]);
    expect(ways(0, true)).toEqual([['More'], [8], '1 to 8']);
    expect(ways(8, true)).toEqual([['Back', 'More'], [0, 16], '9 to 16']);
    // The last page is shorter, and what was shown before was a whole one.
    expect(ways(16, false, eight.slice(0, 3))).toEqual([['Back'], [8], '17 to 19']);
  });

  test('a page that is empty by now leads back', () => {
    const content = queue([], { offset: 8 });
    expect(content.text).toBe('There is nothing on this page any more.');
    expect(buttonsOf(content)).toEqual(['Back']);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});

describe('a list', () => {
  test.each([
    [{}, 'Decisions'],
    [{ question: { text: 'old <b>', since: null, until: null } }, 'Decisions with “old &lt;b&gt;”'],
    [{ rock: { name: 'Pay*ments' } }, 'Decisions about Pay∗ments'],
    [
      { question: { text: null, since: day('2026-11-01'), until: day('2026-11-04') } },
      'Decisions since Sun 1 Nov until Wed 4 Nov',
    ],
  ] as const)('is headed by what was asked: %j', (given, title) => {
    expect(listBlocks(found(given)).text.split('\n')[0]).toBe(title);
    expect(listBlocks(found({ ...given, decisions: [] })).text).toBe(
      `${title.replace(/^Decisions/, 'No decision')} that you can see. \`/decide\` writes one down.`,
    );
  });

  test('has what was decided, by whom and when, and what took its place', () => {
    const about = [{ kind: 'rock' as const, id: 1, key: 'payments', name: 'Payments' }];
    const content = listBlocks(
      found({ decisions: [aMadeOne({ about, state: 'superseded', supersededBy: 9 })] }),
    );
    expect(content.text).toBe(
      [
        'Decisions',
        '4. Do we keep the old checkout?',
        'We keep it until March.',
        'approved by <@U0CHI> · Tue 3 Nov · about Payments · superseded by decision 9',
      ].join('\n'),
    );
    expect(buttonsOf(content)).toEqual(['Look']);
  });

  test.each(worstTexts)('of the longest fits, whatever people wrote: %s', (_name, text) => {
    const decisions = Array.from({ length: 8 }, (_, id) => theLongest(text, { id }));
    const question = { text: text(200), since: today, until: today };
    for (const rock of [null, { name: text(200) }])
      for (const all of [decisions, []])
        expect(
          messageProblems(
            listBlocks(found({ question, rock, decisions: all, offset: 8, hasMore: true })),
            'answer',
          ),
        ).toEqual([]);
    const open = decisions.map((decision) => ({ ...decision, state: 'open' as const }));
    expect(
      messageProblems(queueBlocks({ decisions: open, today, offset: 8, hasMore: true }), 'answer'),
    ).toEqual([]);
  });
});

describe('what people are told, and forms', () => {
  test.each(worstTexts)('fit, whatever people wrote: %s', (_name, text) => {
    const decision = theLongest(text);
    const parts = (['driver', 'approver', 'contributor'] as const).map((part) =>
      askedBlocks(decision, part, today),
    );
    const told = [
      ...parts,
      reminderBlocks(decision, 'before', 'tomorrow'),
      reminderBlocks(decision, 'after', 'yesterday'),
      madeBlocks(decision),
      lookAgainBlocks(decision),
    ];
    expect(told.flatMap((content) => messageProblems(content))).toEqual([]);
    const filled = {
      ...{ question: text(300), options: decision.options, driver: 'U1', approver: null },
      ...{ contributors: [], informed: [], viewers: [], due: '2026-11-20', team: null, visibility: 'team' },
      about: decision.about[0] ?? null,
    };
    const teams = Array.from({ length: 100 }, (_, id) => ({ id: String(id), name: text(200) }));
    const modals = [
      entryModal(filled, teams, { sourceUrl: `https://test.example/${'x'.repeat(400)}` }),
      entryModal(filled, [], { decisionId: 1, number: 999_999, stamp: 's'.repeat(50) }),
      makeModal(decision),
      supersedeModal(decision),
      keepModal(decision),
    ];
    expect(modals.flatMap(modalProblems)).toEqual([]);
  });
});
