import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { briefModal, declineModal, suggestModal } from '../../../src/features/handoffs/brief-blocks.ts';
import type { Handoff, HandoffKind, HandoffState } from '../../../src/features/handoffs/core/handoff.ts';
import { transitions } from '../../../src/features/handoffs/core/machine.ts';
import {
  answeredBlocks,
  askerBlocks,
  askersModal,
  hintBlocks,
  missingBlocks,
  missingModal,
  missingWordsBlocks,
  stillAskedBlocks,
} from '../../../src/features/handoffs/follow-up-blocks.ts';
import { handoffsBlocks } from '../../../src/features/handoffs/list-blocks.ts';
import {
  acceptedBlocks,
  declinedBlocks,
  expiredBlocks,
  lapsedBlocks,
  leadBlocks,
  leftBlocks,
  reminderBlocks,
  thanksBlocks,
} from '../../../src/features/handoffs/news-blocks.ts';
import { receiverNote, senderNote } from '../../../src/features/handoffs/note-blocks.ts';
import { requestNote } from '../../../src/features/handoffs/request-note-blocks.ts';
import {
  askModal,
  backModal,
  offerModal,
  rewriteModal,
} from '../../../src/features/handoffs/writing-blocks.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { aHandoff, ana, ben, chi, offeredAt as now } from './a-handoff.ts';

const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);
const none = { handoffs: [], total: 0 };
const on = (iso: string) => Temporal.PlainDate.from(iso);
const ended = { endedAt: now, acceptedAt: now };

/** Every state that a handoff of each kind can be in. */
const standings: [HandoffKind, HandoffState][] = [
  ...new Map(
    transitions.flatMap(({ kinds, from, to }) =>
      kinds.flatMap((kind) =>
        [from, to].map(
          (state) => [`${kind} ${state}`, [kind, state] as [HandoffKind, HandoffState]] as const,
        ),
      ),
    ),
  ).values(),
];

describe('the offer', () => {
  it('asks the receiver to read before they decide, and lets the sender withdraw', () => {
    const offer = receiverNote(aHandoff());
    expect(offer.text).toBe(
      '<@U1> would like to hand Payments over to you.\nThe brief says why it matters, where it stands and what comes next. Read it, then decide.',
    );
    expect(shown(offer)).toMatch(/Read the brief.*Decline/);
    expect(shown(offer)).not.toContain('Accept');
    expect(senderNote(aHandoff()).text).toBe(
      'You offered Payments to <@U2>. It stays yours until they accept.',
    );
    expect(shown(senderNote(aHandoff()))).toContain('Withdraw');
  });

  it.each<[string, Partial<Handoff>, string]>([
    [
      'a loan',
      { kind: 'lend', untilOn: on('2027-01-15') },
      '<@U1> would like to lend you Payments until 15 January 2027. It stays theirs, and goes back by itself.',
    ],
    ['one that was asked for', { kind: 'ask' }, '<@U1> hands Payments over to you, as you asked.'],
    [
      'an assigned one',
      { kind: 'assign', sender: chi },
      '<@U3> would like you to carry Payments. <@U1> carries it now.',
    ],
    [
      'an assigned one that nobody carries',
      { kind: 'assign', sender: chi, from: null },
      '<@U3> would like you to carry Payments. Nobody carries it now.',
    ],
    [
      'a piece of work',
      { kind: 'work', rock: null, title: 'Launch deck', dueOn: on('2026-10-09') },
      '<@U1> would like to hand you a piece of work: Launch deck, by 9 October 2026.',
    ],
  ])('of %s says what it is', (_, given, words) => {
    expect(receiverNote(aHandoff(given)).text.split('\n')[0]).toBe(words);
  });

  it('is thanked for with how long it was carried, once that is worth saying', () => {
    const since = (carriedSince: string) =>
      thanksBlocks(aHandoff({ facts: { ...aHandoff().facts, carriedSince } }), now).text;
    expect(since('2025-02-05')).toBe(
      '<@U1> carried Payments for 20 months. <@U2> has it now. Thank you, <@U1>.',
    );
    expect(since('2026-09-05')).toContain('for 4 weeks');
    expect(since('2026-09-06')).toBe('<@U1> has handed Payments over to <@U2>. Thank you, <@U1>.');
  });

  it('is dated in the zone of whoever reads it', () => {
    const late = Temporal.Instant.from('2026-10-05T23:00Z');
    const moved = aHandoff({ state: 'completed', acceptedAt: late, endedAt: late });
    expect(receiverNote(moved).text).toContain('on 5 October 2026');
    expect(senderNote(moved).text).toContain('on 6 October 2026');
  });

  it('that is over is told to both, each from their side', () => {
    const of = (state: HandoffState) => {
      const handoff = aHandoff({ state, ...ended });
      return [receiverNote(handoff).text, senderNote(handoff).text];
    };
    expect(of('completed')).toEqual([
      'You took Payments over from <@U1> on 5 October 2026. It is yours now.',
      'You offered Payments to <@U2>: accepted on 5 October 2026.',
    ]);
    expect(of('declined')).toEqual([
      'You declined Payments on 5 October 2026. It stays with <@U1>.',
      'You offered Payments to <@U2>: declined on 5 October 2026.',
    ]);
    expect(of('withdrawn')).toEqual([
      '<@U1> withdrew the offer of Payments. Nothing is asked of you.',
      'You withdrew the offer of Payments to <@U2>.',
    ]);
  });

  it('that is over since somebody left says who, be it the one who assigned it', () => {
    const assigned = aHandoff({ kind: 'assign', sender: chi });
    const said = [ana, ben, chi].map(({ id }) => leftBlocks(assigned, id).forReceiver.text.split(',')[0]);
    expect(said).toEqual(['<@U1> has left', '<@U2> has left', '<@U3> has left']);
  });

  it('is declined with a reason as a quote, or without', () => {
    expect(declinedBlocks(aHandoff(), null).text).toBe('<@U2> cannot take Payments now. It stays with you.');
    expect(declinedBlocks(aHandoff(), 'Too much.\n<!here>').text).toContain('\n> Too much.\n> &lt;!here&gt;');
  });
});

