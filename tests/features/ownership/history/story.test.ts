import { describe, expect, it } from 'vitest';
import { storyBlocks } from '../../../../src/features/ownership/history/blocks.ts';
import {
  type Chapter,
  type Happening,
  storyOf,
} from '../../../../src/features/ownership/history/core/story.ts';
import { messageProblems } from '../../../support/block-limits.ts';
import { worstTexts } from '../../../support/worst-case.ts';
import { ana, at, ben, chi, day } from '../support.ts';

const chapter = (given: Partial<Chapter>): Chapter => ({
  person: ana,
  began: 'created',
  beganAt: at('2025-03-03T09:00Z'),
  endedAt: null,
  ended: null,
  endReason: null,
  ...given,
});
const toBen = chapter({
  endedAt: at('2026-11-04T09:00Z'),
  ended: 'handed-over',
  endReason: 'I lead Growth now',
});
const byBen = chapter({ person: ben, began: 'handoff', beganAt: at('2026-11-04T09:00Z') });
const event = (given: Partial<Extract<Happening, { kind: 'event' }>>): Happening => ({
  kind: 'event',
  at: at('2026-01-05T09:00Z'),
  type: 'rock.changed',
  by: chi,
  other: null,
  before: null,
  after: null,
  ...given,
});

function told(chapters: Chapter[], happenings: Happening[] = [], zone = 'UTC'): string[] {
  return storyBlocks({ name: 'Payments' }, storyOf(chapters, happenings), zone).text.split('\n').slice(1);
}

