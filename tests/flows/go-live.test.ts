import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginQuiet } from '../../src/features/setup/live/quiet-store.ts';
import { companyNow } from '../../src/platform/db/company-time.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

/** The small company in two teams, with everything on the calendar that tells somebody something. */
const company = `${smallCompany
  .replace('lead: chi, channel: "#payments" }', 'lead: chi, channel: "#payments", members: [ana] }')
  .replace(
    'rocks:\n',
    '  - { key: search, name: Search, channel: "#search", members: [ben] }\nsettings: { release_after: PT24H, product_operations: "#ops", leaders: "#leaders" }\nrocks:\n',
  )
  .replace(
    'cadences:\n',
    `  - title: Search that finds
    key: finds
    owner: ben
    team: search
    cycle: 2026-Q4
    key_results: [{ key: found, title: Found, owner: ben, type: number, start: 1, target: 9, current: 2 }]
cadences:
`,
  )}
  - { key: audit, ritual: ownership-audit, channel: "#general", schedule: "0 9 * * TUE", timezone: Europe/Berlin, teams: [checkout, search], nudge_after: P1D, close_after: P2D, state: active }
  - { key: digest, ritual: digest, channel: "#leaders", schedule: "0 10 * * WED", timezone: Europe/Berlin, state: active }
  - { key: roadmap, ritual: roadmap-review, channel: "#search", schedule: "0 10 * * THU", timezone: Europe/Berlin, teams: [search], state: active }
  - { key: weekly-search, ritual: okr-check-in, channel: "#search", schedule: "0 9 * * MON", timezone: Europe/Berlin, teams: [search], state: active }
`;

let cairn: TestCairn;
beforeAll(async () => {
  const channel = (id: string, name: string) => ({ id, name, members: ['ana', 'ben', 'chi'] });
  const channels = [
    ...(smallWorkspace.channels ?? []),
    channel('C0SEARCH', 'search'),
    channel('C0OPS', 'ops'),
    channel('C0LEADERS', 'leaders'),
  ];
  cairn = await startCairn({ company, fake: { seed: { ...smallWorkspace, channels } } });
  await inTransaction(cairn.db, async (tx) =>
    beginQuiet(tx, cairn.workspaceId, await companyNow(tx, cairn.workspaceId)),
  );
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn?.close();
});

/** Everybody and every channel that got a message, by name. */
async function told(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct coalesce(p.handle, '#' || c.name) as name from deliveries d
    join messages m on m.id = d.message_id
    left join people p on p.id = m.to_person_id left join channels c on c.id = m.to_channel_id
    where d.workspace_id = ${cairn.workspaceId} and (d.sent_at is not null or d.state not in
      ('pending', 'expired', 'cancelled')) order by 1`.execute(cairn.db);
  const places = ['#general', '#payments', '#search', '#ops', '#leaders', '@ana', '@ben', '@gus', '@chi'];
  const seen = [];
  for (const place of places) {
    const messages = await cairn.slack.messages(place).catch(() => []);
    // People talk there, too, and are answered for themselves alone.
    if (messages.some((it) => !it.ephemeral && it.user === 'U0CAIRN')) seen.push(place.replace('@', ''));
  }
  expect([...seen].sort()).toEqual(rows.map(({ name }) => name).sort());
  return [...seen].sort();
}
/** What waits, by what its keys begin with. */
async function heldKinds(): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select distinct split_part(m.dedupe_key, ':', 1) as kind from deliveries d join messages m on m.id = d.message_id
    where d.state = 'pending' order by 1`.execute(cairn.db);
  return rows.map(({ kind }) => kind);
}
/** Whether something was to be asked of somebody and was not. */
async function waitsFor(handle: string): Promise<boolean> {
  const { rows } = await sql`
    select from daily_parts q join people p on p.id = q.person_id
    where p.handle = ${handle} and q.state <> 'said'`.execute(cairn.db);
  return rows.length > 0;
}
const brief = {
  'Why it matters': 'Every booking ends here.',
  'Where it stands': 'Well.',
  'What I would do next': 'Look after it.',
  'What could hurt': 'Forgetting it.',
};
const modalText = async () => JSON.stringify(await cairn.as('chi').modal());
const titleOf = async (who: string) => (await cairn.as(who).modal())?.title.text;
const eventually = async (words: string) => await expect.poll(modalText).toContain(words);

