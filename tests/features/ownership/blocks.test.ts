import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { answerBlocks, cardBlocks, historyBlocks } from '../../../src/features/ownership/blocks.ts';
import type {
  ListSubject,
  PersonRef,
  RockCard,
  RockLine,
  StintStory,
} from '../../../src/features/ownership/core/rock.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const at = (text: string) => Temporal.Instant.from(text);
const person = (id: number, name: string): PersonRef => ({
  id,
  slackId: `U${id}`,
  name,
  isDeactivated: false,
});
const ana = person(1, 'Ana');
const ben = person(2, 'Ben');
const gone = (who: PersonRef) => ({ ...who, isDeactivated: true, away: null });

const card: RockCard = {
  id: 9,
  key: 'payments',
  name: 'Payments',
  summary: 'Cards, wallets and payouts.',
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
  type: 'area',
  discipline: null,
  importance: null,
  weight: 3,
  visibility: 'workspace',
  state: 'active',
  team: 'Checkout',
  teamId: 1,
  channel: { slackId: 'C1', name: 'payments' },
  links: [{ label: 'Dashboard', url: 'https://bi.example/payments' }],
  now: at('2026-10-05T12:05Z'),
};
const owned = (change: Partial<NonNullable<RockCard['owner']>>): RockCard => {
  if (card.owner === null) throw new Error('nobody owns it');
  return { ...card, owner: { ...card.owner, ...change } };
};

const labels = (content: Content): string[] =>
  Array.from(
    JSON.stringify(content.blocks).matchAll(/"type":"button","text":\{"type":"plain_text","text":"([^"]*)"/g),
    (m) => m[1] ?? '',
  );

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
    expect(cardBlocks(owned({ confirmedAt: null })).text).toContain('unconfirmed since 5 February 2025');
  });

  it('names who stands in for an owner who has left, and says when nobody does', () => {
    expect(cardBlocks(owned({ isDeactivated: true })).text).toContain('has left Slack, so ask <@U2>.');
    expect(cardBlocks({ ...owned({ isDeactivated: true }), backups: [gone(ben)] }).text).toContain(
      'has left Slack, and nobody stands in yet.',
    );
    expect(cardBlocks({ ...card, backups: [gone(ben)] }).text).not.toContain('Backup');
  });

  it('says when nobody owns it', () => {
    expect(cardBlocks({ ...card, owner: null }).text).toContain('Payments: Nobody owns this yet.');
  });

  it('has the buttons that make sense for who asks, and none when it is shared', () => {
    expect(labels(cardBlocks(card, ben))).toEqual(['Share', 'History']);
    expect(labels(cardBlocks(card, ana))).toEqual(['Share', 'Hand off', 'History']);
    expect(labels(cardBlocks({ ...card, owner: null }, ben))).toEqual(['Share', 'Take it', 'History']);
    expect(labels(cardBlocks(card))).toEqual([]);
  });
});

