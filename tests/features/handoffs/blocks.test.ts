import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  acceptedBlocks,
  briefModal,
  declinedBlocks,
  declineModal,
  endedBlocks,
  offerBlocks,
  offeredBlocks,
  offerModal,
  thanksBlocks,
  waitingBlocks,
} from '../../../src/features/handoffs/blocks.ts';
import type { Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const now = Temporal.Instant.from('2026-10-05T09:00Z');
const ana = { id: 1, slackId: 'U1', name: 'Ana', timezone: 'Europe/Berlin' };
const ben = { id: 2, slackId: 'U2', name: 'Ben', timezone: 'America/New_York' };
const handoff: Handoff = {
  id: 7,
  state: 'offered',
  rock: { id: 9, name: 'Payments' },
  from: ana,
  to: ben,
  words: {
    whyItMatters: 'Money moves.',
    whereItStands: 'It runs.\nTwo things are open.',
    nextStep: 'Ship retries',
    whatCouldHurt: null,
  },
  facts: {
    summary: 'Cards and wallets.',
    carriedSince: '2025-02-05',
    team: 'Checkout',
    channel: { slackId: 'C1', name: 'payments' },
    backups: [{ slackId: 'U3', name: 'Chi' }],
    links: [{ label: 'Dashboard', url: 'https://bi.example/p' }],
  },
  offeredAt: now,
  offerMessageId: null,
  senderMessageId: null,
};

const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);

describe('the offer', () => {
  it('asks the receiver to read before they decide, and lets the sender withdraw', () => {
    expect(offerBlocks(handoff).text).toBe('<@U1> would like to hand Payments over to you.');
    expect(shown(offerBlocks(handoff))).toMatch(/Read the brief.*Decline/);
    expect(shown(offerBlocks(handoff))).not.toContain('"Accept"');
    expect(offeredBlocks(handoff).text).toBe(
      'You offered Payments to <@U2>. It stays yours until they accept.',
    );
    expect(shown(offeredBlocks(handoff))).toContain('Withdraw');
  });

  it('asks for a receiver only where none was named', () => {
    const named = JSON.stringify(offerModal(handoff.rock, ben));
    expect(named).not.toContain('users_select');
    expect(named).toContain('<@U2>');
    expect(JSON.stringify(offerModal(handoff.rock, null))).toContain('users_select');
    for (const to of [ben, null]) expect(modalProblems(offerModal(handoff.rock, to))).toEqual([]);
  });
});

describe('the brief', () => {
  it('has the words and the facts, each line of the words as a quote', () => {
    const view = shown(briefModal(handoff, true));
    for (const part of [
      '*Why it matters*\\n> Money moves.',
      '> It runs.\\n> Two things are open.',
      '*What I would do next*',
      'Carried by <@U1> since 5 February 2025',
      'Cards and wallets.',
      'Team Checkout',
      'Channel <#C1>',
      'Backup <@U3>',
      '<https://bi.example/p|Dashboard>',
    ])
      expect(view).toContain(part);
    expect(view).not.toContain('What could hurt');
  });

  it('can be accepted by sending it off, and by nobody else than who may', () => {
    expect(briefModal(handoff, true).submit?.text).toBe('Accept');
    expect(briefModal(handoff, false)).not.toHaveProperty('submit');
    for (const may of [true, false]) expect(modalProblems(briefModal(handoff, may))).toEqual([]);
  });
});

