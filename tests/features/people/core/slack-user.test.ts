import { describe, expect, it } from 'vitest';
import { type RawUser, readChannel, readUser } from '../../../../src/features/people/core/slack-user.ts';

const raw: RawUser = {
  id: 'U1',
  team_id: 'T1',
  name: 'ana',
  real_name: 'Ana Real',
  tz: 'Europe/Berlin',
  profile: { display_name: 'Ana', real_name: 'Ana Profile', email: 'ana@acme.example' },
};

describe('a user of Slack’s', () => {
  it('is read whole', () => {
    expect(readUser(raw, 'T1')).toEqual({
      slackId: 'U1',
      name: 'Ana',
      realName: 'Ana Profile',
      email: 'ana@acme.example',
      timezone: 'Europe/Berlin',
      kind: 'member',
      isSlackAdmin: false,
      isDeactivated: false,
    });
  });

  it('is read from an id alone', () => {
    expect(readUser({ id: 'U1' }, 'T1')).toEqual({
      slackId: 'U1',
      name: 'U1',
      realName: null,
      email: null,
      timezone: null,
      kind: 'member',
      isSlackAdmin: false,
      isDeactivated: false,
    });
  });

  it.each(['', ' ', 'Mars/Olympus', '+02:00', 'Europe/Berlin '])(
    'has no zone where Slack says one that nobody knows: “%s”',
    (tz) => {
      expect(readUser({ ...raw, tz }, 'T1')?.timezone).toBeNull();
    },
  );

  it.each(['', '  '])('has no address where Slack says an empty one: “%s”', (email) => {
    expect(readUser({ ...raw, profile: { email } }, 'T1')?.email).toBeNull();
  });

  it('is none without an id', () => {
    expect(readUser({ name: 'ana' }, 'T1')).toBeNull();
  });

  it.each<[string, RawUser, string]>([
    ['the display name', raw, 'Ana'],
    ['the real name of the profile', { ...raw, profile: { display_name: '', real_name: 'Ana P' } }, 'Ana P'],
    ['the real name', { ...raw, profile: {} }, 'Ana Real'],
    ['the handle', { id: 'U1', name: 'ana' }, 'ana'],
    [
      'no name that is only space',
      { ...raw, profile: { display_name: '  ', real_name: ' Ana P ' } },
      'Ana P',
    ],
  ])('is called by %s', (_, user, name) => {
    expect(readUser(user, 'T1')?.name).toBe(name);
  });

  it.each<[string, Partial<RawUser>, string]>([
    ['a member', {}, 'member'],
    ['a bot', { is_bot: true }, 'bot'],
    ['Slackbot, whom Slack calls no bot', { id: 'USLACKBOT' }, 'bot'],
    ['a guest', { is_restricted: true }, 'guest'],
    ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }, 'guest'],
    ['somebody of another company', { team_id: 'T2' }, 'outsider'],
    ['a stranger in a shared channel', { is_stranger: true }, 'outsider'],
    ['another company’s guest, first an outsider', { team_id: 'T2', is_restricted: true }, 'outsider'],
    ['another company’s bot, first a bot', { team_id: 'T2', is_bot: true }, 'bot'],
  ])('is %s', (_, change, kind) => {
    expect(readUser({ ...raw, ...change }, 'T1')?.kind).toBe(kind);
  });

  it('is an admin as an owner is, and deactivated as Slack says', () => {
    expect(readUser({ ...raw, is_admin: true }, 'T1')?.isSlackAdmin).toBe(true);
    expect(readUser({ ...raw, is_owner: true }, 'T1')?.isSlackAdmin).toBe(true);
    expect(readUser({ ...raw, deleted: true }, 'T1')?.isDeactivated).toBe(true);
  });
});

describe('a channel of Slack’s', () => {
  it('is read whole, and with no more than its id and name', () => {
    const whole = { id: 'C1', name: 'payments', is_private: true, is_member: true, is_archived: true };
    expect(readChannel(whole)).toEqual({
      slackId: 'C1',
      name: 'payments',
      isPrivate: true,
      hasCairn: true,
      isArchived: true,
    });
    expect(readChannel({ id: 'C1', name: 'payments' })).toEqual({
      slackId: 'C1',
      name: 'payments',
      isPrivate: false,
      hasCairn: false,
      isArchived: false,
    });
  });

  it('is none without an id or a name, as direct messages are', () => {
    expect(readChannel({ name: 'payments' })).toBeNull();
    expect(readChannel({ id: 'D1' })).toBeNull();
  });
});
