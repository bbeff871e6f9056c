import { Temporal } from 'temporal-polyfill';
import type { Handoff } from '../../../src/features/handoffs/core/handoff.ts';

export const ana = { id: 1, slackId: 'U1', name: 'Ana', timezone: 'Europe/Berlin' };
export const ben = { id: 2, slackId: 'U2', name: 'Ben', timezone: 'America/New_York' };
export const chi = { id: 3, slackId: 'U3', name: 'Chi', timezone: 'Asia/Tokyo' };
export const offeredAt = Temporal.Instant.from('2026-10-05T09:00Z');

/** A handoff without a database: Ana offers Payments to Ben, unless told otherwise. */
export function aHandoff(given: Partial<Handoff> = {}): Handoff {
  return {
    id: 7,
    kind: 'give',
    state: 'offered',
    rock: { id: 9, key: 'payments', name: 'Payments' },
    title: given.rock?.name ?? 'Payments',
    from: ana,
    to: ben,
    sender: ana,
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
    reason: null,
    suggestion: null,
    dueOn: null,
    untilOn: null,
    overlapDays: 14,
    offeredAt,
    readAt: null,
    acceptedAt: null,
    overlapUntil: null,
    endedAt: null,
    undoesId: null,
    batchId: null,
    requestMessageId: null,
    offerMessageId: null,
    senderMessageId: null,
    ...given,
  };
}
