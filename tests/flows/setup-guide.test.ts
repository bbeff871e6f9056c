import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';
import { pressInHome, readHome } from '../support/home.ts';

/** A company of five and a guest, in which nothing is set up; Chi is an admin of Slack. */
const seed = {
  ...smallWorkspace,
  users: [
    ...smallWorkspace.users,
    {
      id: 'U0DEE',
      name: 'dee',
      real_name: 'Dee Ray',
      title: 'Head of Fraud',
      email: 'dee@test.example',
      tz: 'America/New_York',
    },
    { id: 'U0LEFT', name: 'lev', real_name: 'Lev Gone', deleted: true },
  ],
  channels: [
    ...(smallWorkspace.channels ?? []),
    {
      id: 'C0CHECKOUT',
      name: 'team-checkout',
      topic: 'Checkout. Lead: <@U0BEN>',
      members: ['ana', 'ben', 'gus', 'lev'],
    },
    { id: 'C0PARTNERS', name: 'partners', members: ['gus'] },
  ],
  usergroups: [
    { id: 'S0FRAUD', handle: 'fraud-squad', name: 'Fraud squad', members: ['dee', 'ana'] },
    { id: 'S0NOBODY', handle: 'design', name: 'Design', members: [] },
    { id: 'S0GUESTS', handle: 'guests', name: 'Guests', members: ['gus'] },
  ],
};
const empty = 'version: 1\n';

async function answer(cairn: TestCairn, person: string, command = '/cairn setup') {
  await cairn.as(person).command(command);
  const message = (await cairn.as(person).ephemerals('dm')).at(-1);
  return { text: message?.text ?? '', buttons: buttonsOf(message) };
}
const modalText = async (cairn: TestCairn, person: string) =>
  JSON.stringify((await cairn.as(person).modal()) ?? null);
const sees = (cairn: TestCairn, person: string) => expect.poll(async () => await modalText(cairn, person));

/** How many messages these were sent in their talk with Cairn; answers to what they typed are none. */
async function saidToOthers(cairn: TestCairn, ...people: string[]): Promise<number> {
  const talks = await Promise.all(people.map(async (name) => await cairn.slack.messages(`@${name}`)));
  return talks.flat().filter(({ ephemeral }) => !ephemeral).length;
}

