import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { standingBlocks, unknownAccountBlocks } from '../../../src/features/research/account-blocks.ts';
import type { Account, Standing, Wait } from '../../../src/features/research/core/account.ts';
import { editModal, logModal, queueModal } from '../../../src/features/research/form-blocks.ts';
import { accountsBlocks, mineBlocks } from '../../../src/features/research/list-blocks.ts';
import { turnBlocks } from '../../../src/features/research/turn-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { instant } from '../../support/builders.ts';
import { buttonsOf } from '../../support/cairn.ts';
import { worstTexts } from '../../support/worst-case.ts';

const today = Temporal.PlainDate.from('2026-11-16');
const reader = { id: 1, timezone: 'UTC' };
const person = (id: number, name: string) => ({ id, slackId: `U${id}`, name });
const account: Account = { id: 7, key: 'acme-bank', name: 'Acme Bank', coolDown: 'P30D' };
const last = { on: Temporal.PlainDate.from('2026-11-03'), by: person(2, 'Ana'), topic: 'pricing' };
function wait(id: number, given: Partial<Wait> = {}): Wait {
  return {
    id,
    person: person(id, `P${id}`),
    topic: 'x',
    state: 'waiting',
    since: instant('2026-11-10T09:00:00Z').add({ hours: id }),
    nextSince: null,
    until: null,
    isTaken: false,
    ...given,
  };
}
const turn = (id: number, isTaken: boolean) =>
  wait(id, { state: 'next', isTaken, until: instant('2026-11-20T09:00:00Z') });
const shown = (given: Partial<Standing>) => {
  const content = standingBlocks({ account, last, waits: [], today, ...given }, reader);
  return [content.text, ...buttonsOf(content)];
};

describe('whether to leave an account in peace', () => {
  it('names the last contact, by whom and about what, the rest that is left, and who waits', () => {
    expect(shown({ waits: [wait(3), wait(4)] })).toEqual([
      "Acme Bank was last contacted by <@U2> on 3 Nov, about pricing. 17 days are left of its 30 days' rest. <@U3> and one more wait.",
      'Queue for the next slot',
      'Log a conversation',
    ]);
  });

  it.each<[string, Partial<Standing>, string[]]>([
    [
      'was never asked',
      { last: null },
      [
        'Acme Bank has not been contacted yet, as far as anybody wrote down. You can ask them now.',
        "I'll contact them",
        'Log a conversation',
      ],
    ],
    [
      'is rested',
      { last: { ...last, on: today.subtract({ days: 400 }) } },
      [
        "Acme Bank was last contacted by <@U2> on 12 Oct 2025, about pricing. Its 30 days' rest is over. You can ask them now.",
        "I'll contact them",
        'Log a conversation',
      ],
    ],
    [
      'has a day left',
      { last: { ...last, on: today.subtract({ days: 29 }) } },
      [
        "Acme Bank was last contacted by <@U2> on 18 Oct, about pricing. 1 day is left of its 30 days' rest.",
        'Queue for the next slot',
        'Log a conversation',
      ],
    ],
    [
      'needs no rest',
      { account: { ...account, coolDown: 'P0D' } },
      [
        'Acme Bank was last contacted by <@U2> on 3 Nov, about pricing. You can ask them now.',
        "I'll contact them",
        'Log a conversation',
      ],
    ],
    [
      'is contacted by somebody',
      { last: null, waits: [turn(3, true), wait(4)] },
      [
        'Acme Bank has not been contacted yet, as far as anybody wrote down. <@U3> contacts them until 20 Nov. <@U4> waits.',
        'Queue for the next slot',
        'Log a conversation',
      ],
    ],
    [
      'is somebody’s turn',
      { last: null, waits: [turn(3, false)] },
      [
        'Acme Bank has not been contacted yet, as far as anybody wrote down. It is the turn of <@U3> until 20 Nov.',
        'Queue for the next slot',
        'Log a conversation',
      ],
    ],
    [
      'is the reader’s turn',
      { last: null, waits: [turn(1, false)] },
      [
        'Acme Bank has not been contacted yet, as far as anybody wrote down. It is your turn until 20 Nov.',
        "I'll contact them",
        'Withdraw',
        'Log a conversation',
      ],
    ],
    [
      'is contacted by the reader',
      { last: null, waits: [turn(1, true)] },
      [
        'Acme Bank has not been contacted yet, as far as anybody wrote down. It is yours to contact them until 20 Nov.',
        'Withdraw',
        'Log a conversation',
      ],
    ],
    [
      'is waited for by the reader among others',
      { waits: [wait(3), wait(1), wait(4)] },
      [
        "Acme Bank was last contacted by <@U2> on 3 Nov, about pricing. 17 days are left of its 30 days' rest. You are number 2 of 3 who wait.",
        'Withdraw',
        'Log a conversation',
      ],
    ],
  ])('an account that %s', (_, given, words) => {
    expect(shown(given)).toEqual(words);
  });
});