describe('until somebody presses Go live', () => {
  it('a week of everything that tells somebody sends messages to admins alone', async () => {
    const ana = cairn.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await expect.poll(() => titleOf('ana')).toBe('Hand over');
    await ana.submit(brief);
    await expect.poll(() => titleOf('ana')).toBeUndefined();
    await ana.command('/handoff "launch deck" @ben by Tue', { in: 'payments' });
    await expect.poll(() => titleOf('ana')).toBeDefined();
    await ana.submit(brief);
    await expect.poll(() => titleOf('ana')).toBeUndefined();
    await ana.command('/ooo Thu - Fri', { in: 'general' });
    await ana.say('@Cairn who owns payments?', { in: 'payments' });
    await ana.command('/cadence run weekly-okr', { in: 'payments' });
    await cairn.turnTo('2026-11-23T12:00:00+01:00');
    expect((await ana.ephemerals('payments')).at(-1)?.text).toBeDefined();
    // Somebody leaves in the middle of it: admins are told.
    await cairn.slack.changeUser('ben', { deleted: true });
    await cairn.turnTo('2026-11-24T18:00:00+01:00');
    await cairn.turnTo('2026-11-26T09:00:00+01:00');
    await cairn.slack.changeUser('ben', { deleted: false });
    await cairn.turnTo('2026-11-28T12:00:00+01:00');
    expect(await told()).toEqual(['chi']);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from deliveries where state = 'pending'`.execute(cairn.db);
    expect(rows[0]?.count).toBeGreaterThan(0);
    expect(await heldKinds()).toEqual(
      expect.arrayContaining(['answer', 'handoff-offer', 'handoff-offered', 'handoff-reminder']),
    );
  });

  it('a cadence says so in words', async () => {
    const chi = cairn.as('chi');
    await chi.command('/cadence resume weekly-okr', { in: 'general' });
    expect((await chi.ephemerals('general')).at(-1)?.text).toBe(
      'Checkout is not live yet, so nothing would be sent. `/cairn setup` takes it live.',
    );
  });
});

describe('Go live', () => {
  it('comes after a ritual is set up, looked at and rehearsed', async () => {
    const chi = cairn.as('chi');
    await chi.command('/cairn live', { in: 'general' });
    const page = (await chi.ephemerals('general')).at(-1);
    expect(page?.text).toBe(
      'A ritual, and Go live\nPick a ritual, rehearse it, and take one team live. Nobody but admins is messaged until you press `Go live`, and then only the teams that you choose.',
    );
    expect(buttonsOf(page)).toEqual(['Set a ritual up']);
    await chi.press('Set a ritual up');
    await expect.poll(() => titleOf('chi')).toBe('The first ritual');
    const refused = await chi.submit({ When: 'when the moon is full', 'Time zone': 'Berlin' });
    expect(refused).toMatchObject({ errors: { timezone: expect.stringContaining('time zone') } });
    await chi.submit({ When: 'Mondays at 9', 'Time zone': 'Europe/Berlin', Teams: ['Checkout', 'Search'] });
    await eventually('Where does each team hold it?');
    await chi.submit();
    await eventually('It is set up.');
    expect(await modalText()).toContain('not live yet');

    await chi.press('Whom it messages');
    await eventually('<@U0ANA>: Mon 30 Nov, 09:00, where they are');
    await chi.press('Back');
    await eventually('Rehearse to me');
    const before = (await cairn.slack.messages('@chi')).length;
    await chi.press('Rehearse to me');
    await eventually('It comes to you alone');
    await expect.poll(async () => (await cairn.slack.messages('@chi')).length).toBeGreaterThan(before + 4);
    const rehearsal = (await cairn.slack.messages('@chi')).slice(before);
    expect(rehearsal.flatMap(buttonsOf)).toEqual([]);
    expect(await told()).toEqual(['chi']);
  });

  it('takes one team first: from then on only its people and its channel hear', async () => {
    const chi = cairn.as('chi');
    await chi.press('Go live');
    await eventually('Checkout goes live');
    expect(await modalText()).toContain('Mon 30 Nov, 09:00');
    await chi.submit();
    await eventually('*Checkout is live.*');
    await chi.close({ all: true });
    await cairn.turnTo('2026-12-04T12:00:00+01:00');
    expect(await told()).toEqual(['#general', '#leaders', '#ops', '#payments', 'ana', 'chi']);
    // The audit of both teams asks Ben as well, who hears of it when his team is live.
    expect(await waitsFor('ben')).toBe(true);
    await chi.command('/cairn live', { in: 'general' });
    expect((await chi.ephemerals('general')).at(-1)?.text).toContain(
      'Live: Checkout.\nNot live yet: Search.',
    );
  });

  it('then everybody, who hear what waited', async () => {
    const chi = cairn.as('chi');
    await chi.press('Look at it');
    await eventually('How it goes in Checkout');
    await chi.press('Go live for everybody');
    await eventually('The whole company goes live');
    await chi.submit();
    await eventually('The whole company is live.');
    await chi.close({ all: true });
    await cairn.turnTo('2026-12-11T12:00:00+01:00');
    expect(await told()).toEqual(expect.arrayContaining(['#search', '#payments', 'ana', 'ben', 'chi']));
  });
});