describe('in an empty workspace', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    cairn = await startCairn({ company: empty, fake: { seed } });
  });
  afterAll(async () => {
    expect((await cairn.slack.refused()).map(({ error }) => error)).toEqual(['channel_not_found']);
    await cairn.close();
  });

  it('whoever asks first is taken for the one who installed Cairn, and reads what is promised', async () => {
    const { text, buttons } = await answer(cairn, 'ana');
    expect(text).toBe(
      [
        'Set Cairn up in six steps and about ten minutes.',
        'You are the first here, so I take you for the one who installed me. Begin makes you an admin of Cairn.',
        'Nobody is messaged until you press Go live, and then only the teams you choose.',
      ].join('\n'),
    );
    expect(buttons).toEqual(['Begin']);
  });

  it('an admin of Slack reads the same, and that they need not become one', async () => {
    const { text, buttons } = await answer(cairn, 'chi');
    expect(text).not.toContain('installed me');
    expect(buttons).toEqual(['Begin', 'All settings']);
  });

  it('is refused to a guest', async () => {
    expect((await answer(cairn, 'gus')).text).toBe(
      'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.',
    );
  });

  it('begins: of two at once one wins, and the other reads who it is', async () => {
    expect((await answer(cairn, 'ben')).buttons).toEqual(['Begin']);
    await cairn.as('ana').press('Begin');
    await sees(cairn, 'ana').toContain('1. Who sets Cairn up');
    await cairn.as('ben').press('Begin');
    await expect
      .poll(async () => (await cairn.as('ben').ephemerals('dm')).at(-1)?.text)
      .toBe('<@U0ANA> was here first and sets Cairn up. Ask them: they can name you an admin, too.');
    expect((await answer(cairn, 'ben')).text).toBe(
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.',
    );
    const admins = await cairn.db.selectFrom('people').select('name').where('is_admin', '=', true).execute();
    expect(admins).toEqual([{ name: 'ana' }]);
    const { quiet_since } = await cairn.db
      .selectFrom('workspaces')
      .select('quiet_since')
      .executeTakeFirstOrThrow();
    expect(quiet_since).not.toBeNull();
  });

  it('says beside each field of the first step what is wrong with it', async () => {
    expect(
      await cairn.as('ana').submit({
        'Who else is an admin': ['U0GUEST'],
        'Channel for product operations': 'C0RANDOM',
      }),
    ).toMatchObject({
      errors: {
        admins: 'gus is a guest. Only full members can be admins.',
        productOperations: 'I am not in #random. Type /invite @Cairn in it, then send this off again.',
      },
    });
  });

  it('two admins at once see the same, and what one saved is shown before the other saves over it', async () => {
    await cairn.as('ana').submit({ 'Who else is an admin': ['U0ANA', 'U0BEN'] });
    await sees(cairn, 'ana').toContain('2. People, zones and teams');
    await answer(cairn, 'ben');
    await cairn.as('ben').press('Go on');
    await sees(cairn, 'ben').toContain('2. People, zones and teams');
    expect(await modalText(cairn, 'ben')).toContain('<@U0ANA> was here last, today.');
    await cairn.as('ben').press('Back');
    await sees(cairn, 'ben').toContain('1. Who sets Cairn up');
    await cairn.as('ana').press('Back');
    await sees(cairn, 'ana').toContain('1. Who sets Cairn up');
    await cairn.as('ana').submit({ 'Channel for product operations': 'C0GENERAL' });
    await sees(cairn, 'ana').toContain('2. People, zones and teams');
    await cairn.as('ben').submit({ 'Channel for leaders': 'C0PAYMENTS' });
    await sees(cairn, 'ben').toContain(
      'Another admin saved this while you filled it in, so nothing of yours is saved yet.',
    );
    expect(await modalText(cairn, 'ben')).toContain('*Product operations* <#C0GENERAL>');
    expect(await modalText(cairn, 'ben')).toContain('"initial_conversation":"C0PAYMENTS"');
    await cairn.as('ben').close({ all: true });
  });

  it('reads teams from groups, channels and people, and says what it could not read and why', async () => {
    await sees(cairn, 'ana').toContain('4 people in 3 zones*: 2 in New York, 1 in Copenhagen, 1 in UTC');
    await cairn.as('ana').press('Teams from Slack');
    await sees(cairn, 'ana').toContain('Each group and each channel becomes one team.');
    expect(await cairn.as('ana').submit({})).toMatchObject({
      errors: { channels: 'Pick a group, a channel or people first.' },
    });
    await cairn.as('ana').submit({
      'User groups': ['S0FRAUD', 'S0NOBODY', 'S0GUESTS'],
      Channels: ['C0CHECKOUT', 'C0RANDOM'],
    });
    await sees(cairn, 'ana').toContain('3 teams. Nothing is created yet.');
    const text = await modalText(cairn, 'ana');
    expect(text).toContain('*@design* has nobody in it. Fill it in Slack first, or pick something else.');
    expect(text).toContain(
      '*@guests* has nobody who can be in a team: gus is a guest. Only full members are in teams.',
    );
    expect(text).toContain('*Checkout* from #team-checkout · new');
    expect(text).toContain('Lead: <@U0BEN>, the channel says so');
    expect(text).toContain('Left out: ');
    expect(text).toContain('gus (a guest)');
    expect(text).toContain('lev (deactivated)');
    expect(text).toContain('*Fraud* from @fraud-squad · new');
    expect(text).toContain('Lead: <@U0DEE>, by their title');
    expect(text).toContain('I am not in <#C0RANDOM>, so it has no home yet: type `/invite @Cairn` there.');
  });

  it('lets a team be changed, or left out, before it is created', async () => {
    await cairn.as('ana').press('setup-teams:leave-out/2');
    await sees(cairn, 'ana').toContain('is left out.');
    await cairn.as('ana').press('setup-teams:change/0');
    await sees(cairn, 'ana').toContain('before it is created');
    expect(await cairn.as('ana').submit({ Name: 'checkout' })).toMatchObject({
      errors: { name: 'Another team here is called that already. Give it another name.' },
    });
    await cairn.as('ana').submit({ Name: 'Risk', Members: ['U0DEE', 'U0ANA'], Lead: 'U0ANA' });
    await sees(cairn, 'ana').toContain('*Risk* from @fraud-squad · new');
    expect(await modalText(cairn, 'ana')).toContain('Lead: <@U0ANA>, as you said');
  });

  it('creates them at one press, and tells nobody', async () => {
    await cairn.as('ana').submit({});
    await sees(cairn, 'ana').toContain('2 teams are created. Nobody was told.');
    const teams = await cairn.db
      .selectFrom('teams as t')
      .leftJoin('people as p', 'p.id', 't.lead_id')
      .leftJoin('channels as c', 'c.id', 't.channel_id')
      .select(['t.key', 't.name', 'p.name as lead', 'c.name as home'])
      .orderBy('t.key')
      .execute();
    expect(teams).toEqual([
      { key: 'checkout', name: 'Checkout', lead: 'ben', home: 'team-checkout' },
      { key: 'risk', name: 'Risk', lead: 'ana', home: null },
    ]);
    expect(await saidToOthers(cairn, 'dee', 'gus')).toBe(0);
  });

  it('says what would change of a team that is there already', async () => {
    await cairn.as('ana').press('Teams from Slack');
    await sees(cairn, 'ana').toContain('Or people, who are one team');
    expect(await cairn.as('ana').submit({ 'Or people, who are one team': ['U0DEE'] })).toMatchObject({
      errors: { peopleName: 'What is the team of these people called?' },
    });
    await cairn.as('ana').submit({
      'Or people, who are one team': ['U0DEE'],
      'What that team is called': 'Checkout',
    });
    await sees(cairn, 'ana').toContain('there already, and changes');
    expect(await modalText(cairn, 'ana')).toContain('Gains: <@U0DEE>');
    await cairn.as('ana').submit({});
    await sees(cairn, 'ana').toContain('Changed: *Checkout*.');
  });

  it('says in words that a private channel is unknown to it', async () => {
    await answer(cairn, 'chi');
    await cairn.as('chi').press('Go on');
    await sees(cairn, 'chi').toContain('2. People, zones and teams');
    await cairn.as('chi').press('Teams from Slack');
    await sees(cairn, 'chi').toContain('Channels');
    await cairn.as('chi').submit({ Channels: ['G0SECRET'] });
    await sees(cairn, 'chi').toContain(
      '<#G0SECRET> is private and I am not in it, so Slack shows me nothing of it. Type `/invite @Cairn` there, then pick it again.',
    );
    expect(await modalText(cairn, 'chi')).toContain('No team could be read');
    await cairn.as('chi').close({ all: true });
  });

  it('removes a team that was created here, as long as nothing rests on it', async () => {
    await cairn.as('ana').press('Remove a team');
    await sees(cairn, 'ana').toContain('go again at one press');
    const { id } = await cairn.db
      .selectFrom('teams')
      .select('id')
      .where('key', '=', 'risk')
      .executeTakeFirstOrThrow();
    await cairn.as('ana').press(`setup-teams:remove/${id}`);
    await sees(cairn, 'ana').toContain('*Risk* is removed again.');
    await cairn.as('ana').press('Back');
    await sees(cairn, 'ana').toContain('2. People, zones and teams');
  });

  it('walks through the other steps, and is taken up again where it was left, from Home too', async () => {
    for (const title of ['3. ', '4. ']) {
      await cairn.as('ana').submit({});
      await sees(cairn, 'ana').toContain(`"${title}`);
    }
    await cairn.as('ana').close({ all: true });
    expect((await answer(cairn, 'ana')).text).toContain('Setting up: 2 of 6 done');
    await cairn.as('ana').openHome();
    await expect
      .poll(async () => await readHome(cairn, 'ana'))
      .toContainEqual(expect.stringContaining('*Setting up: 2 of 6 done*'));
    await pressInHome(cairn, 'ana', 'Go on');
    await sees(cairn, 'ana').toContain('"4. ');
    await cairn.as('ana').close({ all: true });
  });

  it('brings in one sheet after the other, though Slack lays no more than three modals on each other', async () => {
    await answer(cairn, 'ana');
    await cairn.as('ana').press('Go on');
    await sees(cairn, 'ana').toContain('"4. ');
    await cairn.as('ana').press('Back');
    for (const rock of ['Ledger', 'Payouts', 'Refunds']) {
      await sees(cairn, 'ana').toContain('"3. ');
      await cairn.as('ana').press('Bring in rocks');
      await sees(cairn, 'ana').toContain('Read it');
      await cairn.as('ana').submit({ pasted: `Rock\n${rock}\n` });
      await sees(cairn, 'ana').toContain('Which column holds what?');
      await cairn.as('ana').submit({});
      await sees(cairn, 'ana').toContain('Bring them in');
      await cairn.as('ana').submit({});
      await sees(cairn, 'ana').toContain('*Brought in:* 1 added');
      await cairn.as('ana').press('Go on setting up');
    }
    for (const step of ['"3. ', '"4. ']) {
      await sees(cairn, 'ana').toContain(step);
      await cairn.as('ana').submit({});
    }
    await sees(cairn, 'ana').toContain('"5. ');
    await cairn.as('ana').press('Pick from the list');
    await sees(cairn, 'ana').toContain('Tick what you do');
    await cairn.as('ana').close({ all: true });
  });

  it('has the page of all settings one press away', async () => {
    await answer(cairn, 'ana');
    await cairn.as('ana').press('All settings');
    await expect
      .poll(async () => (await cairn.as('ana').ephemerals('dm')).at(-1)?.text)
      .toContain('How Cairn is set up');
    expect((await answer(cairn, 'ana', '/cairn setup settings')).buttons).toContain('Change it');
  });
});

