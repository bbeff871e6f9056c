import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noEdits } from '../../../src/features/digest/core/digest.ts';
import type { Digest } from '../../../src/features/digest/core/draft.ts';
import { draftDue } from '../../../src/features/digest/drafting-operations.ts';
import {
  addWords,
  editDigest,
  readDraft,
  readOwnLine,
  stampOfEdits,
} from '../../../src/features/digest/edit-operations.ts';
import { readOwnLineOf, readSubject } from '../../../src/features/digest/input.ts';
import { lookBehind } from '../../../src/features/digest/looking.ts';
import { readDigest } from '../../../src/features/digest/read-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertActor, insertRock, insertTeam, listEvents } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type DigestCompany, insertAnswer, insertDigestCompany } from './company.ts';

let database: TestDatabase;
let company: DigestCompany;
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  company = await insertDigestCompany(database.db);
  const { rateId, ana } = company;
  const at = '2026-11-20T10:00:00Z';
  await insertAnswer(database.db, company, {
    keyResultId: rateId,
    by: ana,
    at,
    confidence: 3,
    words: 'Late.',
  });
  await draftDue(database.db, company.workspaceId);
  key = `risk-${rateId}`;
});

async function drafted(): Promise<Digest> {
  const { id } = await database.db
    .selectFrom('digests')
    .select('id')
    .where('workspace_id', '=', company.workspaceId)
    .executeTakeFirstOrThrow();
  const read = await readDraft(database.db, company.workspaceId, company.chi, id);
  if (!read.ok) throw new Error(read.words);
  return read.value;
}
async function markSent(): Promise<void> {
  const { workspaceId } = company;
  const message = await database.db
    .insertInto('messages')
    .values({
      workspace_id: workspaceId,
      dedupe_key: 'digest:1',
      to_channel_id: company.leadersId,
      text: 'x',
      blocks: '[]',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .updateTable('digests')
    .set({ state: 'sent', message_id: message.id })
    .where('workspace_id', '=', workspaceId)
    .execute();
}
const edit = async (actor: Actor, digest: Digest, given: object = {}) =>
  await editDigest(database.db, company.workspaceId, actor, {
    id: digest.id,
    stamp: stampOfEdits(digest),
    form: { note: null, hidden: [], words: {}, ...given },
  });
const add = async (actor: Actor, digest: Digest, words: string, of = key) =>
  await addWords(database.db, company.workspaceId, actor, { id: digest.id, key: of, words });

describe('product operations', () => {
  it('change words of a line, which then carry their name; what they leave alone keeps its own', async () => {
    const { chi } = company;
    const by = { id: chi.id, slackId: chi.slackId, name: 'Chi' };
    const digest = await drafted();
    expect(await edit(chi, digest, { words: { [key]: 'Late.' } })).toMatchObject({
      value: { edits: noEdits },
    });
    expect(await edit(chi, digest, { words: { [key]: 'Live on Thursday.' }, note: 'Hello' })).toMatchObject({
      value: { edits: { note: 'Hello', said: { [key]: { words: 'Live on Thursday.', by } } } },
    });
    expect((await listEvents(database.db, company.workspaceId)).map(({ type }) => type)).toEqual([
      'digest.drafted',
      'digest.edited',
    ]);
  });

  it('take a line out, and nothing that is not there', async () => {
    const digest = await drafted();
    expect(await edit(company.chi, digest, { hidden: [key, 'risk-999'] })).toMatchObject({
      value: { edits: { hidden: [key] } },
    });
  });

  it('do not undo what somebody else has changed meanwhile', async () => {
    const { ana, chi } = company;
    const digest = await drafted();
    await add(ana, digest, 'Nearly there.');
    expect(await edit(chi, digest, { note: 'Hello' })).toMatchObject({
      code: 'changed',
      words: 'Somebody has changed the digest meanwhile. Open it again, so that nothing of theirs is lost.',
    });
  });

  it('are admins, and edit nothing that has gone out or is not there', async () => {
    const { ana, chi } = company;
    const digest = await drafted();
    expect(await edit(ana, digest)).toMatchObject({
      code: 'not-an-admin',
      words: "The digest is edited by product operations, who are Cairn's admins. Ask one of them.",
    });
    expect(await edit(chi, { ...digest, id: 999_999 })).toMatchObject({
      code: 'gone',
      words: 'That digest is not there any more.',
    });
    await markSent();
    expect(await edit(chi, digest)).toMatchObject({
      code: 'sent',
      words: 'The digest has gone out already.',
    });
  });
});

describe('the owner of a line', () => {
  it('says it in their words, and can take them back', async () => {
    const { ana } = company;
    const digest = await drafted();
    const by = { id: ana.id, slackId: ana.slackId, name: 'Ana' };
    expect(await add(ana, digest, 'Nearly there.')).toMatchObject({
      value: { edits: { said: { [key]: { words: 'Nearly there.', by } } } },
    });
    expect(await add(ana, digest, '')).toMatchObject({ value: { edits: noEdits } });
  });

  it('is whoever owns it at that moment, and nobody else, admins neither', async () => {
    const { ana, chi, rateId } = company;
    const digest = await drafted();
    const notYours = { code: 'not-yours', words: 'Only whoever answers for it adds words to that line.' };
    expect(await add(chi, digest, 'I know better.')).toMatchObject(notYours);
    await database.db.updateTable('key_results').set({ owner_id: chi.id }).where('id', '=', rateId).execute();
    expect(await add(ana, digest, 'Still mine.')).toMatchObject(notYours);
    expect(await add(chi, digest, 'Mine now.')).toMatchObject({ ok: true });
  });

  it('adds nothing to a line that is not in it, or once it has gone out', async () => {
    const { ana, chi, workspaceId } = company;
    const digest = await drafted();
    const noLine = { code: 'no-line', words: 'That line is not in the digest any more.' };
    expect(await add(ana, digest, 'Hello', 'risk-999')).toMatchObject(noLine);
    await edit(chi, digest, { hidden: [key] });
    expect(await add(ana, digest, 'Hello')).toMatchObject(noLine);
    await markSent();
    const gone = { code: 'sent', words: 'The digest has gone out already.' };
    expect(await add(ana, digest, 'Hello')).toMatchObject(gone);
    expect(await readOwnLine(database.db, workspaceId, ana, { id: digest.id, key })).toMatchObject(gone);
  });
});

describe('who reads a digest on demand', () => {
  it('is an admin or a lead of any team; others read where to look', async () => {
    const { db } = database;
    const { ana, chi, workspaceId } = company;
    expect(await readDigest(db, workspaceId, chi)).toMatchObject({ ok: true });
    expect(await readDigest(db, workspaceId, ana)).toMatchObject({
      code: 'not-a-lead',
      words:
        'The digest is for leads of teams and admins. `/strategy` and `/okr list at-risk` show everybody how things stand.',
    });
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: ana.id }).where('id', '=', teamId).execute();
    expect(await readDigest(db, workspaceId, ana)).toMatchObject({ ok: true });
  });
});

