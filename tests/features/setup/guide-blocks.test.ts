import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import type { Person } from '../../../src/features/people/core/person.ts';
import {
  firstContent,
  firstModal,
  progressContent,
  stepModal,
} from '../../../src/features/setup/guide/blocks.ts';
import { stepKeys } from '../../../src/features/setup/guide/core/path.ts';
import type { Guide } from '../../../src/features/setup/guide/guide.ts';
import { whoFields } from '../../../src/features/setup/guide/who-blocks.ts';
import { previewModal } from '../../../src/features/setup/teams/blocks.ts';
import { mostTeams } from '../../../src/features/setup/teams/core/proposal.ts';
import {
  changeModal,
  pickModal,
  readingModal,
  removingModal,
} from '../../../src/features/setup/teams/form-blocks.ts';
import type { PreviewTeam, TeamPreview } from '../../../src/features/setup/teams/preview.ts';
import { textLength } from '../../../src/platform/slack/elements.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const person = (id: number, name: string): Person => ({
  ...{ id, name, slackId: `U${id}`, timezone: 'UTC' },
  ...{ kind: 'member', isAdmin: false, isDeactivated: false },
});
const guide = (done: number, given: Partial<Guide> = {}): Guide => ({
  step: 'people',
  steps: stepKeys.map((key, at) => ({ key, title: key, isDone: at < done, lines: ['A line.'], buttons: [] })),
  moved: { by: null, at: now },
  now,
  zone: 'UTC',
  ...given,
});

describe('the first screen', () => {
  it('promises that nobody is messaged only where that is kept', () => {
    const promised = 'Nobody is messaged until you press Go live, and then only the teams you choose.';
    expect(firstContent({ kind: 'first', isEmpty: true, claim: null }).text).toContain(promised);
    expect(firstContent({ kind: 'first', isEmpty: false, claim: null }).text).not.toContain(promised);
  });

  it('is within the limits of Slack', () => {
    for (const claim of [null, 'installed', 'follows'] as const) {
      const opening = { kind: 'first', isEmpty: true, claim } as const;
      expect(messageProblems(firstContent(opening), 'answer')).toEqual([]);
      expect(modalProblems(firstModal(opening))).toEqual([]);
    }
  });
});

describe('how far it is', () => {
  it('is said in numbers, until all is done', () => {
    expect(progressContent(guide(3)).text).toContain('Setting up: 3 of 6 done');
    expect(progressContent(guide(6)).text).toContain('Set up: all 6 steps are done');
  });

  it('has no way back before the first step, and nothing next after the last', () => {
    const words = (key: (typeof stepKeys)[number]) => JSON.stringify(stepModal(guide(0), key, '{}'));
    expect(words('who')).not.toContain('"Back"');
    expect(words('people')).toContain('"Back"');
    expect(words('ritual')).toContain('"Done"');
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const people = Array.from({ length: 500 }, (_one, id) => ({
    ...person(id, text(100)),
    slackId: `U0${id}`,
  }));
  const team: PreviewTeam = {
    from: [text(80), text(80)],
    name: text(80),
    memberIds: people.map(({ id }) => id),
    lead: { id: 1, why: 'topic' },
    channelId: 1,
    leftOut: Array.from({ length: 60 }, () => ({ name: text(100), why: 'outsider' })),
    isLeftOut: false,
    effect: { kind: 'new' },
    members: people,
    leader: { person: person(1, text(100)), why: 'topic' },
    home: { id: 1, slackId: 'C1', name: text(80), hasCairn: false },
  };
  const preview: TeamPreview = {
    id: 123_456_789,
    teams: Array.from({ length: mostTeams + 1 }, () => team),
    troubles: Array.from({ length: mostTeams + 1 }, () =>
      'Slack did not answer about <#C0123456789>. '.repeat(5),
    ),
    zones: Array.from({ length: 40 }, (_one, at) => ({ timezone: `Area/Place_${at}`, count: at })),
    stamp: 'x'.repeat(22),
  };

  test('teams and their forms stay within the limits of Slack', () => {
    expect(modalProblems(previewModal(preview))).toEqual([]);
    expect(textLength(previewModal(preview).blocks)).toBeLessThan(13_500);
    expect(
      modalProblems(
        previewModal({ ...preview, teams: preview.teams.map((one) => ({ ...one, isLeftOut: true })) }),
      ),
    ).toEqual([]);
    expect(modalProblems(changeModal(1, 0, team))).toEqual([]);
    const groups = Array.from({ length: 300 }, (_one, at) => ({
      slackId: `S${at}`,
      name: text(90),
      handle: 'h',
    }));
    for (const given of [groups, 'unreadable', 'silent'] as const) {
      expect(modalProblems(pickModal(given))).toEqual([]);
    }
    expect(modalProblems(readingModal())).toEqual([]);
    const made = Array.from({ length: 300 }, (_one, id) => ({ id, name: text(80), members: 500 }));
    expect(modalProblems(removingModal(made, ['Said.']))).toEqual([]);
  });

  test('steps stay within the limits of Slack', () => {
    const fields = whoFields({
      admins: people.map(({ slackId }) => slackId),
      productOperations: 'C1',
      leaders: 'C2',
    });
    const moved = { by: person(1, text(100)), at: now };
    for (const key of stepKeys) {
      expect(modalProblems(stepModal(guide(2, { moved }), key, '{}', { more: fields, said: ['x'] }))).toEqual(
        [],
      );
    }
    expect(messageProblems(progressContent(guide(2, { moved })), 'answer')).toEqual([]);
  });
});