describe('where Slack tells little', () => {
  const crowd = Array.from({ length: 505 }, (_, at) => ({
    id: `U9${String(at).padStart(4, '0')}`,
    name: `p${at}`,
    real_name: `Person ${at}`,
  }));
  let cairn: TestCairn;
  beforeAll(async () => {
    const users = [...seed.users, ...crowd];
    const channels = [...seed.channels, { id: 'C0CROWD', name: 'everyone' }];
    cairn = await startCairn({ company: empty, fake: { seed: { ...seed, users, channels } } });
  });
  afterAll(async () => {
    await cairn.close();
  });

  it('without the optional scope user groups are left out, with the reason, and nothing else is', async () => {
    await answer(cairn, 'chi');
    await cairn.as('chi').press('Begin');
    await sees(cairn, 'chi').toContain('1. Who sets Cairn up');
    await cairn.as('chi').submit({});
    await sees(cairn, 'chi').toContain('2. People, zones and teams');
    await cairn.slack.scopes('usergroups:read', false);
    await cairn.as('chi').press('Teams from Slack');
    await sees(cairn, 'chi').toContain(
      'User groups are left out: I may not read them here. A Slack admin can give me the optional scope `usergroups:read`; user groups also need a paid plan. Channels and people work without.',
    );
    expect(await modalText(cairn, 'chi')).not.toContain('"label":{"type":"plain_text","text":"User groups"');
    await cairn.slack.scopes('usergroups:read', true);
  });

  it('a channel of more than 500 members is no team', async () => {
    await cairn.as('chi').submit({ Channels: ['C0CROWD'] });
    await sees(cairn, 'chi').toContain(
      '<#C0CROWD> has more than 500 full members, and a team has 500 at most. Pick a smaller channel or a user group.',
    );
  });

  it('what Slack does not answer about is said, and the rest is read', async () => {
    await cairn.as('chi').press('Pick again');
    await sees(cairn, 'chi').toContain('Or people, who are one team');
    const fault = await cairn.slack.faults.add({
      kind: 'server-error',
      method: 'conversations.members',
      channel: 'C0RANDOM',
    });
    await cairn.as('chi').submit({ Channels: ['C0RANDOM', 'C0CHECKOUT'] });
    await sees(cairn, 'chi').toContain(
      'Slack did not answer about <#C0RANDOM>. Nothing is lost: pick it again in a minute or two.',
    );
    expect(await modalText(cairn, 'chi')).toContain('*Checkout* from #team-checkout · new');
    await cairn.slack.faults.remove(fault.id);
    await cairn.as('chi').close({ all: true });
  });

  it('what was read waits for whoever goes on', async () => {
    await answer(cairn, 'chi');
    await cairn.as('chi').press('Go on');
    await sees(cairn, 'chi').toContain('Go on with the proposed team');
    await cairn.as('chi').press('Go on with the proposed team');
    await sees(cairn, 'chi').toContain('One team. Nothing is created yet.');
    await cairn.as('chi').close({ all: true });
  });
});