describe('the brief', () => {
  it('has the words, the facts, and `Accept` for who may', () => {
    const view = JSON.stringify(briefModal(aHandoff(), true));
    for (const part of [
      'Money moves.',
      '> Two things are open.',
      'Carried by <@U1> since 5 February 2025',
      '*Team* Checkout   *Channel* <#C1>   *Backup* <@U3>',
    ])
      expect(view).toContain(part);
    expect(view).toContain('Suggest changes');
    expect(briefModal(aHandoff(), true).submit?.text).toBe('Accept');
    expect(briefModal(aHandoff(), false).submit).toBeUndefined();
    expect(JSON.stringify(briefModal(aHandoff(), false))).not.toContain('Suggest changes');
  });

  it('of an older version, without what was not gathered then, is shown', () => {
    const { facts } = aHandoff();
    expect(JSON.stringify(briefModal(aHandoff({ facts: { ...facts, summary: null } }), false))).toContain(
      'Checkout',
    );
  });

  it('of many short lines is shown to its end', () => {
    const words = { ...aHandoff().words, whyItMatters: `${'x\n'.repeat(990)}the end` };
    expect(shown(briefModal(aHandoff({ words }), true))).toContain('> the end');
  });

  it('offered again is written from what was said and what was suggested', () => {
    const handoff = aHandoff({ state: 'changes-suggested', suggestion: 'Say when.', reason: 'I move' });
    const view = JSON.stringify(rewriteModal(handoff));
    for (const part of ['> Say when.', 'Money moves.', 'I move']) expect(view).toContain(part);
  });
});

describe('what waits', () => {
  it('is said with who waits for whom, as text and as blocks', () => {
    const lists = {
      forActor: { handoffs: [aHandoff({ id: 8, from: ben, sender: ben, to: ana })], total: 1 },
      forOthers: { handoffs: [aHandoff()], total: 1 },
      loans: {
        handoffs: [aHandoff({ id: 9, kind: 'lend', state: 'accepted', untilOn: on('2027-01-15') })],
        total: 1,
      },
      overlaps: { handoffs: [aHandoff({ id: 10, state: 'overlap', overlapUntil: now })], total: 1 },
    };
    const content = handoffsBlocks(lists, ana.id);
    expect(content.text).toBe(
      [
        'Waits for you',
        'Payments from <@U2> waits for you since 5 October 2026.',
        'You wait for',
        'Payments waits for <@U2> since 5 October 2026.',
        'On loan',
        'Payments is on loan to <@U2> until 15 January 2027.',
        'Just handed over',
        'You still help <@U2> with Payments until 5 October 2026.',
      ].join('\n'),
    );
    expect(shown(content)).toMatch(/Read the brief.*Decline.*Withdraw.*Take it back/);
  });

  it('is nothing', () => {
    expect(handoffsBlocks({ forActor: none, forOthers: none, loans: none, overlaps: none }, 1).text).toBe(
      'No handoff waits for you or for others.',
    );
  });
});