describe('an answer', () => {
  it('says what it was taken for when the name was not quite right', () => {
    const content = answerBlocks({ kind: 'card', card, insteadOf: 'paymnets' }, ben);
    expect(JSON.stringify(content.blocks[0])).toContain('Closest to “paymnets”.');
  });

  it('offers several as buttons, and names them in its text', () => {
    const rocks = ['Payments', 'Payouts'].map((name, id) => ({ id, name, owner: null, team: null }));
    const content = answerBlocks({ kind: 'choice', typed: 'pay', rocks }, ben);
    expect(content.text).toBe('Which one do you mean by “pay”? Payments, Payouts');
    expect(labels(content)).toEqual(['Payments', 'Payouts']);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });

  it('lists every rock, with the owner where the list is not about one', () => {
    const rocks: RockLine[] = [
      { id: 1, name: 'Payments', owner: ana, team: 'Checkout' },
      { id: 2, name: 'Payouts', owner: null, team: null },
    ];
    const of = (about: ListSubject) => answerBlocks({ kind: 'list', about, rocks, total: 7 }, ben).text;
    expect(of({ kind: 'person', person: ana })).toBe(
      '<@U1> carries 7 rocks:\n• Payments · Checkout\n• Payouts\n… and 5 more.',
    );
    expect(of({ kind: 'channel', channel: { slackId: 'C1', name: 'x' } })).toBe(
      '7 rocks with a home in <#C1>:\n• Payments · Checkout · <@U1>\n• Payouts · nobody\n… and 5 more.',
    );
  });

  it.each<[ListSubject, string]>([
    [{ kind: 'person', person: ana }, '<@U1> carries no rock.'],
    [{ kind: 'channel', channel: { slackId: null, name: 'new' } }, 'No rock has its home in #new.'],
    [{ kind: 'unowned' }, 'Every rock has an owner.'],
    [{ kind: 'stale' }, 'All ownership was confirmed within the last 90 days.'],
  ])('says so when there is none: %j', (about, text) => {
    const content = answerBlocks({ kind: 'list', about, rocks: [], total: 0 }, ben);
    expect(content.text).toBe(text);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});

it('tells the history of a rock, and says when there is none', () => {
  const stints: StintStory[] = [
    { person: ben, began: 'handoff', beganAt: at('2026-10-05T09:00Z'), endedAt: null },
    { person: ana, began: 'created', beganAt: at('2025-02-05T09:00Z'), endedAt: at('2026-10-05T09:00Z') },
  ];
  expect(historyBlocks(card, stints, 'UTC').text).toBe(
    'Payments\n• <@U2>  5 October 2026 to today (by a handoff)\n• <@U1>  5 February 2025 to 5 October 2026 (from the start)',
  );
  expect(historyBlocks(card, [], 'UTC').text).toContain('Nobody has carried this yet.');
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const unknown = (id: number): PersonRef => ({ ...person(id, text(100)), slackId: null });
  const worst: RockCard = {
    ...card,
    name: text(100),
    summary: text(500),
    owner: {
      ...unknown(1),
      timezone: 'Europe/Berlin',
      since: card.now,
      confirmedAt: null,
      isActing: false,
      away: null,
    },
    backups: Array.from({ length: 20 }, (_, id) => ({ ...unknown(id), away: null })),
    team: text(100),
    channel: { slackId: null, name: text(80) },
    links: ['a', 'b', 'c'].map((path) => ({
      label: text(80),
      url: `https://x.example/${path}?q=${'x'.repeat(1_500)}`,
    })),
  };
  const line = (id: number): RockLine => ({ id, name: text(100), owner: unknown(id), team: text(100) });

  it.each<[string, () => Content]>([
    ['a card', () => answerBlocks({ kind: 'card', card: worst, insteadOf: text(200) }, ana)],
    ['a shared card', () => cardBlocks(worst)],
    [
      'a card whose owner has left',
      () => cardBlocks({ ...worst, owner: worst.owner && { ...worst.owner, isDeactivated: true } }),
    ],
    [
      'a choice',
      () => answerBlocks({ kind: 'choice', typed: text(200), rocks: [0, 1, 2, 3, 4].map(line) }, ana),
    ],
    ['nothing found', () => answerBlocks({ kind: 'nothing', typed: text(3_000) }, ana)],
    ['a person with 500 rocks', () => list({ kind: 'person', person: unknown(1) })],
    ['a channel with 500 rocks', () => list({ kind: 'channel', channel: { slackId: null, name: text(80) } })],
    [
      'a long history',
      () =>
        historyBlocks(
          worst,
          Array.from({ length: 300 }, (_, id) => story(id)),
          'UTC',
        ),
    ],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content(), 'answer')).toEqual([]);
  });

  it('a card still says who owns it and gives its links', () => {
    const blocks = JSON.stringify(cardBlocks(worst).blocks);
    expect(blocks).toContain('*Owner*');
    expect(blocks).toContain('unconfirmed since');
    for (const path of ['a', 'b', 'c']) expect(blocks).toContain(`<https://x.example/${path}?`);
  });

  it('a list says how many it leaves out', () => {
    const { text: said, blocks } = list({ kind: 'unowned' });
    const shown = said.split('\n').length - 2;
    expect(shown).toBeGreaterThan(5);
    expect(said.endsWith(`… and ${500 - shown} more.`)).toBe(true);
    expect(JSON.stringify(blocks)).toContain(`… and ${500 - shown} more.`);
  });

  function list(about: ListSubject): Content {
    return answerBlocks(
      { kind: 'list', about, rocks: Array.from({ length: 40 }, (_, id) => line(id)), total: 500 },
      ana,
    );
  }

  function story(id: number): StintStory {
    return { person: unknown(id), began: 'claimed', beganAt: at('2025-02-05T09:00Z'), endedAt: card.now };
  }
});
