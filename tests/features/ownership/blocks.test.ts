import { describe, expect, it } from 'vitest';
import { answerBlocks, cardBlocks } from '../../../src/features/ownership/blocks.ts';
import type { PersonRef, RockCard } from '../../../src/features/ownership/core/rock.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { ana, at, ben, card, chi, day, labels, listed, owned, person } from './support.ts';

const gone = (who: PersonRef) => ({ ...who, isDeactivated: true, away: null });
const away = { until: day('2026-10-09') };
const textOf = (given: RockCard) => cardBlocks(given, ben).text;

describe('the card of a rock', () => {
  it('says owner, local time, freshness, backup, team, channel and links, as text and as blocks', () => {
    const content = cardBlocks(card, ben);
    expect(content.text).toBe(
      'Payments: Owner <@U1> · 14:05 their time · confirmed 12 days ago · Backup <@U2> · Team Checkout · Channel <#C1> · Cards, wallets and payouts. · <https://bi.example/payments|Dashboard>',
    );
    const blocks = JSON.stringify(content.blocks);
    for (const part of [
      '*Payments*',
      '<@U1>',
      '14:05',
      '<@U2>',
      'Checkout',
      '<#C1>',
      '<https://bi.example/payments|Dashboard>',
    ])
      expect(blocks).toContain(part);
  });

  it('says unconfirmed where the owner never confirmed', () => {
    expect(textOf(owned({ confirmedAt: null }))).toContain('unconfirmed since 5 February 2025');
  });

  it('names the backup first while the owner is away, and until when that is', () => {
    expect(textOf(owned({ away }))).toContain(
      'Payments: Backup <@U2> stands in · Owner <@U1> is away until Fri 9 Oct · confirmed 12 days ago · Team',
    );
  });

  it('names the first backup who is there, and says of the others when they are not', () => {
    const backups = [
      { ...ben, away },
      { ...chi, away: null },
    ];
    expect(textOf({ ...owned({ away }), backups })).toContain(
      'Backup <@U3> stands in · Owner <@U1> is away until Fri 9 Oct · confirmed 12 days ago · Backup <@U2> (away until Fri 9 Oct) · Team',
    );
    expect(textOf({ ...card, backups })).toContain('Backup <@U2> (away until Fri 9 Oct), <@U3>');
  });

  it('names the backup first when the owner has left, and says when nobody stands in', () => {
    expect(textOf(owned({ isDeactivated: true }))).toContain(
      'Payments: Backup <@U2> stands in · Owner <@U1> has left Slack · confirmed 12 days ago',
    );
    expect(textOf({ ...owned({ isDeactivated: true }), backups: [gone(ben)] })).toContain(
      'Owner <@U1> has left Slack, and nobody stands in yet',
    );
    expect(textOf({ ...owned({ away }), backups: [] })).toContain(
      'Owner <@U1> is away until Fri 9 Oct, and nobody stands in yet',
    );
    expect(textOf({ ...card, backups: [gone(ben)] })).not.toContain('Backup');
  });

  it('calls a backup who took over from somebody who left an acting owner', () => {
    expect(textOf(owned({ isActing: true }))).toContain('Payments: Acting owner <@U1> · 14:05 their time');
    const acting = textOf(owned({ isActing: true, confirmedAt: null, id: 2, slackId: 'U2' }));
    expect(acting).toContain('Acting owner <@U2> · 14:05 their time · since 5 February 2025 ·');
    expect(acting).not.toContain('Backup <@U2>');
  });

  it('says who has it on loan and until when, and still who owns it', () => {
    const loan = { to: { ...chi, timezone: 'Asia/Tokyo' }, until: day('2027-01-15') };
    expect(textOf({ ...card, loan })).toContain(
      'Owner <@U1> · 14:05 their time · confirmed 12 days ago · On loan to <@U3> until Fri 15 Jan 2027 · 21:05 their time · ask them first',
    );
    expect(textOf({ ...owned({ away }), loan })).toContain(
      'Payments: On loan to <@U3> until Fri 15 Jan 2027 · 21:05 their time · ask them first · Owner <@U1> is away until Fri 9 Oct · confirmed',
    );
  });

  it('says during the overlap whom to ask about the past', () => {
    const past = { askPerson: chi, until: at('2026-10-18T22:30Z') };
    expect(textOf({ ...card, past })).toContain('Ask <@U3> about the past until Mon 19 Oct.');
  });

  it('says when nobody owns it', () => {
    expect(textOf({ ...card, owner: null })).toContain('Payments: Nobody owns this yet.');
  });

  it('tells what is set down, by whom, why and until when, from what nobody owns', () => {
    const setDown = {
      by: chi,
      at: at('2026-09-01T09:00Z'),
      reason: 'No *budget* this year',
      lookAgainOn: day('2027-01-11'),
    };
    const text = textOf({ ...card, owner: null, state: 'set-down', setDown });
    expect(text).toContain(
      'Payments: Set down by <@U3> on 1 September 2026: No ∗budget∗ this year · to be looked at again on Mon 11 Jan 2027 · Team',
    );
    expect(text).not.toContain('Nobody owns');
  });

  it('says of a retired one why and where it went', () => {
    const retired = { at: at('2026-09-01T09:00Z'), reason: 'Merged', successor: { id: 7, name: 'Checkout' } };
    expect(textOf({ ...card, owner: null, state: 'retired', retired })).toContain(
      'Payments: Retired on 1 September 2026: Merged · it went into Checkout',
    );
  });

  it('names who contributes by discipline, without those who have left', () => {
    const contributors = [
      { ...ben, discipline: 'design' as const },
      { ...chi, discipline: 'technical-pm' as const },
      { ...ana, discipline: 'technical-pm' as const },
      { ...gone(person(4, 'Dee')), discipline: 'data' as const },
    ];
    expect(textOf({ ...card, contributors })).toContain('Design <@U2> · Technical PM <@U3>, <@U1> ·');
  });
});