describe('when whoever began is deactivated in the middle', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    const users = seed.users.map((user) => ({ ...user, is_admin: false }));
    cairn = await startCairn({ company: empty, fake: { seed: { ...seed, users } } });
  });
  afterAll(async () => {
    await cairn.close();
  });

  it('the next one goes on where they were, and becomes an admin', async () => {
    await answer(cairn, 'ana');
    await cairn.as('ana').press('Begin');
    await sees(cairn, 'ana').toContain('1. Who sets Cairn up');
    await cairn.as('ana').submit({ 'Who else is an admin': ['U0ANA'] });
    await sees(cairn, 'ana').toContain('2. People, zones and teams');
    expect((await answer(cairn, 'ben')).buttons).toEqual([]);

    await cairn.slack.changeUser('ana', { deleted: true });
    await expect
      .poll(async () => (await answer(cairn, 'ben')).text)
      .toContain(
        'Whoever began this has left, and no other admin is here. Begin makes you an admin of Cairn, and you go on where they were.',
      );
    await cairn.as('ben').press('Begin');
    await sees(cairn, 'ben').toContain('2. People, zones and teams');
    const events = await cairn.db
      .selectFrom('events')
      .select('subject_id')
      .where('type', '=', 'person.made-admin')
      .execute();
    expect(events).toHaveLength(2);
  });
});

