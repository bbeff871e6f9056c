import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../../src/features/people/core/person.ts';
import { effectOf, merged } from '../../../src/features/setup/teams/core/effect.ts';
import { proposeLead } from '../../../src/features/setup/teams/core/lead.ts';
import { teamKey, teamName } from '../../../src/features/setup/teams/core/naming.ts';
import type { PresentTeam, ProposedTeam } from '../../../src/features/setup/teams/core/proposal.ts';
import { sortMembers } from '../../../src/features/setup/teams/core/sorting.ts';
import { listed } from '../../../src/features/setup/teams/core/words.ts';
import { zoneLines } from '../../../src/features/setup/teams/core/zones.ts';

const proposed = (given: Partial<ProposedTeam> = {}): ProposedTeam => ({
  from: ['#checkout'],
  name: 'Checkout',
  memberIds: [1, 2],
  lead: null,
  channelId: null,
  leftOut: [],
  isLeftOut: false,
  ...given,
});

describe('a team is called', () => {
  test.each([
    ['team-checkout', 'Checkout'],
    ['squad_fraud-and-risk', 'Fraud And Risk'],
    ['checkout-team', 'Checkout'],
    ['Fraud squad', 'Fraud'],
    ['UX research', 'UX research'],
    ['team', 'Team'],
    ['équipe-été', 'Équipe Été'],
  ])('%s: %s', (from, name) => {
    expect(teamName(from)).toBe(name);
  });

  test('and has a key that no other team has', () => {
    expect(teamKey('Fraud And Risk', new Set())).toBe('fraud-and-risk');
    expect(teamKey('Risk', new Set(['risk', 'risk-2']))).toBe('risk-3');
    expect(teamKey('!!!', new Set())).toBe('team');
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, keys) => {
        const taken = new Set([...keys, teamKey(name, new Set())]);
        return !taken.has(teamKey(name, taken));
      }),
    );
  });
});

describe('a lead is proposed', () => {
  const ana = { slackId: 'U1', name: 'Ana Silva', title: '' };
  const ben = { slackId: 'U2', name: 'Ben Okafor', title: '' };
  const none = { topic: '', purpose: '', creatorId: null };

  test.each([
    ['Checkout. Lead: <@U2>', 'U2'],
    ['Lead is @Ben Okafor, on call @ana', 'U2'],
    ['owner: ana', 'U1'],
    ['PM – Ana Silva', 'U1'],
    ['Led by <@U1|ana>', 'U1'],
  ])('by the topic “%s”', (topic, slackId) => {
    expect(proposeLead([ana, ben], { ...none, topic })).toEqual({ slackId, why: 'topic' });
  });

  test.each(['Ask <@U2> for access', 'Team of leaders: Ana', 'Lead: <@U9>', 'Lead: Anabel'])(
    'by the topic “%s” nobody is',
    (topic) => {
      expect(proposeLead([ana, ben], { ...none, topic })).toBeNull();
    },
  );

  test('by the purpose where the topic names nobody, then by who created the channel, then by title', () => {
    const signs = { topic: 'Payments', purpose: 'Lead: <@U1>', creatorId: 'U2' };
    expect(proposeLead([ana, ben], signs)).toEqual({ slackId: 'U1', why: 'topic' });
    expect(proposeLead([ana, ben], { ...signs, purpose: '' })).toEqual({ slackId: 'U2', why: 'creator' });
    const titled = { ...ben, title: 'Engineering Manager' };
    expect(proposeLead([ana, titled], none)).toEqual({ slackId: 'U2', why: 'title' });
  });

  test('by title only where one of them has it', () => {
    const heads = [ana, ben].map((one) => ({ ...one, title: 'Head of something' }));
    expect(proposeLead(heads, none)).toBeNull();
  });

  test('is a member, or nobody', () => {
    const people = fc.array(
      fc.record({ slackId: fc.string(), name: fc.string({ minLength: 1 }), title: fc.string() }),
    );
    const signs = fc.record({ topic: fc.string(), purpose: fc.string(), creatorId: fc.option(fc.string()) });
    fc.assert(
      fc.property(people, signs, (candidates, given) => {
        const lead = proposeLead(candidates, given);
        return lead === null || candidates.some(({ slackId }) => slackId === lead.slackId);
      }),
    );
  });
});