describe('the story of a rock', () => {
  it('tells who handed it to whom, when and why', () => {
    expect(told([byBen, toBen])).toEqual([
      '• <@U1> from March 2025 (from the start), handed to <@U2> on 4 November 2026 because: I lead Growth now',
      '• <@U2> from 4 November 2026 until today',
    ]);
  });

  it('tells when nobody carried it, and since when nobody does', () => {
    const given = chapter({ endedAt: at('2026-05-01T09:00Z'), ended: 'given-up', endReason: 'No time' });
    const taken = chapter({ person: ben, began: 'claimed', beganAt: at('2026-06-01T09:00Z') });
    const ended = { ...taken, endedAt: at('2026-06-20T09:00Z'), ended: 'released' };
    expect(told([given, ended])).toEqual([
      '• <@U1> from March 2025 (from the start), given up on 1 May 2026 because: No time',
      '• Nobody from 1 May 2026 to 1 June 2026',
      '• <@U2> from 1 June 2026 (who took it), left on 20 June 2026',
      '• Nobody since 20 June 2026',
    ]);
  });

  it('has no gap where the owner was back after somebody stood in', () => {
    const acting = chapter({
      person: ben,
      began: 'acting',
      beganAt: at('2026-05-01T09:00Z'),
      endedAt: at('2026-05-10T09:00Z'),
      ended: 'restored',
    });
    expect(told([chapter({}), acting])).toEqual([
      '• <@U1> from 3 March 2025 (from the start) until today',
      '• <@U2> from 1 May 2026 (standing in), until <@U1> was back on 10 May 2026',
    ]);
  });

  it('tells loans, and changes of name, team and importance with how it was before', () => {
    expect(
      told(
        [chapter({})],
        [
          { kind: 'loan', at: at('2026-02-02T09:00Z'), to: ben, until: day('2026-03-01'), endedAt: null },
          event({
            before: { name: 'Billing', team: 'Checkout', importance: null, links: [] },
            after: { name: 'Payments', team: 'Growth', importance: 'critical', links: [1] },
          }),
          event({ at: at('2026-04-01T09:00Z'), type: 'rock.set-down', after: { reason: 'Not this year' } }),
        ],
      ).slice(1),
    ).toEqual([
      '• Renamed by <@U3> on 5 January 2026, from Billing',
      '• Changed by <@U3> on 5 January 2026: team from Checkout to Growth, importance from none to critical, links',
      '• On loan to <@U2> from 2 February 2026 until 1 March 2026',
      '• Set down by <@U3> on 1 April 2026: Not this year',
    ]);
  });

  it.each([
    [
      'rock.created',
      { splitFrom: 3 },
      'Split from Pay & refund by <@U3> on 5 January 2026',
      'Split from another rock by <@U3> on 5 January 2026',
    ],
    [
      'rock.split',
      { into: 3 },
      'A part became a rock of its own by <@U3> on 5 January 2026: Pay & refund',
      'A part became a rock of its own by <@U3> on 5 January 2026: another rock',
    ],
    [
      'rock.merged',
      { reason: 'It went into another rock.', successor: 3 },
      'Merged into Pay & refund by <@U3> on 5 January 2026',
      'Merged into another rock by <@U3> on 5 January 2026',
    ],
    [
      'rock.took-in',
      { rock: 3 },
      'Pay & refund went into it on 5 January 2026 by <@U3>',
      'Another rock went into it on 5 January 2026 by <@U3>',
    ],
    [
      'rock.retired',
      { reason: 'Over', successor: 3 },
      'Retired by <@U3> on 5 January 2026: Over · it went into Pay & refund',
      'Retired by <@U3> on 5 January 2026: Over · it went into another rock',
    ],
    [
      'rock.retired',
      { reason: 'Over', successor: null },
      'Retired by <@U3> on 5 January 2026: Over',
      'Retired by <@U3> on 5 January 2026: Over',
    ],
    [
      'rock.brought-back',
      { state: 'active' },
      'Brought back by <@U3> on 5 January 2026',
      'Brought back by <@U3> on 5 January 2026',
    ],
    [
      'rock.changed',
      { retired: { why: 'Over', into: 'pay' } },
      'Retired by <@U3> on 5 January 2026: Over · it went into Pay & refund',
      'Retired by <@U3> on 5 January 2026: Over · it went into another rock',
    ],
    [
      'rock.changed',
      { set_down: { why: 'Later' } },
      'Set down by <@U3> on 5 January 2026: Later',
      'Set down by <@U3> on 5 January 2026: Later',
    ],
  ])('tells of %s with the other rock, as far as the reader sees that: %j', (type, after, seen, unseen) => {
    const given = { type, after, before: type === 'rock.changed' ? { retired: null, set_down: null } : null };
    const name = seen.includes('&') ? seen.replace('&', '&amp;') : seen;
    expect(told([], [event({ ...given, other: { name: 'Pay & refund' } })])).toEqual([`• ${name}`]);
    expect(told([], [event(given)])).toEqual([`• ${unseen}`]);
  });

  it('has the days of whoever reads it', () => {
    const late = chapter({ beganAt: at('2026-11-04T23:30Z') });
    expect(told([late], [], 'Asia/Tokyo')).toEqual([
      '• <@U1> from 5 November 2026 (from the start) until today',
    ]);
  });

  it('says when nobody has carried it', () => {
    expect(told([])).toEqual(['Nobody has carried this yet.']);
  });
});

it.each(worstTexts)('a long story with words full of %s fits, the latest first to be kept', (_, text) => {
  const unknown = { ...ana, slackId: null, name: text(100) };
  const many = Array.from({ length: 300 }, (_, index) => {
    const beganAt = at('2025-01-01T09:00Z').add({ hours: 24 * index });
    return chapter({
      person: unknown,
      beganAt,
      endedAt: beganAt.add({ hours: 24 }),
      ended: 'given-up',
      endReason: text(3_000),
    });
  });
  const content = storyBlocks({ name: text(100) }, storyOf(many, []), 'UTC');
  expect(messageProblems(content, 'answer')).toEqual([]);
  expect(content.text).toMatch(/… and \d+ more before\./);
  expect(content.text).toContain('Nobody since 28 October 2025');
});
