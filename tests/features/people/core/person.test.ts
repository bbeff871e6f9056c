import { describe, expect, it } from 'vitest';
import { isActor, notForYou, type Person } from '../../../../src/features/people/core/person.ts';

const ana: Person = {
  id: 1,
  slackId: 'U1',
  name: 'Ana',
  timezone: 'Europe/Berlin',
  kind: 'member',
  isAdmin: false,
  isDeactivated: false,
};

describe('Cairn is for', () => {
  it.each<[string, Partial<Person>, boolean]>([
    ['members', {}, true],
    ['admins', { isAdmin: true }, true],
    ['nobody who is deactivated', { isDeactivated: true }, false],
    ['nobody whom Slack does not know yet', { slackId: null }, false],
    ['no guests', { kind: 'guest' }, false],
    ['no people of other companies', { kind: 'outsider' }, false],
    ['no bots', { kind: 'bot' }, false],
    ['no guest who is an admin', { kind: 'guest', isAdmin: true }, false],
  ])('%s', (_, change, may) => {
    expect(isActor({ ...ana, ...change })).toBe(may);
  });
});

it('says no in a friendly line, with the reason that counts', () => {
  expect(notForYou({ kind: 'guest', isDeactivated: false })).toMatchObject({
    ok: false,
    code: 'not-a-member',
  });
  expect(notForYou({ kind: 'member', isDeactivated: true })).toMatchObject({
    ok: false,
    code: 'deactivated',
  });
  expect(notForYou({ kind: 'guest', isDeactivated: true }).code).toBe('deactivated');
});
