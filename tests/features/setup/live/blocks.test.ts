import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type Figures, figuresOf } from '../../../../src/cadence/core/figures.ts';
import { figureLines, liveModal, stepContent } from '../../../../src/features/setup/live/blocks.ts';
import type {
  LivePage,
  LiveTeam,
  PilotFigures,
  TeamPreview,
} from '../../../../src/features/setup/live/core/live.ts';
import { channelsModal, mostTeams, ritualModal } from '../../../../src/features/setup/live/form-blocks.ts';
import {
  everybodyModal,
  goModal,
  pauseModal,
  whomModal,
} from '../../../../src/features/setup/live/preview-blocks.ts';
import { inline } from '../../../../src/platform/slack/mrkdwn.ts';
import { messageProblems, modalProblems } from '../../../support/block-limits.ts';
import { worstTexts } from '../../../support/worst-case.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const figures: Figures = {
  ...{ occurrences: 2, people: 4, asked: 8, answered: 6 },
  ...{ nudges: 1, minutes: 12, medianWait: 41 },
};
const went: PilotFigures = {
  ...{ held: 2, figures, snoozes: 2, left: ['often', 'area'] },
  proposals: { asked: 4, answered: 3 },
};

describe('how a pilot goes', () => {
  it('is said in plain figures', () => {
    expect(figureLines(went)).toEqual([
      'Held 2 times.',
      '75 % answered: 6 of 8.',
      'Half of the answers came within 41 minutes.',
      'It took about 12 minutes of everybody together.',
      'Reminders were sent once.',
      'Snoozed 2 times.',
      '2 left: asked too often, not my area any more.',
      '3 of 4 said whether what is listed as theirs is right.',
    ]);
  });

  it('says no more than there is to say', () => {
    const none = figuresOf([]);
    const nothing = { held: 0, figures: none, snoozes: 0, left: [], proposals: { asked: 0, answered: 0 } };
    expect(figureLines(nothing)).toEqual(['Not held yet.']);
    expect(figureLines({ ...nothing, held: 3 })).toEqual(['Held 3 times.']);
  });

  it.each([
    [0.4, 'a minute'],
    [200, '3 hours'],
    [6_000, '4 days'],
  ])('says %d minutes in words', (medianWait, words) => {
    expect(figureLines({ ...went, figures: { ...figures, medianWait } })[2]).toBe(
      `Half of the answers came within ${words}.`,
    );
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const teams = Array.from(
    { length: 120 },
    (_each, id): LiveTeam => ({
      ...{ id: id + 1, name: text(80), people: 999, cadenceId: id + 1, cadenceState: 'paused' },
      liveAt: id % 2 === 0 ? now : null,
      channel: {
        id,
        slackId: id % 3 === 0 ? null : `C${id}`,
        name: text(80),
        hasCairn: true,
        isArchived: false,
      },
    }),
  );
  const page: LivePage = {
    ...{ isQuiet: true, teams, zone: 'Europe/Berlin', now },
    ritual: {
      ...{ key: 'okr-check-in', name: text(60), words: text(200) },
      ...{ schedule: text(200), timezone: 'America/Argentina/ComodRivadavia' },
    },
    pilot: { teamId: 1, name: text(80), went },
  };
  const previews = teams.map(
    (team): TeamPreview => ({
      ...{ team, at: now, zone: 'Europe/Berlin', unnamed: 0 },
      asked: teams.map(() => ({ slackId: null, name: text(80), timezone: 'Asia/Tokyo', at: now })),
      notAsked: teams.map(() => ({ slackId: null, name: text(80), why: 'is a guest', isAway: false })),
    }),
  );
  const [preview] = previews;
  if (preview === undefined) throw new Error('there is no team');

  it('every page and form stays within the limits of Slack', () => {
    const form = {
      ritual: 'okr-check-in',
      schedule: text(200),
      timezone: text(80),
      teamIds: teams.slice(0, mostTeams).map(({ id }) => id),
    };
    const modals = {
      page: liveModal(page, inline(text(80))),
      whom: whomModal(previews, now),
      go: goModal(preview, { now, as: 'next', pilot: page.pilot }),
      everybody: everybodyModal(
        teams.map(({ name }) => name),
        page.pilot,
      ),
      pause: pauseModal({ id: 1, name: text(80) }, true),
      ritual: ritualModal(
        page,
        teams.map(({ id, name }) => ({ id: String(id), name })),
      ),
      channels: channelsModal(form, teams.slice(0, mostTeams)),
    };
    for (const [name, modal] of Object.entries(modals))
      expect({ [name]: modalProblems(modal) }).toEqual({ [name]: [] });
  });

  it('the step stays within the limits of a message', () => {
    const lines = Array.from({ length: 5 }, () => inline(text(80)));
    const step = { key: 'ritual' as const, title: 'A ritual', isDone: false, lines, buttons: [] };
    const content = stepContent({ ...step, buttons: liveButtons });
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});

const liveButtons = [
  {
    type: 'button' as const,
    action_id: 'live:open',
    value: 'open',
    text: { type: 'plain_text' as const, text: 'Open' },
  },
];
