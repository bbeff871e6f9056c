import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { foundBlocks } from '../../../src/features/research/find-blocks.ts';
import { findConversations } from '../../../src/features/research/finding-operations.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { insertActor, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { insertAccount, logTalk, value } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  await setClock(db, workspaceId, '2026-11-16T10:00:00Z');
  const acme = await insertAccount(db, workspaceId, 'Acme Bank');
  const talk = async (on: string, topic: string, notes: string) =>
    value(await logTalk(db, workspaceId, ana, { id: acme }, { on, topic, notes }));
  await talk('2026-11-03', 'Pricing', 'They want *one* price for all <b>regions</b>, & no zürich surcharge.');
  await talk('2026-10-01', 'Onboarding', 'Their clerks read the price list aloud. Exports come later.');
  await talk('2026-09-01', 'Exports', 'Nothing about money.');
});
afterAll(async () => {
  await database.close();
});

const find = async (typed: string, page = 0) =>
  await findConversations(database.db, workspaceId, ana, typed, page);
const topics = async (typed: string) =>
  value(await find(typed)).hits.map(({ topic }) => topic.replace(/[\ue000\ue001]/g, ''));

describe('finding conversations', () => {
  test('goes by topics and notes, in any form of a word, with or without accents', async () => {
    expect(await topics('prices')).toEqual(['Pricing', 'Onboarding']);
    expect(await topics('export')).toEqual(['Exports', 'Onboarding']);
    expect(await topics('Zurich')).toEqual(['Pricing']);
  });

  test('takes phrases, or, and words that shall not be there', async () => {
    expect(await topics('"price list"')).toEqual(['Onboarding']);
    expect(await topics('price -clerks')).toEqual(['Pricing']);
    expect(await topics('zürich or money')).toEqual(['Exports', 'Pricing']);
  });

  test('shows the hit in bold in the words around it, and nothing that people wrote formats', async () => {
    const shown = foundBlocks(value(await find('price regions')));
    expect(shown.blocks).toMatchObject([
      { elements: [{ text: '1 conversation with “price regions”' }] },
      {
        text: {
          text: `Acme Bank · 3 Nov · <@${ana.slackId}>\n*Pricing*\n> They want ∗one∗ *price* for all *regions* , &amp; no zürich surcharge`,
        },
      },
    ]);
    expect(shown.text).toBe(
      `1 conversation with “price regions”\nAcme Bank · 3 Nov · <@${ana.slackId}>\nPricing\n> They want ∗one∗ price for all regions , &amp; no zürich surcharge`,
    );
  });

  test('names a phrase in the quotes of a sentence, not in two pairs of them', async () => {
    expect(foundBlocks(value(await find('"price list"'))).text).toMatch(
      /^1 conversation with “price list”\n/,
    );
  });

  test('says kindly that there is nothing', async () => {
    expect(foundBlocks(value(await find('giraffe'))).text).toBe(
      'No conversation has “giraffe” in it. Fewer words find more, and so does another word for the same.',
    );
  });

  test.each([
    ['nothing', '  ', 'Search for a word or two, such as `pricing` or `"price list"`.'],
    [
      'stop words alone',
      'the and of',
      'Those words are in nearly everything. Add one that says what it is about.',
    ],
    [
      'only what shall not be there',
      '-price',
      'Those words are in nearly everything. Add one that says what it is about.',
    ],
    ['marks alone', '?! ...', 'Those words are in nearly everything. Add one that says what it is about.'],
    ['201 characters', 'a'.repeat(201), 'That is long. Search with a few words, 200 characters at most.'],
    [
      '10,000 characters',
      'price '.repeat(1_700),
      'That is long. Search with a few words, 200 characters at most.',
    ],
  ])('refuses %s', async (_, typed, words) => {
    expect(await find(typed)).toMatchObject({ ok: false, words });
  });

  test.each([`'`, `it's`, '"', '\\', ':*', '!', '( | )', '<->', 'a & b', '%', '\ue000'])(
    'takes %s as it comes',
    async (typed) => {
      const found = await find(`price ${typed}`);
      expect(found.ok).toBe(true);
    },
  );

  test('finds nothing of another company', async () => {
    const other = await insertWorkspace(database.db);
    const stranger = await insertActor(database.db, other);
    const found = value(await findConversations(database.db, other, stranger, 'price', 0));
    expect(found.hits).toEqual([]);
  });
});

describe('many matches', () => {
  let many: string;
  let ben: Actor;
  beforeAll(async () => {
    const { db } = database;
    many = await insertWorkspace(db);
    ben = await insertActor(db, many, { name: 'Ben' });
    await setClock(db, many, '2026-11-16T10:00:00Z');
    const account = await insertAccount(db, many, 'Acme');
    await inTransaction(db, async (tx) => {
      await tx
        .insertInto('conversations')
        .values(
          Array.from({ length: 230 }, (_, index) => ({
            workspace_id: many,
            account_id: account,
            by_id: ben.id,
            contact: null,
            held_on: `2026-${String(1 + (index % 10)).padStart(2, '0')}-01`,
            topic: `Price ${index}`,
            notes:
              index === 7 ? 'price price price' : (worstTexts[index % worstTexts.length]?.[1](3_000) ?? ''),
            recording_url: `https://calls.example/${'x'.repeat(900)}`,
            created_at: '2026-11-01T00:00:00Z',
          })),
        )
        .execute();
    });
  });

  test('are the latest hundred, the best of them first, on pages that fit into a message', async () => {
    const first = value(await findConversations(database.db, many, ben, 'price', 0));
    expect(first).toMatchObject({ total: 100, pages: 20, isMore: true });
    expect(first.hits).toHaveLength(5);
    for (const page of [0, 1, 19]) {
      const shown = foundBlocks(value(await findConversations(database.db, many, ben, 'price', page)));
      expect(messageProblems(shown)).toEqual([]);
      expect(shown.text).toContain(
        `The latest 100 conversations with “price”, the best first · Page ${page + 1} of 20`,
      );
    }
  });

  test('end with the last page, and one beyond it is that', async () => {
    const last = value(await findConversations(database.db, many, ben, 'price', 500));
    expect(last.pageNumber).toBe(19);
    expect(last.hits).toHaveLength(5);
  });
});
