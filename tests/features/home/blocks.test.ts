import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/features/decisions/core/decision.ts';
import type { Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import { homeView } from '../../../src/features/home/blocks.ts';
import { type Home, pageLength, pageOf } from '../../../src/features/home/core/home.ts';
import type { ShownKeyResult } from '../../../src/features/okrs/reading/core/shown.ts';
import type { Backpack, BackpackRock } from '../../../src/features/ownership/load/core/backpack.ts';
import type { LoadView } from '../../../src/features/ownership/load/core/load.ts';
import { homeProblems } from '../../support/block-limits.ts';
import { owed } from '../../support/check-ins.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { aHandoff } from '../handoffs/a-handoff.ts';

const party = (id: number, name = `Person ${id}`) => ({
  id,
  slackId: `U${id}`,
  name,
  timezone: 'Asia/Tokyo',
});
const handoff = (id: number, name: string): Handoff =>
  aHandoff({
    id,
    rock: { id, key: `rock-${id}`, name },
    from: party(1),
    to: party(2),
    sender: party(1),
    offeredAt: Temporal.Instant.from('2026-10-05T20:00:00Z'),
  });
const day = (iso: string) => Temporal.PlainDate.from(iso);
const nothing: Home = {
  now: Temporal.Instant.from('2026-11-25T09:00:00Z'),
  zone: 'UTC',
  decisions: [],
  questions: [],
  proposals: [],
  keyResults: [],
  rituals: [],
  minutes: [],
  admin: null,
  checkIns: [],
  work: [],
  forActor: { handoffs: [], total: 0 },
  forOthers: { handoffs: [], total: 0 },
  backpack: { rocks: [], counts: { owner: 0, carrier: 0, backup: 0 } },
  page: pageOf(0, 1),
  load: null,
  away: { today: day('2026-11-25'), absences: [] },
};
const aKeyResult = (given: Partial<ShownKeyResult>): ShownKeyResult => ({
  ...owed(given),
  score: null,
  gradeWords: null,
  ...given,
});
const aDecision = (given: Partial<Decision>): Decision => ({
  ...{ id: 1, number: 12, question: 'Do we keep the old checkout?', options: [], dueOn: null, state: 'open' },
  ...{
    driver: party(1),
    approver: party(2),
    contributors: [],
    informed: [],
    viewers: [],
    about: [],
    team: null,
  },
  ...{
    outcome: null,
    why: null,
    lookAgainOn: null,
    visibility: 'workspace',
    supersededBy: null,
    supersedes: [],
  },
  ...{ sourceUrl: null, createdBy: party(1), createdAt: Temporal.Instant.from('2026-11-01T09:00:00Z') },
  ...{ decidedAt: null, decidedBy: null, ...given },
});
const rock = (id: number, as: BackpackRock['as'], name = `Rock ${id}`): BackpackRock => ({
  id,
  name,
  team: null,
  as,
  owner: { id: 9, slackId: 'U9', name: 'Nine', isDeactivated: false },
  ownerAwayUntil: null,
  loan: null,
  offeredTo: null,
});
const backpackOf = (rocks: BackpackRock[]): Backpack => {
  const count = (as: BackpackRock['as']) => rocks.filter((it) => it.as === as).length;
  return { rocks, counts: { owner: count('owner'), carrier: count('carrier'), backup: count('backup') } };
};
const load = (given: Partial<LoadView>): LoadView => ({
  ...{ rocks: 3, load: 17, limit: 15, hidden: 0, suggestions: [], mayChangeLimit: false },
  ...given,
});
const shown = (home: Partial<Home>): string => JSON.stringify(homeView({ ...nothing, ...home }));

describe('what a Home has besides', () => {
  it('asks for decisions that the reader drives or approves, three at most, with the press that makes them', () => {
    const decisions = Array.from({ length: 4 }, (_, id) =>
      aDecision({ id, number: id + 1, dueOn: day('2026-11-24') }),
    );
    const home = shown({ decisions });
    expect(home).toContain('*Decision 1: Do we keep the old checkout?*\\n:warning: was due Tue 24 Nov');
    expect(home.match(/decide:decide/g)).toHaveLength(3);
    expect(home).toContain('… and more. `/decide open` lists them.');
  });
  it('asks for answers to the questions of a ritual', () => {
    expect(shown({ questions: [{ occurrenceId: 7, name: 'Weekly sync' }] })).toContain(
      '*Weekly sync* has questions for you.',
    );
  });
  it('draws how sure the reader was of each key result, and counts those beyond six', () => {
    const keyResults = Array.from({ length: 12 }, (_, id) => ({
      keyResult: aKeyResult({ id, title: `Rate ${id}`, confidence: 8 }),
      confidences: id === 0 ? [8] : [2, 5, 8],
    }));
    const home = shown({ keyResults });
    expect(home).toContain('Your key results');
    expect(home).toContain('confidence so far ▂▅▇ 8 of 10');
    expect(home).toContain('… and 6 more. `/okr` lists them.');
  });
  it('names the rituals that concern the reader, by their own clock', () => {
    const at = Temporal.Instant.from('2026-11-30T08:00:00Z');
    const rituals = [{ key: 'sync', name: 'Weekly sync', channel: { slackId: 'C1', name: 'checkout' }, at }];
    expect(shown({ rituals, zone: 'Europe/Berlin' })).toContain(
      '• *Weekly sync* in <#C1> · Mon 30 Nov, 09:00',
    );
  });
  it('leads to the minutes of the reviews that the reader took part in', () => {
    const minutes = [
      { occurrenceId: 7, name: 'Roadmap review', endedAt: Temporal.Instant.from('2026-11-20T09:00:00Z') },
    ];
    const home = shown({ minutes });
    expect(home).toContain('Reviews you took part in');
    expect(home).toContain('*Roadmap review* of Fri 20 Nov');
  });
  it('tells admins what is not set up and what needs a hand, and others nothing of it', () => {
    const admin = {
      guide: null,
      isNew: false,
      missing: ['a channel for leaders'],
      off: [],
      dead: 1,
      paused: 2,
      misses: 3,
    };
    const home = shown({ admin });
    for (const words of [
      'Not set up yet: a channel for leaders',
      'one message could not be delivered: `/cairn health`',
      '2 rituals are paused: `/cadence list`',
      '3 questions found nothing: `/cairn misses`',
    ])
      expect(home).toContain(words);
    expect(
      shown({ admin: { guide: null, isNew: false, missing: [], off: [], dead: 0, paused: 0, misses: 0 } }),
    ).toContain('All is well');
    expect(shown({})).not.toContain('For admins');
  });
});

describe('a Home', () => {
  it('shows the pieces of work that somebody has taken on, and counts those beyond three', () => {
    const work = Array.from({ length: 7 }, (_, index) => ({
      id: index + 1,
      title: `Launch deck ${index + 1}`,
      owner: party(1),
      by: party(2),
      rock: null,
      handoffId: null,
      dueOn: day('2026-11-27'),
      state: 'open' as const,
    }));
    const blocks = shown({ work });
    expect(blocks).toContain('*Launch deck 3* · from <@U2> · by Fri 27 Nov');
    expect(blocks.match(/"Done"/g)).toHaveLength(3);
    expect(blocks).toContain('… and 4 more. `/cairn actions` lists them.');
    expect(blocks).not.toContain('Nothing waits');
  });

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
    const rocks = [rock(21, 'owner'), rock(22, 'backup')];
    const backpack = { rocks, counts: { owner: 21, carrier: 0, backup: 30 } };
    const words = shown({ backpack: { ...backpack }, page: pageOf(51, 2) });
    expect(words).toContain('You carry 21 rocks, and stand in for 30 more.');
    expect(words).toContain('21 to 22 of 51');
    expect(words).toMatch(/"text":"Back".*"action_id":"home:page\/back","value":"1"/);
    expect(words).toMatch(/"text":"More".*"action_id":"home:page\/more","value":"3"/);
    expect(shown({ backpack, page: pageOf(51, 1) })).not.toContain('home:page/back');
    expect(shown({ backpack, page: pageOf(51, 3) })).not.toContain('home:page/more');
  });
});

