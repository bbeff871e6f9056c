import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPerson } from '../support/builders.ts';
import { smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { saidIn, strayIn } from '../support/said.ts';

let cairn: TestCairn;
const company = smallCompany
  .replace(
    'cycles: [',
    'cycles: [{ key: "2026", starts: 2026-01-01, ends: 2026-12-31 }, { key: 2026-Q3, starts: 2026-07-01, ends: 2026-09-30 }, ',
  )
  .replace(
    'objectives:\n',
    `objectives:
  - { key: last-quarter, title: What was, owner: ana, team: checkout, cycle: 2026-Q3, key_results: [{ key: was, title: Was, owner: ana, start: 1, target: 2 }] }
  - { key: trusted, title: Trusted by banks, owner: ana, team: checkout, cycle: "2026" }
`,
  );
beforeAll(async () => {
  cairn = await startCairn({ company });
  const { db } = cairn;
  await db.updateTable('cycles').set({ state: 'closed' }).where('key', '=', '2026-Q3').execute();
  const team = await db.selectFrom('teams').select(['id', 'workspace_id']).executeTakeFirstOrThrow();
  const people = await db.selectFrom('people').select(['id', 'slack_id']).execute();
  const ana = people.find(({ slack_id }) => slack_id === 'U0ANA');
  await db
    .insertInto('team_members')
    .values({ workspace_id: team.workspace_id, team_id: team.id, person_id: ana?.id ?? 0 })
    .execute();
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);

async function ask(who: string, command: string): Promise<string | undefined> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text;
}

async function form(who: string, command: string, title: string): Promise<void> {
  await cairn.as(who).command(command, { in: 'general' });
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

const shown = async (who: string) => JSON.stringify((await cairn.as(who).modal())?.blocks);
const titleOf = async (who: string) => (await cairn.as(who).modal())?.title.text;
const objective = async (key: string) =>
  await cairn.db
    .selectFrom('objectives as o')
    .innerJoin('cycles as c', 'c.id', 'o.cycle_id')
    .leftJoin('teams as t', 't.id', 'o.team_id')
    .leftJoin('people as p', 'p.id', 'o.owner_id')
    .select(['o.id', 'o.title', 'c.key as cycle', 't.key as team', 'p.handle as owner', 'o.state'])
    .where('o.key', '=', key)
    .executeTakeFirst();
const keyResult = async (key: string) =>
  await cairn.db.selectFrom('key_results').selectAll().where('key', '=', key).executeTakeFirst();
const events = async (type: string) =>
  await cairn.db.selectFrom('events').select(['before', 'after']).where('type', '=', type).execute();

async function counts(): Promise<unknown> {
  const { rows } = await cairn.db
    .selectNoFrom((eb) => [
      eb.selectFrom('objectives').select(eb.fn.countAll().as('n')).as('objectives'),
      eb.selectFrom('key_results').select(eb.fn.countAll().as('n')).as('keyResults'),
      eb.selectFrom('events').select(eb.fn.countAll().as('n')).as('events'),
      eb.selectFrom('cycles').select(eb.fn.countAll().as('n')).as('cycles'),
    ])
    .execute()
    .then((rows) => ({ rows }));
  return rows;
}

describe('/okr add', () => {
  it('takes an objective and its first key result with three presses besides typing', async () => {
    await form('ana', '/okr add', 'Add to the OKRs');
    await cairn.as('ana').submit();
    await cairn.as('ana').submit({ Objective: 'Refunds in a day' });
    expect(await shown('ana')).toContain('is in 2026-Q4. How is it measured?');
    await cairn.as('ana').submit({ 'Key result': 'Hours to refund', Start: '40,5', Target: '24' });
    expect(await shown('ana')).toContain(
      '*Hours to refund* (`hours-to-refund`) is added, from 40.5 to 24. I read 40,5 as 40.5.',
    );
    await cairn.as('ana').close({ all: true });
    expect(await keyResult('hours-to-refund')).toMatchObject({
      ...{ start_value: 40.5, target_value: 24, direction: 'down', commitment: 'committed' },
    });
    expect(await objective('refunds-in-a-day')).toMatchObject({
      ...{ cycle: '2026-Q4', team: 'checkout', owner: 'ana' },
    });
  });

  it('adds one key result after the other to an objective that is named, a press each', async () => {
    await form('ana', '/okr add refunds-in-a-day', 'Add a key result');
    await cairn.as('ana').submit({ 'Key result': 'New engine', Type: 'milestone', 'Due on': '2026-12-01' });
    expect(await shown('ana')).toContain('*New engine* (`new-engine`) is added, done or not.');
    await cairn
      .as('ana')
      .submit({ 'Key result': 'Happy askers', Type: 'percent', Target: '90', Direction: 'up' });
    expect(await shown('ana')).toContain('is added, to 90 %, from a baseline to be found.');
    await cairn
      .as('ana')
      .submit({ 'Key result': 'Uptime', Start: '99.9', Target: '99.9', Direction: 'maintain' });
    expect(await shown('ana')).toContain('is added, kept at 99.9.');
    await cairn.as('ana').close({ all: true });
    expect(await keyResult('new-engine')).toMatchObject({ start_value: 0, target_value: 1, slips: 0 });
    expect(await keyResult('happy-askers')).toMatchObject({ start_value: null, target_value: 90 });
  });

  it('of an objective for which somebody else is named leaves its key results to them', async () => {
    await form('ana', '/okr add objective', 'Add an objective');
    await cairn.as('ana').submit({ Objective: 'Partners first', Owner: 'U0BEN' });
    expect(await shown('ana')).toContain("Its owner, its team's lead or an admin adds its key results.");
    await cairn.as('ana').close({ all: true });
    expect(await ask('ana', '/okr add partners-first')).toBe(
      'You can look at *Partners first*, but not change it. Ask <@U0BEN> or <@U0CHI>.',
    );
  });

  it.each([
    [{ 'Key result': ' ' }, 'title/1', 'Give it a title, such as “Failed payment rate”.'],
    [{ Target: '' }, 'target/1', 'Say what is to be reached, such as 12.5.'],
    [{ Target: 'many' }, 'target/1', 'I could not read a number in this. Write it like 12.5.'],
    [{ Start: '12k' }, 'start/1', 'I could not read a number in this. Write it like 12.5.'],
    [{ Start: '9,9,9' }, 'start/1', 'I could not read a number in this. Write it like 12.5.'],
    [
      { Start: '10' },
      'target/1',
      'The target equals the start. To keep a value where it is, choose Maintain.',
    ],
    [{ Start: '12', Direction: 'up' }, 'direction/1', 'From 12 to 10 is down. Pick Down, or leave it open.'],
    [
      { Start: '' },
      'direction/1',
      'Pick a direction: as long as the start is to be found, nothing else tells it.',
    ],
    [
      { Target: '9999999999999999' },
      'target/1',
      'That is a very large number. Use a larger unit, such as millions.',
    ],
    [
      { Backup: 'U0ANA' },
      'backup/1',
      'The owner cannot stand in for themself. Pick somebody else as backup.',
    ],
    [{ 'Due on': '2026-09-01' }, 'due/1', '2026-Q4 begins on 1 October 2026. Pick a day from then on.'],
  ])('says beside the field what cannot be, and stores nothing: %j', async (entries, field, words) => {
    await form('ana', '/okr add reliable', 'Add a key result');
    const before = await counts();
    const sent = await cairn.as('ana').submit({ 'Key result': 'X', Start: '1', Target: '10', ...entries });
    expect(sent).toMatchObject({ ok: false, errors: { [field]: words } });
    expect(await counts()).toEqual(before);
    await cairn.as('ana').close({ all: true });
  });

  it.each([
    [{ Objective: ' ' }, 'title', 'Give it a title, such as “Checkout that just works”.'],
    [{ 'Who may see it?': 'people' }, 'viewers', 'Name the people who may see it.'],
    [
      { 'Teams of which it needs something': ['Checkout'] },
      'needs',
      'That is its own team. Pick others of which it needs something.',
    ],
    [
      { Owner: 'U0GUEST' },
      'owner',
      expect.stringMatching(/is a guest\. Only full members can own an objective\.$/),
    ],
  ])('says beside the field what cannot be of an objective: %j', async (entries, field, words) => {
    await form('ana', '/okr add objective', 'Add an objective');
    const before = await counts();
    const sent = await cairn.as('ana').submit({ Objective: 'X', ...entries });
    expect(sent).toMatchObject({ ok: false, errors: { [field]: words } });
    expect(await counts()).toEqual(before);
    await cairn.as('ana').close({ all: true });
  });

  it.each([
    [
      '/okr add nothing',
      "I don't know an objective or key result called “nothing”. `/okr add objective` begins a new one.",
    ],
    [
      '/okr add failed-rate',
      '*Failed payment rate* is a key result. `/okr edit failed-rate` changes it; key results are added to an objective.',
    ],
    ['/okr add last-quarter', '2026-Q3 is closed. Nothing in it changes any more.'],
    ['/okr edit', 'Which one? For example `/okr edit failed-rate`.'],
    ['/okr edit was', '2026-Q3 is closed. Nothing in it changes any more.'],
    ['/okr drop nothing', "I don't know an objective or key result called “nothing”."],
  ])('%s is answered with what is wrong', async (typed, words) => {
    expect(await ask('ana', typed)).toBe(words);
  });
});

describe('/okr edit', () => {
  it('asks why a target changes and a day slips, and keeps what was promised', async () => {
    await form('ana', '/okr edit new-engine', 'Edit a key result');
    const change = { 'Due on': '2026-12-15', Target: '2' };
    expect(await cairn.as('ana').submit(change)).toMatchObject({
      errors: { 'target-why': 'The target changes. A sentence is enough: why?' },
    });
    const why = 'We need two of them.';
    expect(await cairn.as('ana').submit({ ...change, 'Why does the target change?': why })).toMatchObject({
      errors: { slip: 'The day moves back. A sentence is enough: why?' },
    });
    await cairn.as('ana').submit({
      ...change,
      'Why does the target change?': why,
      'Why does the day move back?': 'The vendor is late.',
    });
    expect(await titleOf('ana')).toBe('Saved');
    await cairn.as('ana').close({ all: true });
    const row = await keyResult('new-engine');
    expect(row).toMatchObject({ slips: 1, target_value: 2 });
    expect([row?.first_due_on?.toString(), row?.due_on?.toString()]).toEqual(['2026-12-01', '2026-12-15']);
    const changes = await cairn.db.selectFrom('target_changes').selectAll().execute();
    expect(changes).toMatchObject([{ old_target: 1, new_target: 2, reason: why }]);
    expect((await events('key-result.changed')).at(-1)).toMatchObject({
      before: { due_on: '2026-12-01', slips: 0, target_value: 1 },
      after: {
        due_on: '2026-12-15',
        slips: 1,
        target_value: 2,
        why_target: why,
        why_slipped: 'The vendor is late.',
      },
    });
    await form('ana', '/okr edit new-engine', 'Edit a key result');
    expect(await shown('ana')).toContain('First promised for 1 December 2026; it has moved back once.');
    expect(await cairn.as('ana').submit({ 'Due on': null })).toMatchObject({
      errors: { due: 'A day that was promised stays. Pick another one, and say why it moves.' },
    });
    await cairn.as('ana').close({ all: true });
  });

  it('saved as it was opened changes nothing and records nothing, also where numbers have three decimals', async () => {
    await cairn.db
      .updateTable('key_results')
      .set({ start_value: 2.125, target_value: 1.125 })
      .where('key', '=', 'refund-days')
      .execute();
    await form('ben', '/okr edit refund-days', 'Edit a key result');
    const before = await counts();
    await cairn.as('ben').submit();
    expect(await titleOf('ben')).toBe('Saved');
    await cairn.as('ben').close({ all: true });
    expect(await keyResult('refund-days')).toMatchObject({ start_value: 2.125, target_value: 1.125 });
    expect(await counts()).toEqual(before);
  });

  it('names the way by which an objective would support itself', async () => {
    const [year, quarter] = [await objective('trusted'), await objective('reliable')];
    await form('ana', '/okr edit reliable', 'Edit an objective');
    await cairn.as('ana').submit({ 'What does it support?': `objective-${year?.id}` });
    await cairn.as('ana').close({ all: true });
    await form('ana', '/okr edit trusted', 'Edit an objective');
    const sent = await cairn.as('ana').submit({ 'What does it support?': `objective-${quarter?.id}` });
    expect(sent).toMatchObject({
      errors: {
        supports: 'This would make Trusted by banks support itself, through Checkout that just works.',
      },
    });
    await cairn.as('ana').close({ all: true });
  });

  it('tells whoever sends a form off that somebody has changed it meanwhile', async () => {
    await form('ana', '/okr edit failed-rate', 'Edit a key result');
    await form('chi', '/okr edit failed-rate', 'Edit a key result');
    await cairn.as('chi').submit({ 'Key result': 'Failed payments' });
    await cairn.as('chi').close({ all: true });
    expect(await cairn.as('ana').submit({ 'Key result': 'Other words' })).toMatchObject({
      errors: {
        title:
          'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
      },
    });
    await cairn.as('ana').close({ all: true });
    expect(await keyResult('failed-rate')).toMatchObject({ title: 'Failed payments' });
  });

  it('is for the owner, the backup, the lead and admins, also at the moment when the form is sent off', async () => {
    expect(await ask('ben', '/okr edit failed-rate')).toBe(
      'You can look at *Failed payments*, but not change it. Ask <@U0ANA> or <@U0CHI>.',
    );
    await form('ben', '/okr edit refund-days', 'Edit a key result');
    await cairn.db
      .updateTable('key_results')
      .set({ owner_id: null })
      .where('key', '=', 'refund-days')
      .execute();
    await cairn.as('ben').submit({ 'Key result': 'Mine still' });
    expect(await shown('ben')).toContain('You can look at *Days to refund*, but not change it.');
    await cairn.as('ben').close({ all: true });
    expect(await keyResult('refund-days')).toMatchObject({ title: 'Days to refund' });
  });

  it('keeps an owner whom Slack does not know or who has left, unless another one is picked', async () => {
    const { db, workspaceId } = cairn;
    const unknown = await insertPerson(db, workspaceId, { name: 'Dan', slackId: null });
    const owner = async () => (await keyResult('uptime'))?.owner_id;
    const give = async (owner_id: number) =>
      await db.updateTable('key_results').set({ owner_id }).where('key', '=', 'uptime').execute();
    await give(unknown.id);
    await form('chi', '/okr edit uptime', 'Edit a key result');
    await cairn.as('chi').submit({ Backup: 'U0ANA' });
    await cairn.as('chi').close({ all: true });
    expect(await owner()).toBe(unknown.id);
    const left = await insertPerson(db, workspaceId, {
      name: 'Left',
      slackId: 'U0LEFT',
      isDeactivated: true,
    });
    await give(left.id);
    await form('chi', '/okr edit uptime', 'Edit a key result');
    expect(await cairn.as('chi').submit({ Unit: 'hours' })).toMatchObject({ ok: true });
    await cairn.as('chi').close({ all: true });
    expect(await owner()).toBe(left.id);
    await form('chi', '/okr edit uptime', 'Edit a key result');
    await cairn.as('chi').submit({ Owner: 'U0ANA', Backup: null });
    await cairn.as('chi').close({ all: true });
    expect(await owner()).not.toBe(left.id);
  });

  it('of what is closed meanwhile says so beside the field', async () => {
    await form('ana', '/okr edit uptime', 'Edit a key result');
    const close = async (state: 'active' | 'grading') =>
      await cairn.db.updateTable('cycles').set({ state }).where('key', '=', '2026-Q4').execute();
    await close('grading');
    expect(await cairn.as('ana').submit({ 'Key result': 'Later' })).toMatchObject({
      errors: { title: '2026-Q4 is being graded. Nothing is added to it or edited any more.' },
    });
    await close('active');
    await cairn.as('ana').close({ all: true });
    expect(await keyResult('uptime')).toMatchObject({ title: 'Uptime' });
  });
});

describe('names', () => {
  it('that would ping, link or format do nothing of it, in forms and in answers', async () => {
    const nasty = '*Be* <!channel> & `now` _then_ <@U0BEN> ```';
    await form('ana', '/okr add objective', 'Add an objective');
    await cairn.as('ana').submit({ Objective: nasty });
    await cairn.as('ana').submit({ 'Key result': nasty, Start: '1', Target: '2', Unit: '<!here>' });
    await cairn.as('ana').close({ all: true });
    await form('ana', `/okr edit key-result be-channel-now-then-u0ben-2`, 'Edit a key result');
    await cairn.as('ana').submit();
    await cairn.as('ana').close({ all: true });
    await form('ana', '/okr drop be-channel-now-then-u0ben', 'Drop it');
    await cairn.as('ana').submit({ 'Why is it dropped?': nasty });
    await cairn.as('ana').close({ all: true });
    expect(await ask('ben', '/okr edit be-channel-now-then-u0ben')).toContain('You can look at');
    const nameable = { people: ['U0ANA', 'U0BEN', 'U0CHI'], channels: [], links: [] };
    const said = saidIn(await cairn.slack.log({ limit: 1000 }));
    expect(said.length).toBeGreaterThan(50);
    expect(said.flatMap((one) => strayIn(one, nameable).map((stray) => [stray, one.text]))).toEqual([]);
  });

  it('that two have are asked about', async () => {
    await cairn.db
      .updateTable('key_results')
      .set({ key: 'reliable' })
      .where('key', '=', 'failed-rate')
      .execute();
    expect(await ask('ana', '/okr edit reliable')).toBe(
      'Several are called “reliable”. Say which one: `/okr edit objective reliable` or `/okr edit key-result reliable`.',
    );
    await form('ana', '/okr edit key-result reliable', 'Edit a key result');
    await cairn.as('ana').close({ all: true });
    await form('ana', '/okr edit Failed Payments', 'Edit a key result');
    await cairn.as('ana').close({ all: true });
  });
});

describe('/okr drop', () => {
  it('needs a sentence, and takes the key results of an objective along', async () => {
    await form('ana', '/okr drop refunds-in-a-day', 'Drop it');
    expect(await cairn.as('ana').submit({ 'Why is it dropped?': ' ' })).toMatchObject({
      errors: { why: 'A sentence is enough: why?' },
    });
    await cairn.as('ana').submit({ 'Why is it dropped?': 'Nobody waits for it.' });
    expect(await shown('ana')).toContain('is dropped');
    await cairn.as('ana').close({ all: true });
    expect(await objective('refunds-in-a-day')).toMatchObject({ state: 'dropped' });
    expect(await keyResult('uptime')).toMatchObject({
      state: 'dropped',
      why_dropped: 'Nobody waits for it.',
    });
    expect(await ask('ana', '/okr edit uptime')).toBe(
      '*Refunds in a day* is over, so nothing of it is changed any more.',
    );
  });
});

describe('/okr cycle', () => {
  it('is added as a draft, written by leads, and started by admins', async () => {
    expect(await ask('ana', '/okr cycle add')).toBe(
      'Only Cairn admins add, start and change cycles. Ask one of them.',
    );
    await cairn.db.updateTable('people').set({ is_admin: true }).where('slack_id', '=', 'U0BEN').execute();
    await form('ben', '/okr cycle add', 'Add a cycle');
    await cairn.as('ben').submit({ Key: '2027-Q1' });
    expect(await shown('ben')).toContain('1 January 2027 to 31 March 2027, draft.');
    await cairn.as('ben').close({ all: true });

    await form('ana', '/okr add objective', 'Add an objective');
    expect(await shown('ana')).not.toContain('2027-Q1');
    await cairn.as('ana').close({ all: true });
    await form('chi', '/okr add objective', 'Add an objective');
    const draft = await cairn.db
      .selectFrom('cycles')
      .select('id')
      .where('key', '=', '2027-Q1')
      .executeTakeFirst();
    await cairn.as('chi').submit({ Objective: 'Next year', Cycle: String(draft?.id) });
    await cairn.as('chi').close({ all: true });
    expect(await objective('next-year')).toMatchObject({ cycle: '2027-Q1' });

    expect(await ask('ben', '/okr cycle')).toContain('2027-Q1  1 January 2027 to 31 March 2027, draft');
    await cairn.as('ben').press('Start 2027-Q1');
    await expect.poll(async () => (await newest('ben'))?.text).toContain('31 March 2027, active');
    expect(await events('cycle.started')).toMatchObject([
      { before: { state: 'draft' }, after: { state: 'active' } },
    ]);
  });

  it.each([
    [{ Key: 'Q1 2027' }, 'key', 'A key has letters a to z, digits and hyphens, such as 2027-Q1.'],
    [{ Key: '2026-q4' }, 'key', 'There is a cycle 2026-q4 already. Choose another key.'],
    [{ Key: 'current' }, 'key', '“current” means the cycle of the day. Choose another key.'],
    [{ 'Last day': '2026-01-01' }, 'ends', 'It would end before it starts.'],
    [
      { 'The year it lies in': '2026' },
      'parent',
      '2026 is 1 January 2026 to 31 December 2026, so this does not lie in it.',
    ],
  ])('says beside the field what cannot be: %j', async (entries, field, words) => {
    await form('ben', '/okr cycle add', 'Add a cycle');
    const before = await counts();
    const sent = await cairn.as('ben').submit({ Key: '2027-Q9', ...entries });
    expect(sent).toMatchObject({ errors: { [field]: words } });
    expect(await counts()).toEqual(before);
    await cairn.as('ben').close({ all: true });
  });
});
