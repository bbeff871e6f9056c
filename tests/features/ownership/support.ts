import { Temporal } from 'temporal-polyfill';
import type { ListedRock, PersonRef, RockCard } from '../../../src/features/ownership/core/rock.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';

export const at = (text: string) => Temporal.Instant.from(text);
export const day = (text: string) => Temporal.PlainDate.from(text);
export const person = (id: number, name: string): PersonRef => ({
  id,
  slackId: `U${id}`,
  name,
  isDeactivated: false,
});
export const ana = person(1, 'Ana');
export const ben = person(2, 'Ben');
export const chi = person(3, 'Chi');

/** Payments, which Ana owns, looked at on a Monday in October. */
export const card: RockCard = {
  id: 9,
  key: 'payments',
  name: 'Payments',
  summary: 'Cards, wallets and payouts.',
  type: 'area',
  discipline: null,
  importance: null,
  weight: 3,
  visibility: 'workspace',
  state: 'active',
  owner: {
    ...ana,
    timezone: 'Europe/Berlin',
    since: at('2025-02-05T09:00Z'),
    confirmedAt: at('2026-09-23T09:00Z'),
    isActing: false,
    away: null,
  },
  backups: [{ ...ben, away: null }],
  contributors: [],
  loan: null,
  past: null,
  setDown: null,
  retired: null,
  team: 'Checkout',
  teamId: 1,
  channel: { slackId: 'C1', name: 'payments' },
  links: [{ label: 'Dashboard', url: 'https://bi.example/payments' }],
  now: at('2026-10-05T12:05Z'),
  timezone: 'Europe/Berlin',
};

/** The card with something else about its owner. */
export function owned(change: Partial<NonNullable<RockCard['owner']>>): RockCard {
  if (card.owner === null) throw new Error('nobody owns it');
  return { ...card, owner: { ...card.owner, ...change } };
}

/** A line of a list, looked at on the same day. */
export function listed(given: Partial<ListedRock>): ListedRock {
  return {
    id: 1,
    name: 'Payments',
    owner: null,
    team: null,
    state: 'active',
    importance: null,
    stint: null,
    loan: null,
    as: 'owner',
    now: card.now,
    timezone: card.timezone,
    ...given,
  };
}

/** The words on the buttons, in order. */
export function labels(content: Content): string[] {
  return Array.from(
    JSON.stringify(content.blocks).matchAll(/"type":"button","text":\{"type":"plain_text","text":"([^"]*)"/g),
    (match) => match[1] ?? '',
  );
}
