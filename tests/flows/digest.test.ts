import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCadence } from '../support/builders.ts';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

/** The small company without its check-in, with a channel of leaders and a private one of product operations. */
const company = smallCompany
  .replace('weekly-okr, ', 'weekly-okr, starts: 2028-01-01, ')
  .replace('    channel: "#payments"\n', '    channel: "#payments"\n    importance: important\n')
  .replace('type: activity }', 'type: activity, importance: critical }');
const seed = {
  ...smallWorkspace,
  channels: [
    ...(smallWorkspace.channels ?? []),
    { id: 'C0LEADERS', name: 'leaders', members: 'all' as const },
    { id: 'G0OPS', name: 'ops', members: ['chi', 'ana'], is_private: true },
  ],
};

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company, fake: { seed } });
  const { db, workspaceId } = cairn;
  const id = async (table: 'channels' | 'people', slackId: string) =>
    (await db.selectFrom(table).select('id').where('slack_id', '=', slackId).executeTakeFirstOrThrow()).id;
  await db
    .updateTable('workspaces')
    .set({ product_operations_channel_id: await id('channels', 'G0OPS') })
    .execute();
  await insertCadence(db, workspaceId, {
    key: 'leaders',
    ritual: 'digest',
    channelId: await id('channels', 'C0LEADERS'),
    schedule: '0 14 * * MON',
    timezone: 'Europe/Berlin',
    nextDueAt: '2026-11-23T13:00:00Z',
  });
  await answered({ key: 'failed-rate', confidence: 3, words: 'The new *provider* is late.' });
});
afterAll(() => cairn?.close());

