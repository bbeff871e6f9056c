import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import { homeView } from '../../../src/features/home/blocks.ts';
import { type Home, pageLength, pageOf } from '../../../src/features/home/core/home.ts';
import type { Backpack } from '../../../src/features/ownership/core/rock.ts';
import { homeProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const party = (id: number, name = `Person ${id}`) => ({
  id,
  slackId: `U${id}`,
  name,
  timezone: 'Asia/Tokyo',
});
const handoff = (id: number, name: string): Handoff => ({
  id,
  state: 'offered',
  rock: { id, name },
  from: party(1),
  to: party(2),
  words: { whyItMatters: 'x', whereItStands: 'x', nextStep: null, whatCouldHurt: null },
  facts: { summary: null, carriedSince: '2026-01-01', team: null, channel: null, backups: [], links: [] },
  offeredAt: Temporal.Instant.from('2026-10-05T20:00:00Z'),
  offerMessageId: null,
  senderMessageId: null,
});
const nothing: Home = {
  checkIns: [],
  forActor: { handoffs: [], total: 0 },
  forOthers: { handoffs: [], total: 0 },
  backpack: { rocks: [], owned: 0, backedUp: 0 },
  page: pageOf(0, 1),
};
const rock = (id: number, as: 'owner' | 'backup', name = `Rock ${id}`): Backpack['rocks'][number] => ({
  id,
  name,
  team: null,
  as,
  owner: { id: 9, slackId: 'U9', name: 'Nine', isDeactivated: false },
});
const shown = (home: Partial<Home>): string => JSON.stringify(homeView({ ...nothing, ...home }));

describe('a Home', () => {
  it('counts what is left of a check-in, and how many check-ins more there are', () => {
    const owed = (occurrenceId: number, left: number) => ({
      occurrenceId,
      occurrenceName: '2026-11-23T14:00',
      asked: 5,
      left,
    });
    const words = shown({ checkIns: [owed(1, 5), owed(2, 2), owed(3, 1), owed(4, 1)] });
    expect(words).toContain('*OKR check-in, 23 November 2026*\\n5 key results to answer.');
    expect(words).toContain('2 key results of 5 to answer.');
    expect(words).toContain('One key result of 5 to answer.');
    expect(words).toContain('… and 1 more. `/checkin` opens what waits.');
  });

  it('says since when an offer waits by the day that its reader had, each in their own zone', () => {
    expect(shown({ forActor: { handoffs: [handoff(1, 'Payments')], total: 8 } })).toContain(
      '*Payments* from <@U1> waits for you since 6 October 2026.',
    );
    expect(shown({ forOthers: { handoffs: [handoff(1, 'Payments')], total: 8 } })).toContain(
      '… and 7 more. `/handoff` lists what waits.',
    );
  });

  it('turns pages both ways, and says where it is', () => {
    const backpack = { rocks: [rock(21, 'owner'), rock(22, 'backup')], owned: 21, backedUp: 30 };
    const words = shown({ backpack: { ...backpack }, page: pageOf(51, 2) });
    expect(words).toContain('You carry 21 rocks, and stand in for 30 more.');
    expect(words).toContain('21 to 22 of 51');
    expect(words).toMatch(/"text":"Back".*"action_id":"home:page\/back","value":"1"/);
    expect(words).toMatch(/"text":"More".*"action_id":"home:page\/more","value":"3"/);
    expect(shown({ backpack, page: pageOf(51, 1) })).not.toContain('home:page/back');
    expect(shown({ backpack, page: pageOf(51, 3) })).not.toContain('home:page/more');
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const offers = Array.from({ length: 5 }, (_, id) => {
    const whole = handoff(id, text(100));
    return {
      ...whole,
      from: { ...whole.from, slackId: null, name: text(100) },
      to: { ...whole.to, slackId: null, name: text(100) },
    };
  });
  const rocks = (as: 'owner' | 'backup') =>
    Array.from({ length: pageLength }, (_, id) => ({
      ...rock(id, as, text(100)),
      team: text(100),
      owner: { id: 9, slackId: null, name: text(100), isDeactivated: false },
    }));

  it.each(['owner', 'backup'] as const)(
    'a full page of what one is the %s of stays within the limits of Slack',
    (as) => {
      const view = homeView({
        checkIns: Array.from({ length: 20 }, (_, id) => ({
          occurrenceId: id,
          occurrenceName: '2026-11-23',
          asked: 200,
          left: 200,
        })),
        forActor: { handoffs: offers, total: 500 },
        forOthers: { handoffs: offers, total: 500 },
        backpack: { rocks: rocks(as), owned: 500, backedUp: 500 },
        page: pageOf(1_000, 3),
      });
      expect(homeProblems(view)).toEqual([]);
      expect(view.blocks.length).toBeLessThan(60);
    },
  );
});