describe('a backpack in a Home', () => {
  const party = { id: 5, slackId: 'U5', name: 'Five', isDeactivated: false };
  const suggestion = (id: number) => ({
    rock: { id, name: `Rock ${id}` },
    to: { ...party, as: 'backup' as const, load: 1, limit: 15 },
  });

  it('tells its load, and where it is too much the one thing that would help first', () => {
    const backpack = backpackOf([rock(1, 'owner')]);
    expect(shown({ backpack, load: load({ load: 4 }) })).toContain('You carry one rock.\\n*Load* 4 of 15.');
    const words = shown({ backpack, load: load({ suggestions: [suggestion(1), suggestion(2)] }) });
    expect(words).toContain(
      '*Load* 17 of 15, 2 too many.\\nCould be handed off first: *Rock 1* to <@U5>, who is its backup and has room.',
    );
    expect(words).not.toContain('Rock 2');
  });

  it('says what is lent, to whom and from whom and until when, and lets both end the loan', () => {
    const lent = { ...rock(1, 'owner'), loan: { handoffId: 31, to: party, until: day('2026-12-04') } };
    const had = { ...rock(2, 'carrier'), loan: { handoffId: 32, to: party, until: day('2027-01-15') } };
    const words = shown({ backpack: backpackOf([lent, had]) });
    expect(words).toContain('You carry one rock, and have one rock on loan.');
    expect(words).toContain('*Rock 1* · on loan to <@U5> until Fri 4 Dec');
    expect(words).toContain('*Rock 2* · on loan from <@U9> until Fri 15 Jan 2027');
    expect(words).toMatch(/"text":"Take it back"[^}]*}[^}]*"action_id":"handoff:return","value":"31"/);
    expect(words).toMatch(/"text":"Give it back"[^}]*}[^}]*"action_id":"handoff:return","value":"32"/);
    expect(words).not.toContain('Hand off');
  });

  it('says to whom a rock is offered, by whomever, and does not offer it twice', () => {
    const words = shown({ backpack: backpackOf([{ ...rock(1, 'owner'), offeredTo: party }]) });
    expect(words).toContain('*Rock 1* · offered to <@U5>');
    expect(words).not.toContain('Hand off');
  });

  it('says until when the owner is away of whom one stands in for', () => {
    const words = shown({
      backpack: backpackOf([{ ...rock(1, 'backup'), ownerAwayUntil: day('2026-11-27') }]),
    });
    expect(words).toContain('• *Rock 1* · <@U9>, away until Fri 27 Nov');
  });
});