describe('in a workspace that is in use', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    cairn = await startCairn();
  });
  afterAll(async () => {
    await cairn.close();
  });

  it('nobody but an admin begins, and nobody is silenced', async () => {
    expect((await answer(cairn, 'ana')).text).toContain('so admins do it');
    await answer(cairn, 'chi');
    await cairn.as('chi').press('Set up in six steps');
    await sees(cairn, 'chi').toContain(
      'This workspace is in use already, so I am not silenced here: what I send goes on being sent.',
    );
    await cairn.as('chi').submit({});
    await sees(cairn, 'chi').toContain('1. Who sets Cairn up');
    const { quiet_since } = await cairn.db
      .selectFrom('workspaces')
      .select('quiet_since')
      .executeTakeFirstOrThrow();
    expect(quiet_since).toBeNull();
    await cairn.as('chi').close({ all: true });
  });

  it('a team that something rests on stays', async () => {
    const { id } = await cairn.db.selectFrom('teams').select('id').executeTakeFirstOrThrow();
    const chi = await cairn.db
      .selectFrom('people')
      .select('id')
      .where('slack_id', '=', 'U0CHI')
      .executeTakeFirstOrThrow();
    await cairn.db
      .insertInto('setup_teams')
      .values({
        workspace_id: cairn.workspaceId,
        team_id: id,
        created_by_id: chi.id,
        created_at: '2026-11-20T12:00:00Z',
      })
      .execute();
    await answer(cairn, 'chi');
    await cairn.as('chi').press('Go on');
    await sees(cairn, 'chi').toContain('1. Who sets Cairn up');
    await cairn.as('chi').submit({});
    await sees(cairn, 'chi').toContain('2. People, zones and teams');
    await cairn.as('chi').press('Remove a team');
    await sees(cairn, 'chi').toContain('go again at one press');
    await cairn.as('chi').press(`setup-teams:remove/${id}`);
    await sees(cairn, 'chi').toContain(
      'Something rests on *Checkout* by now, such as a rock, an objective or a ritual, so it stays.',
    );
  });
});