describe('the end', () => {
  it('is thanked for with how long it was carried, from a month on', () => {
    expect(thanksBlocks(handoff, now).text).toBe(
      '<@U1> carried Payments for 20 months. <@U2> has it now. Thank you, <@U1>.',
    );
    const since = (carriedSince: string) => ({ ...handoff, facts: { ...handoff.facts, carriedSince } });
    expect(thanksBlocks(since('2026-09-05'), now).text).toContain('for 4 weeks');
    expect(thanksBlocks(since('2026-09-06'), now).text).toBe(
      '<@U1> has handed Payments over to <@U2>. Thank you, <@U1>.',
    );
  });

  it('is told to both, each from their side', () => {
    const of = (state: 'accepted' | 'declined' | 'withdrawn') => {
      const { forReceiver, forSender } = endedBlocks(handoff, state, now);
      return [forReceiver.text, forSender.text];
    };
    expect(of('accepted')).toEqual([
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

  it('is dated in the zone of whoever reads it', () => {
    const late = Temporal.Instant.from('2026-10-05T23:00Z');
    const { forReceiver, forSender } = endedBlocks(handoff, 'accepted', late);
    expect(forReceiver.text).toContain('on 5 October 2026');
    expect(forSender.text).toContain('on 6 October 2026');
    const waiting = { handoffs: [{ ...handoff, offeredAt: late }], total: 1 };
    expect(waitingBlocks(waiting, ben.id).text).toContain('since 5 October 2026');
    expect(waitingBlocks(waiting, ana.id).text).toContain('since 6 October 2026');
  });

  it('is declined with a reason as a quote, or without', () => {
    expect(declinedBlocks(handoff, null).text).toBe('<@U2> cannot take Payments now. It stays with you.');
    expect(declinedBlocks(handoff, 'Too much.\n<!here>').text).toContain('\n> Too much.\n> &lt;!here&gt;');
  });
});

describe('what waits', () => {
  it('is said with who waits for whom, as text and as blocks', () => {
    const content = waitingBlocks(
      { handoffs: [handoff, { ...handoff, from: ben, to: ana }], total: 2 },
      ana.id,
    );
    expect(content.text).toBe(
      'Payments waits for <@U2> since 5 October 2026.\nPayments from <@U2> waits for you since 5 October 2026.',
    );
    expect(shown(content)).toMatch(/Withdraw.*Read the brief/);
  });

  it('is nothing', () => {
    expect(waitingBlocks({ handoffs: [], total: 0 }, 1).text).toBe('No handoff waits for you or for others.');
  });
});

describe.each(worstTexts)('with names and words full of %s', (_, text) => {
  const party = (id: number) => ({ ...ana, id, slackId: null, name: text(100) });
  const worst: Handoff = {
    ...handoff,
    rock: { id: 9, name: text(100) },
    from: party(1),
    to: party(2),
    words: {
      whyItMatters: text(2_000),
      whereItStands: text(2_000),
      nextStep: text(2_000),
      whatCouldHurt: text(2_000),
    },
    facts: {
      summary: text(500),
      carriedSince: '2025-02-05',
      team: text(100),
      channel: { slackId: null, name: text(80) },
      backups: Array.from({ length: 20 }, () => ({ slackId: null, name: text(100) })),
      links: ['a', 'b', 'c'].map((path) => ({
        label: text(80),
        url: `https://x.example/${path}?q=${'x'.repeat(1_500)}`,
      })),
    },
  };
  const ended = endedBlocks(worst, 'accepted', now);

  it.each<[string, Content]>([
    ['the offer', offerBlocks(worst)],
    ["the sender's note", offeredBlocks(worst)],
    ['the thanks', thanksBlocks(worst, now)],
    ['the acceptance', acceptedBlocks(worst)],
    ['a declined one', declinedBlocks(worst, text(1_000))],
    ["the receiver's end", ended.forReceiver],
    ["the sender's end", ended.forSender],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content)).toEqual([]);
  });

  it('500 that wait stay within them as an answer, and are counted', () => {
    const content = waitingBlocks(
      { handoffs: Array.from({ length: 20 }, (_, id) => ({ ...worst, id })), total: 500 },
      2,
    );
    expect(messageProblems(content, 'answer')).toEqual([]);
    for (const said of [content.text, shown(content)]) expect(said).toContain('… and 480 more.');
  });

  it('the modals stay within them', () => {
    const views = [offerModal(worst.rock, worst.to), offerModal(worst.rock, null), declineModal(worst)];
    for (const view of [...views, briefModal(worst, true)]) expect(modalProblems(view)).toEqual([]);
  });

  it('the brief loses none of its links', () => {
    for (const path of ['a', 'b', 'c'])
      expect(shown(briefModal(worst, true))).toContain(`<https://x.example/${path}?`);
  });
});

it('a brief of many short lines is shown to its end', () => {
  const words = { ...handoff.words, whyItMatters: `${'x\n'.repeat(990)}the end` };
  expect(shown(briefModal({ ...handoff, words }, true))).toContain('> the end');
});