describe('days away in a Home', () => {
  const absence = (from: string, until: string) => ({ from: day(from), until: day(until) });

  it('are told while they last, with how to end them', () => {
    const away = { today: day('2026-11-25'), absences: [absence('2026-11-24', '2026-11-27')] };
    expect(shown({ away })).toContain('*You are away* until Fri 27 Nov. `/ooo back` ends it.');
  });

  it('are told before they begin, and counted where there are more', () => {
    const absences = [absence('2026-12-24', '2027-01-02'), absence('2027-02-01', '2027-02-01')];
    expect(shown({ away: { today: day('2026-11-25'), absences } })).toContain(
      '*You will be away*: Thu 24 Dec to Sat 2 Jan 2027. `/ooo` changes it. I know of 1 more; `/ooo` lists them.',
    );
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const offers = Array.from({ length: 5 }, (_, id) => {
    const whole = handoff(id, text(100));
    return {
      ...whole,
      from: { ...party(1), slackId: null, name: text(100) },
      sender: { ...party(1), slackId: null, name: text(100) },
      to: { ...whole.to, slackId: null, name: text(100) },
    };
  });
  const rocks = (as: BackpackRock['as']) =>
    Array.from({ length: pageLength }, (_, id) => ({
      ...rock(id, as, text(100)),
      team: text(100),
      owner: { id: 9, slackId: null, name: text(100), isDeactivated: false },
    }));

  const crowded = {
    ...nothing,
    decisions: Array.from({ length: 20 }, (_, id) => aDecision({ id, number: id, question: text(300) })),
    questions: Array.from({ length: 3 }, (_, occurrenceId) => ({ occurrenceId, name: text(60) })),
    keyResults: Array.from({ length: 200 }, (_, id) => ({
      keyResult: aKeyResult({ id, key: `key-${id}`, title: text(200) }),
      confidences: Array.from({ length: 60 }, (_unused, week) => week % 11),
    })),
    rituals: Array.from({ length: 5 }, () => ({
      ...{ key: 'sync', name: text(60), channel: { slackId: null, name: text(80) } },
      at: Temporal.Instant.from('2026-11-30T09:00:00Z'),
    })),
    minutes: Array.from({ length: 2 }, (_, occurrenceId) => ({
      ...{ occurrenceId, name: text(60), endedAt: Temporal.Instant.from('2026-11-20T09:00:00Z') },
    })),
    admin: {
      guide: null,
      isNew: false,
      missing: ['a channel for product operations'],
      off: [],
      dead: 4_000,
      paused: 99,
      misses: 4_000,
    },
  };
  it.each(['owner', 'carrier', 'backup'] as const)(
    'a full page of what one is the %s of stays within the limits of Slack',
    (as) => {
      const view = homeView({
        ...crowded,
        checkIns: Array.from({ length: 20 }, (_, id) => ({
          occurrenceId: id,
          occurrenceName: '2026-11-23',
          asked: 200,
          left: 200,
        })),
        work: Array.from({ length: 30 }, (_, id) => ({
          id,
          title: text(200),
          owner: party(1),
          by: { ...party(2), slackId: null, name: text(100) },
          rock: { id, name: text(100) },
          handoffId: null,
          dueOn: day('2026-11-20'),
          state: 'open' as const,
        })),
        forActor: { handoffs: offers, total: 500 },
        forOthers: { handoffs: offers, total: 500 },
        backpack: { rocks: rocks(as), counts: { owner: 500, carrier: 500, backup: 500 } },
        page: pageOf(1_500, 3),
        load: load({ hidden: 3, suggestions: [{ rock: { id: 1, name: text(100) }, to: null }] }),
        away: { today: day('2026-11-25'), absences: [{ from: day('2026-11-25'), until: day('2026-11-27') }] },
      });
      expect(homeProblems(view)).toEqual([]);
      expect(view.blocks.length).toBeLessThan(80);
    },
  );
});