describe('the buttons of a card', () => {
  const loan = { to: { ...ben, timezone: 'UTC' }, until: day('2027-01-15') };
  const none = { owner: null, backups: [] };
  it.each<[string, RockCard, PersonRef, string[]]>([
    ['for anybody', card, ben, ['Share', 'Ask the owner', 'Ask for it', 'History']],
    ['for its owner', card, ana, ['Share', 'Hand off', 'History']],
    ['for whoever has it on loan', { ...card, loan }, ben, ['Share', 'History']],
    ['of one that nobody owns', { ...card, ...none }, ben, ['Share', 'Take it', 'History']],
    [
      'of one that is set down',
      { ...card, ...none, state: 'set-down' },
      ben,
      ['Share', 'Take it', 'History'],
    ],
    ['of one that is retired', { ...card, ...none, state: 'retired' }, ben, ['Share', 'History']],
    [
      'of one whose owner has left',
      owned({ isDeactivated: true }),
      chi,
      ['Share', 'Ask the owner', 'History'],
    ],
    ['for the backup who stands in', owned({ isDeactivated: true }), ben, ['Share', 'History']],
    [
      'of one that not everybody sees',
      { ...card, visibility: 'team' },
      ben,
      ['Ask the owner', 'Ask for it', 'History'],
    ],
  ])('%s', (_, given, asker, words) => {
    expect(labels(cardBlocks(given, asker))).toEqual(words);
  });

  it('are none when it is shared', () => {
    expect(labels(cardBlocks(card))).toEqual([]);
  });
});

