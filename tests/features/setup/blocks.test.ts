import { describe, expect, it } from 'vitest';
import { limitModal, limitSaved, loadLines, withLoad } from '../../../src/features/ownership/load/blocks.ts';
import type { Person } from '../../../src/features/people/core/person.ts';
import { savedContent, settingsModal, setupBlocks } from '../../../src/features/setup/blocks.ts';
import type { Settings, Team } from '../../../src/features/setup/core/settings.ts';
import { pickTeamModal, teamModal, teamSaved } from '../../../src/features/setup/team-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const person = (id: number, name: string, given: Partial<Person> = {}): Person => ({
  ...{ id, slackId: `U${id}`, name, timezone: 'UTC', kind: 'member', isAdmin: false, isDeactivated: false },
  ...given,
});
const settings = (admins: Person[]): Settings => ({
  admins,
  productOperations: { id: 1, slackId: 'C1', name: 'ops' },
  leaders: null,
  backpackLimit: 15,
  releaseAfterHours: 0,
});

describe('the page of /cairn setup', () => {
  it('names admins, and counts the rest of many', () => {
    const admins = Array.from({ length: 25 }, (_, id) => person(id, `P${id}`));
    expect(setupBlocks(settings(admins), true).text).toContain('<@U19>, 5 more\n');
    expect(setupBlocks(settings([]), true).text).toContain('Admins those of Slack\n');
  });

  it('says it where admins are told of leavers at once', () => {
    expect(setupBlocks(settings([]), true).text).toContain('Told of somebody who left at once');
  });

  it('offers to pick neither who has left nor who is not in Slack yet', () => {
    const admins = [
      person(1, 'A', { isDeactivated: true }),
      person(2, 'B', { slackId: null }),
      person(3, 'C'),
    ];
    expect(JSON.stringify(settingsModal(settings(admins)))).toContain('"initial_users":["U3"]');
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  const people = Array.from({ length: 200 }, (_, id) => person(id, text(100), { slackId: null }));
  const inSlack = people.map((it) => ({ ...it, slackId: `U${it.id}` }));

  it('setup stays within the limits of Slack', () => {
    for (const admins of [people, inSlack]) {
      expect(messageProblems(setupBlocks(settings(admins), true), 'answer')).toEqual([]);
      expect(modalProblems(settingsModal(settings(admins)))).toEqual([]);
      expect(messageProblems(savedContent(settings(admins)), 'answer')).toEqual([]);
    }
  });

  it('a team stays within the limits of Slack', () => {
    const teams = Array.from({ length: 500 }, (_, id) => ({ id, name: text(80) }));
    expect(modalProblems(pickTeamModal(teams))).toEqual([]);
    for (const members of [people, inSlack]) {
      const team: Team = { id: 1, key: 'k', name: text(80), lead: members[0] ?? null, members };
      expect(modalProblems(teamModal(team))).toEqual([]);
      expect(messageProblems(teamSaved(team), 'answer')).toEqual([]);
    }
  });

  it('a load stays within the limits of Slack', () => {
    const [someone] = people;
    if (someone === undefined) throw new Error('nobody');
    const load = { rocks: 90, load: 400, limit: 15 };
    const taker = { ...someone, as: 'contributor' as const, load: 0, limit: 5 };
    const suggestions = Array.from({ length: 90 }, (_, id) => ({ rock: { id, name: text(100) }, to: taker }));
    const view = { ...load, hidden: 2, suggestions, mayChangeLimit: true };
    expect(loadLines(view)[0]).toBe('*Load* 400 of 15, 385 too many. It counts 2 rocks that are not shown.');
    const list = { text: 'x', blocks: [] };
    expect(messageProblems(withLoad(list, view, 1), 'answer')).toEqual([]);
    expect(modalProblems(limitModal({ person: someone, own: null, usual: 15 }))).toEqual([]);
    expect(modalProblems(limitModal(null))).toEqual([]);
    expect(messageProblems(limitSaved({ person: someone, load }), 'answer')).toEqual([]);
  });
});
