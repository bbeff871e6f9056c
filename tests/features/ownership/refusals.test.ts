import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whoIsAsked } from '../../../src/features/ownership/asking/ask-operations.ts';
import { confirmRock } from '../../../src/features/ownership/confirming/operations.ts';
import { findOwner } from '../../../src/features/ownership/lookup-operations.ts';
import { keepMiss } from '../../../src/features/ownership/misses/operations.ts';
import { settleAsAlias } from '../../../src/features/ownership/misses/settling-operations.ts';
import { stateNow } from '../../../src/features/ownership/register/changing.ts';
import {
  sendEdit,
  sendMerge,
  sendRetire,
  sendSetDown,
} from '../../../src/features/ownership/register/forms.ts';
import { addRock, editRock } from '../../../src/features/ownership/register/operations.ts';
import { takeRock } from '../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { stampOf } from '../../../src/platform/core/stamp.ts';
import type { Submission } from '../../../src/platform/slack/calls.ts';
import { insertActor, insertRock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { fakeDirectory } from '../people/fake-directory.ts';
import { entry } from './register/support.ts';

/** What people read who ask for what cannot be, where no other test has the words. */
let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let payments: number;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  ben = await insertActor(database.db, workspaceId, { name: 'Ben' });
  payments = await insertRock(database.db, workspaceId, {
    name: 'Payments',
    key: 'payments',
    aliases: ['psp'],
    owner: ana,
  });
});
const deps = () => ({
  db: database.db,
  directory: fakeDirectory(),
  wake: () => undefined,
  onRockMoved: [],
});
const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
const leaves = async (person: Actor) =>
  await database.db
    .updateTable('people')
    .set({ deactivated_at: '2026-10-05T00:00:00Z' })
    .where('id', '=', person.id)
    .execute();
const stands = async (state: 'set-down' | 'retired') => {
  await database.db.deleteFrom('stints').where('rock_id', '=', payments).execute();
  const at = '2026-10-05T00:00:00Z';
  await database.db
    .updateTable('rocks')
    .set(
      state === 'retired'
        ? { state, retired_at: at }
        : { state, set_down_at: at, set_down_by: ana.id, set_down_reason: 'Later' },
    )
    .where('id', '=', payments)
    .execute();
};

describe('a question', () => {
  test.each([
    [{ kind: 'name', text: '!!!' } as const, 'Which rock? For example `/owner payments`.'],
    [
      { kind: 'name', text: 'x'.repeat(300) } as const,
      "That is longer than any rock's name (200 characters at most).",
    ],
    [{ kind: 'url', url: 'https://[' } as const, 'That is not an http or https address.'],
    [
      { kind: 'person', slackId: null, name: 'zoe' } as const,
      "I don't know anybody called “@zoe” in this workspace.",
    ],
  ])('that cannot be answered: %j', async (question, words) => {
    expect(wordsOf(await findOwner(deps(), workspaceId, question, ana.id))).toBe(words);
  });
});

describe('an owner who has left since the card was drawn', () => {
  beforeEach(async () => {
    await leaves(ana);
  });

  test('keeps others from taking the rock, who read whom to ask', async () => {
    expect(wordsOf(await takeRock(deps(), workspaceId, ben, payments))).toBe(
      `*Payments* is with <@${ana.slackId}> already, who has left Slack. Ask the lead of its team or an admin.`,
    );
  });

  test('is not asked anything, and where nobody stands in that is said', async () => {
    expect(wordsOf(await whoIsAsked(database.db, workspaceId, ben, payments))).toBe(
      'The owner of *Payments* has left, and nobody stands in yet, so there is nobody to ask.',
    );
  });
});

describe('asking an owner', () => {
  test('is not for oneself, and not for what nobody owns', async () => {
    expect(wordsOf(await whoIsAsked(database.db, workspaceId, ana, payments))).toBe(
      'You answer for *Payments* yourself.',
    );
    await database.db.deleteFrom('stints').where('rock_id', '=', payments).execute();
    expect(wordsOf(await whoIsAsked(database.db, workspaceId, ben, payments))).toBe(
      'Nobody owns *Payments* now, so there is nobody to ask.',
    );
  });
});