describe('an answer', () => {
  it('says what it was taken for when the name was not quite right', () => {
    const content = answerBlocks({ kind: 'card', card, insteadOf: 'paymnets', successor: null }, ben);
    expect(JSON.stringify(content.blocks[0])).toContain('Closest to “paymnets”.');
    expect(content.text).toMatch(/^Closest to “paymnets”\. Payments: Owner/);
  });

  it('shows the rock that a retired one went into, with its buttons', () => {
    const retired = { at: at('2026-09-01T09:00Z'), reason: null, successor: { id: 9, name: 'Payments' } };
    const old: RockCard = { ...card, id: 3, name: 'Billing', owner: null, state: 'retired', retired };
    const content = answerBlocks({ kind: 'card', card: old, insteadOf: null, successor: card }, ben);
    expect(content.text).toMatch(
      /^Billing: Retired on 1 September 2026 · it went into Payments\nPayments: Owner <@U1>/,
    );
    expect(labels(content)).toEqual(['Share', 'History', 'Share', 'Ask the owner', 'Ask for it', 'History']);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });

  it('offers several as buttons, and names them in its text', () => {
    const rocks = ['Payments', 'Payouts'].map((name, id) => listed({ id, name }));
    rocks.push(listed({ id: 5, name: 'Payroll', state: 'retired' }));
    const content = answerBlocks({ kind: 'choice', typed: 'pay', rocks }, ben);
    expect(content.text).toBe('Which one do you mean by “pay”? Payments, Payouts, Payroll (retired)');
    expect(labels(content)).toEqual(['Payments', 'Payouts', 'Payroll (retired)', 'Something else']);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});

describe('one rock that may be meant', () => {
  it('is asked for as one, with a way on', () => {
    const rocks = [listed({ id: 1, name: 'Site reliability' })];
    const content = answerBlocks({ kind: 'choice', typed: 'flux capacitor', rocks }, ben);
    expect(content.text).toBe(
      'I know nothing called “flux capacitor”. Do you mean this one? Site reliability',
    );
    expect(labels(content)).toEqual(['Site reliability', 'Something else']);
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const unknown = (id: number) => ({ ...person(id, text(100)), slackId: null, away: null });
  const worst: RockCard = {
    ...card,
    name: text(100),
    summary: text(500),
    owner: {
      ...unknown(1),
      timezone: 'Europe/Berlin',
      since: card.now,
      confirmedAt: null,
      isActing: true,
    },
    backups: Array.from({ length: 20 }, (_, id) => ({ ...unknown(id), away: { until: day('2026-10-09') } })),
    contributors: Array.from({ length: 30 }, (_, id) => ({
      ...unknown(id),
      discipline: 'product-marketing',
    })),
    loan: { to: { ...unknown(5), timezone: 'UTC' }, until: day('2027-01-15') },
    past: { askPerson: unknown(6), until: card.now },
    team: text(100),
    channel: { slackId: null, name: text(80) },
    links: ['a', 'b', 'c'].map((path) => ({
      label: text(80),
      url: `https://x.example/${path}?q=${'x'.repeat(1_500)}`,
    })),
  };
  const retired: RockCard = {
    ...worst,
    owner: null,
    state: 'retired',
    retired: { at: card.now, reason: text(500), successor: { id: 1, name: text(100) } },
  };
  const setDown: RockCard = {
    ...worst,
    owner: null,
    state: 'set-down',
    setDown: { by: unknown(1), at: card.now, reason: text(500), lookAgainOn: day('2027-01-15') },
  };

  it.each<[string, () => Content]>([
    ['a card', () => answerBlocks({ kind: 'card', card: worst, insteadOf: text(200), successor: null }, ana)],
    ['a shared card', () => cardBlocks(worst)],
    [
      'a card whose owner has left',
      () => cardBlocks({ ...worst, owner: worst.owner && { ...worst.owner, isDeactivated: true } }, ana),
    ],
    ['a rock that is set down', () => cardBlocks(setDown, ana)],
    [
      'a retired rock and where it went',
      () => answerBlocks({ kind: 'card', card: retired, insteadOf: text(200), successor: worst }, ana),
    ],
    [
      'a choice',
      () =>
        answerBlocks(
          {
            kind: 'choice',
            typed: text(200),
            rocks: [0, 1, 2, 3, 4].map((id) => listed({ id, name: text(100) })),
          },
          ana,
        ),
    ],
    ['nothing found', () => answerBlocks({ kind: 'nothing', typed: text(3_000) }, ana)],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content(), 'answer')).toEqual([]);
  });

  it('a card still says who owns it and gives its links', () => {
    const blocks = JSON.stringify(cardBlocks(worst).blocks);
    expect(blocks).toContain('*Acting owner*');
    expect(blocks).toContain('their time · since');
    for (const path of ['a', 'b', 'c']) expect(blocks).toContain(`<https://x.example/${path}?`);
  });
});