describe('what is behind a line', () => {
  const look = async (value: string, actor = company.ana) => {
    const subject = readSubject(value);
    if (subject === null) throw new Error(`${value} opens nothing`);
    const { db } = database;
    const found = await lookBehind(db, company.workspaceId, actor, subject);
    return found.ok ? found.value.text : found.words;
  };

  it('is shown as the presser may see it, without buttons', async () => {
    const { rateId, objectiveId } = company;
    const ben = await insertActor(database.db, company.workspaceId, { name: 'Ben' });
    expect(await look(`key-result:${rateId}`, ben)).toContain('Failed rate');
    await database.db
      .updateTable('objectives')
      .set({ visibility: 'team' })
      .where('id', '=', objectiveId)
      .execute();
    expect(await look(`key-result:${rateId}`, ben)).toBe('That is not there any more.');
    expect(await look(`key-result:${rateId}`)).toContain('Failed rate');
  });

  it('is a rock, a decision, an item, an action, a team in sums, the strategy, or a cycle', async () => {
    const { db } = database;
    const { workspaceId, ana, chi, objectiveId } = company;
    const own = { workspace_id: workspaceId };
    const at = { created_at: '2026-11-01T10:00:00Z' };
    const rockId = await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    const returning = { driver_id: ana.id, approver_id: chi.id, created_by: ana.id };
    const decision = await db
      .insertInto('decisions')
      .values({ ...own, ...at, ...returning, number: 12, question: 'Which provider?', due_on: '2026-11-19' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const item = await db
      .insertInto('roadmap_items')
      .values({ ...own, ...at, key: 'apple', title: 'Apple Pay', horizon: 'next', moved_at: at.created_at })
      .returning('id')
      .executeTakeFirstOrThrow();
    const action = await db
      .insertInto('actions')
      .values({ ...own, ...at, title: 'Launch deck', owner_id: ana.id, by_id: chi.id, rock_id: rockId })
      .returning('id')
      .executeTakeFirstOrThrow();
    const cycle = await db
      .selectFrom('objectives')
      .select('cycle_id as id')
      .where('id', '=', objectiveId)
      .executeTakeFirstOrThrow();
    expect(await look(`rock:${rockId}`)).toContain('Payments');
    expect(await look(`decision:${decision.id}`)).toContain('Decision 12: Which provider?\nOpen, ');
    expect(await look(`item:${item.id}`)).toContain('Apple Pay');
    expect(await look(`action:${action.id}`)).toBe('Launch deck\nopen · Ana, for Chi · Payments');
    expect(await look(`cycle:${cycle.id}`)).toContain('Calm checkout');
    expect(await look('strategy:1')).toContain('There is no strategy here yet.');
    expect(await look('team:999999')).toContain('The digest is for leads of teams and admins.');
    expect(await look('team:999999', chi)).toBe('That is not there any more, or not for you to see.');
    expect(await look('decision:999999')).toBe('That is not there any more, or not for you to see.');
  });

  it.each(['', 'rock', 'rock:', 'rock:x', 'person:1', 'rock:99999999999999999999'])(
    '“%s” opens nothing',
    (value) => expect(readSubject(value)).toBeNull(),
  );
  it.each(['', '7', '7:', 'x:risk-1', '7:<script>'])('“%s” is no line of a digest', (value) =>
    expect(readOwnLineOf(value)).toBeNull(),
  );
});