describe('an unknown account', () => {
  it('offers those that are called nearly so, and to add it', () => {
    const content = unknownAccountBlocks('Acme Bnak', [account], true);
    expect(content.text).toBe('I know no account called “Acme Bnak”. Did you mean one of these?');
    expect(buttonsOf(content)).toEqual(['Acme Bank', 'Add Acme Bnak']);
    expect(unknownAccountBlocks('Zeta', [], true).text).toBe('I know no account called “Zeta”.');
  });
});

describe('lists', () => {
  it('say kindly that there is nothing, and how to begin', () => {
    expect(mineBlocks({ waits: [], talks: [], today }, reader).text).toBe(
      'You wait for no account, and have written down no conversation yet. `/research log` keeps a conversation. `/research ask Acme` says whether an account should be left in peace. `/research find pricing` looks through all notes.',
    );
    expect(accountsBlocks({ listed: [], pageNumber: 0, pages: 1, total: 0, today }).text).toBe(
      'There is no account yet. `/research log` adds one with the first conversation, and `/research ask Acme` by its name.',
    );
  });

  it('show each account with whether it can be asked', () => {
    const row = { account, last, waiting: 0, next: null };
    const content = accountsBlocks({
      listed: [
        row,
        { ...row, waiting: 2 },
        { ...row, last: null, waiting: 1, next: person(3, 'Ben') },
        { ...row, last: null },
      ],
      pageNumber: 1,
      pages: 3,
      total: 44,
      today,
    });
    expect(content.text.split('\n')).toEqual([
      'Accounts',
      '44 accounts · Page 2 of 3',
      '• Acme Bank `acme-bank` · rests 17 more days · last 3 Nov by <@U2>',
      '• Acme Bank `acme-bank` · rests 17 more days · last 3 Nov by <@U2> · 2 wait',
      '• Acme Bank `acme-bank` · turn of <@U3> · 1 waits',
      '• Acme Bank `acme-bank` · can be asked',
    ]);
    expect(buttonsOf(content)).toEqual(['Back', 'More']);
  });
});

describe.each(worstTexts)('with texts of %s', (_, text) => {
  const worst: Account = { ...account, key: 'k'.repeat(80), name: text(80) };
  const talk = { ...last, topic: text(150) };
  const standing: Standing = { account: worst, last: talk, waits: [wait(3), wait(1)], today };

  it('messages and modals stay within Slack’s limits', () => {
    const row = { account: worst, last: talk, waiting: 3, next: person(3, text(80)) };
    const own = {
      account: worst.name,
      on: today,
      topic: text(150),
      contact: text(100),
      recordingUrl: `https://x.example/${'x'.repeat(900)}`,
    };
    for (const content of [
      standingBlocks(standing, reader),
      turnBlocks({ account: worst, topic: text(150) }),
      unknownAccountBlocks(text(3_000), [worst, { ...worst, id: 8 }, { ...worst, id: 9 }], false),
      unknownAccountBlocks(text(80), [worst], true),
      mineBlocks({ waits: Array(5).fill(standing), talks: Array(5).fill(own), today }, reader),
      accountsBlocks({ listed: Array(20).fill(row), pageNumber: 1, pages: 3, total: 60, today }),
    ])
      expect(messageProblems(content)).toEqual([]);
    for (const modal of [
      logModal({ account: worst, today, formKey: 'x' }),
      logModal({ account: null, newAccount: text(80), today, formKey: 'x' }),
      queueModal(worst),
      editModal(worst, 'stamp'),
    ])
      expect(modalProblems(modal)).toEqual([]);
  });
});