describe.each(worstTexts)('with names and words full of %s', (_, text) => {
  const party = (id: number) => ({ ...ana, id, slackId: null, name: text(100) });
  const named = { slackId: null, name: text(100) };
  const worst = (given: Partial<Handoff> = {}): Handoff =>
    aHandoff({
      rock: { id: 9, key: 'payments', name: text(100) },
      title: text(150),
      from: party(1),
      to: party(2),
      sender: party(1),
      words: {
        whyItMatters: text(2_000),
        whereItStands: text(2_000),
        nextStep: text(2_000),
        whatCouldHurt: text(2_000),
      },
      reason: text(2_000),
      suggestion: text(2_000),
      untilOn: on('2027-01-15'),
      ...ended,
      facts: {
        summary: text(500),
        carriedSince: '2025-02-05',
        team: text(100),
        channel: { slackId: null, name: text(80) },
        backups: Array.from({ length: 20 }, () => named),
        contributors: Array.from({ length: 20 }, () => ({ ...named, discipline: 'engineering' })),
        links: ['a', 'b', 'c'].map((path) => ({
          label: text(80),
          url: `https://x.example/${path}?q=${'x'.repeat(1_500)}`,
        })),
        keyResults: Array.from({ length: 5 }, () => ({ title: text(200), objective: text(200) })),
        actions: Array.from({ length: 5 }, () => ({ title: text(150), owner: named, dueOn: '2026-10-30' })),
        past: Array.from({ length: 5 }, () => ({ from: named, to: named, on: '2026-10-05' })),
      },
      ...given,
    });

  it.each(standings)(
    'the notes of a handoff (%s, %s) stay within the limits of Slack and ping nobody',
    (kind, state) => {
      const handoff = worst({ kind, state });
      for (const note of [receiverNote, senderNote, requestNote])
        expect(messageProblems(note(handoff))).toEqual([]);
    },
  );

  const lapsed = lapsedBlocks(worst(), 'retired');
  const expired = expiredBlocks(worst({ state: 'asked' }));
  it.each<[string, Content]>([
    ['the thanks', thanksBlocks(worst(), now)],
    ['the acceptance', acceptedBlocks(worst())],
    ['a declined one', declinedBlocks(worst(), text(1_000))],
    ['one that lapsed, to the receiver', lapsed.forReceiver],
    ['one that lapsed, to the sender', lapsed.forSender],
    ['one that expired, to the receiver', expired.forReceiver],
    ['one that expired, to the sender', expired.forSender],
    ['a reminder', reminderBlocks(worst())],
    ['a word to the lead', leadBlocks(worst())],
    ['a hint to the lead', hintBlocks(worst())],
    ['a question to the former owner', stillAskedBlocks(worst(), 3, 7)],
    ['a question to the new owner', missingBlocks(worst(), 3, 30)],
    ['an answer to it', answeredBlocks(worst(), 'still-asked', 20)],
    ['a word to who asked', askerBlocks(worst(), party(1))],
    ['what is missing', missingWordsBlocks(worst(), text(2_000))],
  ])('%s stays within the limits of Slack and pings nobody', (_name, content) => {
    expect(messageProblems(content)).toEqual([]);
  });

  it('500 that wait stay within them as an answer, and are counted', () => {
    const many = (state: HandoffState, kind: HandoffKind = 'give') => ({
      handoffs: Array.from({ length: state === 'offered' ? 6 : 5 }, (_unused, id) =>
        worst({ id, state, kind }),
      ),
      total: 500,
    });
    const content = handoffsBlocks(
      {
        forActor: many('offered'),
        forOthers: many('offered', 'lend'),
        loans: many('accepted', 'lend'),
        overlaps: many('overlap'),
      },
      2,
    );
    expect(messageProblems(content, 'answer')).toEqual([]);
    for (const said of [content.text, shown(content)]) {
      expect(said).toContain('… and 494 more.');
      expect(said).toContain('… and 495 more.');
    }
  });

  it('the modals stay within them', () => {
    const rock = { id: 9, name: text(100) };
    const views = [
      offerModal({ kind: 'give', rock, to: party(2) }),
      offerModal({ kind: 'assign', rock, to: null }),
      offerModal({ kind: 'lend', rock, to: null, untilOn: on('2027-01-15') }),
      offerModal({ kind: 'work', work: text(150), to: null, dueOn: null }),
      rewriteModal(worst({ state: 'changes-suggested' })),
      rewriteModal(worst({ kind: 'ask', state: 'asked' })),
      askModal(rock, party(1)),
      backModal(rock, party(1), { words: 'This would undo your handoff.', needsReason: true }),
      declineModal(worst()),
      suggestModal(worst()),
      askersModal(worst(), 3),
      missingModal(worst(), 3),
      briefModal(worst(), true, worst()),
    ];
    for (const view of views) expect(modalProblems(view)).toEqual([]);
  });

  it('the brief loses none of its links', () => {
    for (const path of ['a', 'b', 'c'])
      expect(shown(briefModal(worst(), true))).toContain(`<https://x.example/${path}?`);
  });
});