describe('confirming', () => {
  test.each([
    ['retired', '*Payments* is retired, so there is nothing to confirm.'],
    [
      'set-down',
      '*Payments* is set down, so there is nothing to confirm. `/rock take payments` makes it yours.',
    ],
  ] as const)('what is %s', async (state, words) => {
    await stands(state);
    expect(wordsOf(await confirmRock(database.db, workspaceId, ana, payments))).toBe(words);
  });
});

describe('a name that was asked for in vain', () => {
  const settle = async (query: string, of = payments) => {
    const normal = query.startsWith('https://') ? query.slice(8) : query.toLowerCase();
    const miss = await keepMiss(database.db, workspaceId, query, normal);
    if ('isNotOurs' in miss) throw new Error('it is not ours');
    return wordsOf(await settleAsAlias(database.db, workspaceId, ana, miss.id, of));
  };

  test.each([
    ['y'.repeat(81), 'That is longer than an alias can be (80 characters at most).'],
    ['!!!', 'An alias needs a letter or a digit.'],
    ['refund', 'Refunds has this name already.'],
    ['money back', 'Refunds has this name already.'],
    ['secret deal', 'Another rock has this name already.'],
  ])('cannot be an alias: %s', async (query, words) => {
    await insertRock(database.db, workspaceId, { name: 'Refunds', aliases: ['money back'] });
    const hidden = await insertRock(database.db, workspaceId, { name: 'Secret deal' });
    await database.db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', hidden).execute();
    expect(await settle(query)).toBe(words);
  });

  test('cannot be one more where there are twenty, nor one more link where there are ten', async () => {
    const full = await insertRock(database.db, workspaceId, {
      name: 'Full',
      owner: ana,
      aliases: Array.from({ length: 20 }, (_, index) => `alias ${index}`),
      links: Array.from({ length: 10 }, (_, index) => `https://x.example/${index}`),
    });
    expect(await settle('one more', full)).toBe(
      'Full has 20 aliases already, the most that a rock can have.',
    );
    expect(await settle('https://y.example/more', full)).toBe(
      'Full has 10 links already, the most that a rock can have.',
    );
  });

  test('cannot lead to what is retired', async () => {
    ana = { ...ana, isAdmin: true };
    await stands('retired');
    expect(await settle('billing')).toBe('Payments is retired: pick one that goes on.');
  });
});

test('whoever leaves themself out of those who may see a rock is told that it is done, and no more', async () => {
  const hidden = entry({ name: 'Secret deal', visibility: 'people', viewers: [ben.id] });
  expect(wordsOf(await addRock(database.db, workspaceId, ana, hidden, null))).toBe(
    'It is in the register now, for those who may see it.',
  );
  const rockId = await insertRock(database.db, workspaceId, { name: 'Wallets', owner: ben });
  const teamLead = { ...ana, isAdmin: true };
  const stamp = stampOf(await stateNow(database.db, workspaceId, rockId));
  const change = { ...hidden, name: 'Wallets' };
  expect(wordsOf(await editRock(database.db, workspaceId, teamLead, rockId, change, stamp))).toBe(
    'It is changed, for those who may see it.',
  );
});

describe('a form that was sent off without what it needs', () => {
  const submission = (values: Submission['values'], stamp = 'x'): Submission => ({
    workspaceId,
    slackUserId: ana.slackId,
    metadata: JSON.stringify({ rock: payments, stamp }),
    values,
    lists: {},
    files: {},
  });

  test.each([
    [sendSetDown, { reason: ' ' }, { reason: 'A sentence is enough: why?' }],
    [sendSetDown, { reason: 'Later' }, { again: 'Pick a day on which to look again.' }],
    [sendSetDown, { reason: 'Later', again: '2020-01-01' }, { again: 'Pick a day that is still to come.' }],
    [sendRetire, { reason: '' }, { reason: 'A sentence is enough: why?' }],
    [sendRetire, { reason: 'Over', rock: 'x' }, { rock: 'Pick one of the rocks that are found.' }],
    [sendMerge, {}, { rock: 'Pick one of the rocks that are found.' }],
    [
      sendEdit,
      { name: 'Payments', channel: 'C0SECRET' },
      { channel: 'I cannot see that channel. Type /invite @Cairn in it, then send this off again.' },
    ],
    [
      sendEdit,
      { name: 'Payments' },
      {
        name: 'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
      },
    ],
  ])('says so beside the field (%#)', async (send, values, errors) => {
    expect(await send(deps(), submission(values))).toEqual({ errors });
  });
});