describe('a proposed team', () => {
  const present: PresentTeam = {
    id: 7,
    key: 'checkout',
    name: 'Checkout',
    leadId: 1,
    channelId: 3,
    memberIds: [1, 9],
  };

  test('is new, or adds to the one of the same name, which loses nothing', () => {
    expect(effectOf(proposed(), [])).toEqual({ kind: 'new' });
    expect(effectOf(proposed({ name: 'check-out', channelId: 4 }), [])).toEqual({ kind: 'new' });
    expect(effectOf(proposed({ channelId: 4 }), [present])).toEqual({
      kind: 'changed',
      team: present,
      added: [2],
      leadId: null,
      channelId: null,
    });
  });

  test('changes the lead of one that has one only where an admin said so', () => {
    const lead = (why: 'topic' | 'chosen') => proposed({ memberIds: [1], lead: { id: 2, why } });
    expect(effectOf(lead('topic'), [present])).toEqual({ kind: 'same', team: present });
    expect(effectOf(lead('chosen'), [present])).toMatchObject({ kind: 'changed', leadId: 2 });
  });

  test('that was read twice is one, with whoever is in either', () => {
    const group = proposed({ from: ['@checkout'], memberIds: [2, 3], lead: { id: 3, why: 'title' } });
    expect(merged([proposed({ channelId: 5 }), group])).toEqual([
      proposed({
        from: ['#checkout', '@checkout'],
        memberIds: [1, 2, 3],
        channelId: 5,
        lead: { id: 3, why: 'title' },
      }),
    ]);
  });

  test('has full members alone; the others are named with the reason', () => {
    const person = (given: Partial<Person>): Person => ({
      id: 1,
      slackId: 'U1',
      name: 'Ana',
      timezone: 'UTC',
      kind: 'member',
      isAdmin: false,
      isDeactivated: false,
      ...given,
    });
    const { fit, leftOut } = sortMembers([
      person({}),
      person({ name: 'Gus', kind: 'guest' }),
      person({ name: 'Robot', kind: 'bot' }),
      person({ name: 'Olga', kind: 'outsider' }),
      person({ name: 'Lev', isDeactivated: true }),
      undefined,
    ]);
    expect(fit.map(({ name }) => name)).toEqual(['Ana']);
    expect(leftOut.map(({ why }) => why)).toEqual(['guest', 'bot', 'outsider', 'deactivated', 'unknown']);
  });
});

describe('zones are said', () => {
  test('with the largest first, the rest counted, and who has none', () => {
    const zone = (timezone: string | null, count: number) => ({ timezone, count });
    expect(
      zoneLines([zone('America/New_York', 4), zone('Europe/Berlin', 9), zone('Asia/Kolkata', 1)]),
    ).toEqual(['*14 people in 3 zones*: 9 in Berlin, 4 in New York, 1 in Kolkata']);
    expect(zoneLines([zone('Europe/Berlin', 1), zone(null, 2)])).toEqual([
      '*3 people in one zone*: 1 in Berlin',
      "2 have no zone in Slack: for them I go by this workspace's clock.",
    ]);
    expect(zoneLines([])).toEqual(['Slack has told me of nobody yet.']);
    const many = ['A/a', 'A/b', 'A/c', 'A/d', 'A/e', 'A/f'].map((name) => zone(name, 1));
    expect(zoneLines(many)[0]).toContain('1 in d, 2 elsewhere');
    const scattered = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => zone(`A/${name}`, 1));
    expect(zoneLines(scattered)).toEqual(['*10 people in 10 zones*: each in one of their own']);
    expect(zoneLines([...scattered, zone('Europe/Berlin', 2)])).toEqual([
      '*12 people in 11 zones*: the most in Berlin (2)',
    ]);
  });

  test('and lists end with what is left', () => {
    expect(listed([], 3)).toBe('');
    expect(listed(['a'], 3)).toBe('a');
    expect(listed(['a', 'b'], 3)).toBe('a and b');
    expect(listed(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });
});
