import { describe, expect, it } from 'vitest';
import type {
  ListedRock,
  ListSubject,
  PersonRef,
  Relation,
} from '../../../src/features/ownership/core/rock.ts';
import { listBlocks } from '../../../src/features/ownership/list-blocks.ts';
import type { Content } from '../../../src/platform/slack/elements.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { ana, at, ben, chi, day, listed, person } from './support.ts';

const stint = { since: at('2026-01-05T08:00Z'), confirmedAt: at('2026-09-23T09:00Z') };

function list(about: ListSubject, rocks: ListedRock[], total = rocks.length): Content {
  const count = (as: Relation) => rocks.filter((rock) => rock.as === as).length;
  const counts = {
    owner: count('owner') + total - rocks.length,
    carrier: count('carrier'),
    backup: count('backup'),
  };
  return listBlocks({ kind: 'list', about, rocks, total, counts });
}

describe('a list of rocks', () => {
  const rocks = [
    listed({ id: 1, name: 'Payments', owner: ana, team: 'Checkout', stint }),
    listed({ id: 2, name: 'Payouts' }),
  ];

  it('says how fresh each is and how many more there are', () => {
    expect(list({ kind: 'person', person: ana }, rocks, 7).text).toBe(
      '<@U1> carries 7 rocks:\n• Payments · Checkout · confirmed 12 days ago\n• Payouts\n… and 5 more.',
    );
  });

  it('names the owner where it is not about one', () => {
    expect(list({ kind: 'channel', channel: { slackId: 'C1', name: 'x' } }, rocks, 7).text).toBe(
      '7 rocks with a home in <#C1>:\n• Payments · Checkout · <@U1> · confirmed 12 days ago\n• Payouts · nobody\n… and 5 more.',
    );
    expect(list({ kind: 'group', group: { name: 'pms', personIds: [1] } }, rocks.slice(0, 1)).text).toBe(
      'The people of @pms carry 1 rock:\n• Payments · Checkout · <@U1> · confirmed 12 days ago',
    );
  });

  it('tells what somebody owns from what they have on loan and what they stand in for', () => {
    const loan = { to: ana, until: day('2026-12-24') };
    const all = [
      listed({ name: 'Payments', owner: ana, stint }),
      listed({ name: 'Refunds', owner: ana, stint, loan: { ...loan, to: chi } }),
      listed({ name: 'Search', owner: ben, stint, loan, as: 'carrier' }),
      listed({ name: 'Risk', owner: ben, stint: { ...stint, confirmedAt: null }, as: 'backup' }),
      listed({ name: 'Tax', owner: chi, stint, as: 'backup' }),
    ];
    expect(list({ kind: 'person', person: ana }, all).text.split('\n')).toEqual([
      '<@U1> carries 2 rocks:',
      '• Payments · confirmed 12 days ago',
      '• Refunds · confirmed 12 days ago · on loan to <@U3> until Thu 24 Dec',
      'On loan to them: 1 rock:',
      '• Search · <@U2> · confirmed 12 days ago · until Thu 24 Dec',
      'Standing in for 2 rocks:',
      '• Risk · <@U2> · unconfirmed since 5 January 2026',
      '• Tax · <@U3> · confirmed 12 days ago',
    ]);
    expect(list({ kind: 'person', person: ana }, all.slice(3)).text).toMatch(
      /^<@U1> carries no rock of their own\.\nStanding in for 2 rocks:/,
    );
  });

  it('gathers gaps by team, says what matters much and nothing of what does not, and counts what is set down', () => {
    const gaps = [
      listed({ name: 'Pricing', team: 'Checkout', importance: 'critical' }),
      listed({ name: 'Coupons', team: 'Checkout', importance: 'not-important' }),
      listed({ name: 'Ledger', team: 'Money', importance: 'very-important' }),
      listed({ name: 'Swag' }),
    ];
    expect(list({ kind: 'unowned', setDown: 2 }, gaps, 6).text.split('\n')).toEqual([
      'Nobody owns these 6 rocks yet:',
      'Checkout',
      '• Pricing · critical',
      '• Coupons',
      'Money',
      '• Ledger · very important',
      'No team',
      '• Swag',
      '… and 2 more.',
      '2 more rocks are set down on purpose.',
    ]);
  });

  it('says of stale ones whose they are and since when', () => {
    const stale = listed({ name: 'Ledger', owner: ben, stint: { ...stint, confirmedAt: stint.since } });
    expect(list({ kind: 'stale' }, [stale]).text).toBe(
      '1 rock not confirmed for 90 days:\n• Ledger · <@U2> · confirmed 9 months ago',
    );
  });

  it.each<[ListSubject, string]>([
    [{ kind: 'person', person: ana }, '<@U1> carries no rock.'],
    [{ kind: 'group', group: { name: 'pms', personIds: [] } }, 'Nobody of @pms carries a rock.'],
    [{ kind: 'channel', channel: { slackId: null, name: 'new' } }, 'No rock has its home in #new.'],
    [{ kind: 'unowned', setDown: 0 }, 'Every rock has an owner.'],
    [{ kind: 'unowned', setDown: 1 }, 'Every rock has an owner.\n1 more rock is set down on purpose.'],
    [{ kind: 'stale' }, 'All ownership was confirmed within the last 90 days.'],
  ])('says so when there is none: %j', (about, text) => {
    const content = list(about, []);
    expect(content.text).toBe(text);
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});

describe.each(worstTexts)('with names full of %s, a list', (_, text) => {
  const unknown = (id: number): PersonRef => ({ ...person(id, text(100)), slackId: null });
  const loan = { to: unknown(9), until: day('2027-01-15') };
  const line = (id: number): ListedRock =>
    listed({ id, name: text(100), owner: unknown(id), team: text(100), stint, loan, importance: 'critical' });
  const long = (about: ListSubject) =>
    list(
      about,
      Array.from({ length: 40 }, (_, id) => line(id)),
      500,
    );

  it.each<[string, ListSubject]>([
    ['of a person with 500 rocks', { kind: 'person', person: unknown(1) }],
    ['of a channel with 500 rocks', { kind: 'channel', channel: { slackId: null, name: text(80) } }],
    ['of a user group', { kind: 'group', group: { name: text(80), personIds: [] } }],
    ['of 500 gaps', { kind: 'unowned', setDown: 1_000 }],
    ['of 500 stale rocks', { kind: 'stale' }],
  ])('%s stays within the limits of Slack and pings nobody', (_, about) => {
    expect(messageProblems(long(about), 'answer')).toEqual([]);
  });

  it('says how many it leaves out', () => {
    const { text: said, blocks } = long({ kind: 'stale' });
    const shown = said.split('\n').filter((one) => one.startsWith('• ')).length;
    expect(shown).toBeGreaterThan(3);
    expect(said.endsWith(`… and ${500 - shown} more.`)).toBe(true);
    expect(JSON.stringify(blocks)).toContain(`… and ${500 - shown} more.`);
  });
});
