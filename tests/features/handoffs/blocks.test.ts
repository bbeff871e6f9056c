import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { briefModal, declineModal, suggestModal } from '../../../src/features/handoffs/brief-blocks.ts';
import type { Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import { handoffsBlocks } from '../../../src/features/handoffs/list-blocks.ts';
import { acceptedBlocks, declinedBlocks, thanksBlocks } from '../../../src/features/handoffs/news-blocks.ts';
import { receiverNote, senderNote } from '../../../src/features/handoffs/note-blocks.ts';
import { askModal, offerModal, rewriteModal } from '../../../src/features/handoffs/writing-blocks.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { ana, ben, handoff, now } from './example.ts';

const rock = { id: 9, name: 'Payments' };
const none = { handoffs: [], total: 0 };
const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);

describe('the offer', () => {
  it('asks the receiver to read before they decide, and lets the sender withdraw', () => {
    expect(receiverNote(handoff).text).toContain('<@U1> would like to hand Payments over to you.');
    expect(shown(receiverNote(handoff))).toMatch(/Read the brief.*Decline/);
    expect(shown(receiverNote(handoff))).not.toContain('"Accept"');
    expect(senderNote(handoff).text).toBe('You offered Payments to <@U2>. It stays yours until they accept.');
    expect(shown(senderNote(handoff))).toContain('Withdraw');
  });

  it('asks for a receiver only where none was named', () => {
    const named = JSON.stringify(offerModal({ kind: 'give', rock, to: ben }));
    expect(named).not.toContain('users_select');
    expect(named).toContain('<@U2>');
    expect(JSON.stringify(offerModal({ kind: 'give', rock, to: null }))).toContain('users_select');
    for (const to of [ben, null]) expect(modalProblems(offerModal({ kind: 'give', rock, to }))).toEqual([]);
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

  it('is told to both, each from their side and by the day that they had', () => {
    const late = Temporal.Instant.from('2026-10-05T23:00Z');
    const over = (state: Handoff['state']): Handoff => ({
      ...handoff,
      state,
      acceptedAt: late,
      endedAt: late,
    });
    expect(receiverNote(over('declined')).text).toContain('on 5 October 2026');
    expect(senderNote(over('declined')).text).toContain('on 6 October 2026');
    expect(receiverNote(over('withdrawn')).text).toContain('Nothing is asked of you.');
    expect(receiverNote(over('overlap')).text).toContain('yours');
  });

  it('is declined with a reason as a quote, or without', () => {
    expect(declinedBlocks(handoff, null).text).toBe('<@U2> cannot take Payments now. It stays with you.');
    expect(declinedBlocks(handoff, 'Too much.\n<!here>').text).toContain('\n> Too much.\n> &lt;!here&gt;');
  });
});

describe('what waits', () => {
  it('is said with who waits for whom, as text and as blocks', () => {
    const forActor = { handoffs: [{ ...handoff, from: ben, sender: ben, to: ana }], total: 1 };
    const forOthers = { handoffs: [handoff], total: 1 };
    const content = handoffsBlocks({ forActor, forOthers, loans: none, overlaps: none }, ana.id);
    expect(content.text).toContain('Payments waits for <@U2> since 5 October 2026.');
    expect(content.text).toContain('Payments from <@U2> waits for you since 5 October 2026.');
    expect(shown(content)).toMatch(/Read the brief.*Withdraw/);
  });

  it('is nothing', () => {
    const all = { forActor: none, forOthers: none, loans: none, overlaps: none };
    expect(handoffsBlocks(all, 1).text).toBe('No handoff waits for you or for others.');
  });
});

describe.each(worstTexts)('with names and words full of %s', (_, text) => {
  const party = (id: number) => ({ ...ana, id, slackId: null, name: text(100) });
  const worst: Handoff = {
    ...handoff,
    rock: { id: 9, key: 'x', name: text(100) },
    title: text(100),
    from: party(1),
    to: party(2),
    sender: party(1),
    reason: text(1_000),
    suggestion: text(1_000),
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
  const standing = (state: Handoff['state']): Handoff => ({ ...worst, state, acceptedAt: now, endedAt: now });

  it.each<[string, Content]>([
    ['the offer', receiverNote(worst)],
    ["the sender's note", senderNote(worst)],
    ['the thanks', thanksBlocks(worst, now)],
    ['the acceptance', acceptedBlocks(worst)],
    ['a declined one', declinedBlocks(worst, text(1_000))],
    ["the receiver's end", receiverNote(standing('overlap'))],
    ["the sender's end", senderNote(standing('changes-suggested'))],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content)).toEqual([]);
  });

  it('500 that wait stay within them as an answer, and are counted', () => {
    const many = { handoffs: Array.from({ length: 20 }, (_, id) => ({ ...worst, id })), total: 500 };
    const content = handoffsBlocks({ forActor: many, forOthers: none, loans: none, overlaps: none }, 2);
    expect(messageProblems(content, 'answer')).toEqual([]);
    for (const said of [content.text, shown(content)]) expect(said).toContain('… and 480 more.');
  });

  it('the modals stay within them', () => {
    const named = { id: 9, name: text(100) };
    const views = [
      offerModal({ kind: 'give', rock: named, to: worst.to }),
      offerModal({ kind: 'lend', rock: named, to: null, untilOn: null }),
      rewriteModal(worst),
      askModal(named, party(1)),
      declineModal(worst),
      suggestModal(worst),
    ];
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