/** What Ana has said in a check-in about a key result. */
async function answered(given: { key: string; confidence: number; words: string }): Promise<void> {
  const { db, workspaceId } = cairn;
  const cadence = await db
    .selectFrom('cadences')
    .select('id')
    .where('key', '=', 'weekly-okr')
    .executeTakeFirstOrThrow();
  const ana = await db
    .selectFrom('people')
    .select('id')
    .where('slack_id', '=', 'U0ANA')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .updateTable('key_results')
    .set({ confidence: given.confidence, answered_at: '2026-11-20T10:00:00Z' })
    .where('key', '=', given.key)
    .returning('id')
    .executeTakeFirstOrThrow();
  const occurrence = await db
    .insertInto('occurrences')
    .values({
      workspace_id: workspaceId,
      cadence_id: cadence.id,
      name: '2026-11-20T10:00',
      covers: null,
      due_at: '2026-11-20T10:00:00Z',
      state: 'held',
      tz_version: 'test',
      by_person_id: ana.id,
      closed_at: '2026-11-20T11:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('check_ins')
    .values({
      workspace_id: workspaceId,
      occurrence_id: occurrence.id,
      key_result_id: id,
      person_id: ana.id,
      value: 3.1,
      confidence: given.confidence,
      words: given.words,
      answered_at: '2026-11-20T10:00:00Z',
    })
    .execute();
}

const preview = async () => (await cairn.slack.messages('#ops')).filter((it) => !it.ephemeral).at(-1);
const sent = async () => (await cairn.slack.messages('#leaders')).at(-1);
const own = async (who: string) => (await cairn.as(who).messages()).filter((it) => !it.ephemeral).at(-1);
const said = async (who: string, where: string) => (await cairn.as(who).ephemerals(where)).at(-1)?.text;

const at = (message: { channel: string; ts: string } | undefined) =>
  message === undefined ? {} : { message };

describe('four hours ahead', () => {
  it('the digest is drafted and shown to product operations, who can edit it', async () => {
    await cairn.turnTo('2026-11-23T10:00:30+01:00');
    expect((await preview())?.text?.split('\n')).toEqual([
      'This goes to <#C0LEADERS> at 14:00. Whoever answers for a line at risk reads it now, too, and can add words.',
      'Digest for leaders, 23 November 2026',
      'OKR health',
      ':red_circle: 1 off track, :white_circle: 1 no answer yet',
      'At risk, and why',
      '• :red_circle: Failed payment rate · committed · off track · confidence 3 · 50 % of the way, 59 % expected · ana',
      '“The new ∗provider∗ is late.”, ana',
      'Ownership',
      '3 rocks are carried, 3 of them confirmed in the last 100 days; 1 is a gap.',
      '• Pricing · critical · nobody carries it',
    ]);
    expect(buttonsOf(await preview())).toEqual(['Look', 'Look', 'Edit']);
    expect(JSON.stringify(await preview())).toContain('Load by person: ');
    expect(await cairn.slack.messages('#leaders')).toEqual([]);
  });

  it('whoever answers for a line at risk reads it in their message of the day, and nobody else does', async () => {
    expect((await own('ana'))?.text).toBe(
      'This line about Failed payment rate will be in the digest for leaders at 14:00:\n:red_circle: Failed payment rate · committed · off track · confidence 3 · 50 % of the way, 59 % expected · ana\n“The new ∗provider∗ is late.”, ana',
    );
    expect(buttonsOf(await own('ana'))).toEqual(['Add words']);
    expect(await cairn.as('ben').messages()).toEqual([]);
  });
});

describe('words of an owner', () => {
  it('take the place of what was gathered, with their name, in the preview as well', async () => {
    await cairn.as('ana').press('Add words', at(await own('ana')));
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Add words');
    await cairn.as('ana').submit({ 'In your words': 'Live on Thursday. <!channel> will see.' });
    await cairn.turnTo('2026-11-23T10:05:00+01:00');
    expect((await preview())?.text).toContain('“Live on Thursday. &lt;!channel&gt; will see.”, ana');
    expect((await preview())?.text).not.toContain('provider');
    expect((await own('ana'))?.text).toContain('Live on Thursday.');
  });
});

describe('product operations', () => {
  it('edit a draft; others are told whom to ask', async () => {
    await cairn.as('ana').press('Edit', at(await preview()));
    await expect
      .poll(async () => await said('ana', 'ops'))
      .toBe("The digest is edited by product operations, who are Cairn's admins. Ask one of them.");
    await cairn.as('chi').press('Edit', at(await preview()));
    await expect.poll(async () => (await cairn.as('chi').modal())?.title.text).toBe('Edit the digest');
    const gap = await cairn.db
      .selectFrom('rocks')
      .select('id')
      .where('key', '=', 'pricing')
      .executeTakeFirstOrThrow();
    await cairn
      .as('chi')
      .submit({ 'A note on top': 'A good week, all in all.', 'Take out': [`gap-${gap.id}`] });
    await cairn.turnTo('2026-11-23T10:10:00+01:00');
    const { text = '' } = (await preview()) ?? {};
    expect(text).toContain('> A good week, all in all.');
    expect(text).not.toContain('Pricing');
    expect(JSON.stringify(await preview())).toContain('Edited by <@U0CHI>');
  });
});

describe('at its time', () => {
  it('the digest goes out as the preview showed it, with every named line to look behind', async () => {
    await cairn.turnTo('2026-11-23T14:00:30+01:00');
    expect((await sent())?.text?.split('\n')).toEqual([
      'Digest for leaders, 23 November 2026',
      '> A good week, all in all.',
      'OKR health',
      ':red_circle: 1 off track, :white_circle: 1 no answer yet',
      'At risk, and why',
      '• :red_circle: Failed payment rate · committed · off track · confidence 3 · 50 % of the way, 59 % expected · ana',
      '“Live on Thursday. &lt;!channel&gt; will see.”, ana',
      'Ownership',
      '3 rocks are carried, 3 of them confirmed in the last 100 days; 1 is a gap.',
    ]);
    expect(buttonsOf(await sent())).toEqual(['Look']);
    expect(JSON.stringify(await sent())).not.toContain('Load by person');
    await cairn.as('ben').press('Look', at(await sent()));
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('Behind it');
    expect(JSON.stringify(await cairn.as('ben').modal())).toContain('Checkout that just works');
    await cairn.as('ben').close({ all: true });
  });

  it('nothing is changed any more', async () => {
    expect((await preview())?.text).toContain('This went to <#C0LEADERS>.');
    expect(buttonsOf(await preview())).toEqual(['Look']);
    await cairn.as('ana').press('Add words', at(await own('ana')));
    await expect
      .poll(async () => (await cairn.as('ana').messages()).at(-1)?.text)
      .toBe('The digest has gone out already.');
  });

  it('each step is an event', async () => {
    const events = await cairn.db
      .selectFrom('events')
      .select(['type', 'actor', 'subject_kind as subject'])
      .where('type', 'like', 'digest.%')
      .orderBy('id')
      .execute();
    expect(events.map(({ type, actor, subject }) => `${type} ${actor} ${subject}`)).toEqual([
      'digest.drafted clock digest',
      'digest.edited person digest',
      'digest.edited person digest',
      'digest.sent clock digest',
    ]);
  });
});

describe('/cairn digest', () => {
  const ask = async (who: string) => {
    const before = (await cairn.as(who).ephemerals('general')).length;
    await cairn.as(who).command('/cairn digest', { in: 'general' });
    await expect.poll(async () => (await cairn.as(who).ephemerals('general')).length).toBeGreaterThan(before);
    return (await cairn.as(who).ephemerals('general')).at(-1);
  };

  it('says the same of now to leads and admins, alone', async () => {
    const answer = await ask('chi');
    expect(answer?.text).toContain('• Pricing · critical · nobody carries it');
    expect(answer?.text).toContain('“The new ∗provider∗ is late.”, ana');
    expect(buttonsOf(answer)).toEqual(['Look', 'Look']);
  });

  it('is not for others, who read what everybody may', async () => {
    expect((await ask('ben'))?.text).toBe(
      'The digest is for leads of teams and admins. `/strategy` and `/okr list at-risk` show everybody how things stand.',
    );
  });
});
