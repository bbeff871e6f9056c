import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admitTool } from '../../../src/features/api/admitting-operations.ts';
import { digestOf, mostTokens } from '../../../src/features/api/core/token.ts';
import { makeToken, readTokens, revokeToken } from '../../../src/features/api/token-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertActor } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let chi: Actor;
let ana: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
  chi = { ...(await insertActor(database.db, workspaceId, { name: 'Chi' })), isAdmin: true };
});

const make = async (name = 'Dashboard', actor = chi) =>
  await makeToken(database.db, workspaceId, actor, name);
const admit = async (secret: string) =>
  (await admitTool(database.db, workspaceId, `Bearer ${secret}`)).outcome;

async function tokens() {
  const read = await readTokens(database.db, workspaceId, chi);
  if (!read.ok) throw new Error(read.words);
  return read.value.tokens;
}

async function made(name?: string): Promise<{ id: number; secret: string }> {
  const token = await make(name);
  if (!token.ok) throw new Error(token.words);
  const [latest] = await tokens();
  return { id: latest?.id ?? 0, secret: token.value.secret };
}

async function events(): Promise<{ type: string; all: string }[]> {
  const { rows } = await sql<{ type: string; all: string }>`
    select type, row_to_json(e)::text as all from events e where workspace_id = ${workspaceId} order by id`.execute(
    database.db,
  );
  return rows;
}

describe('who makes and revokes tokens', () => {
  it('is an admin; others are told kindly', async () => {
    const words =
      'API tokens open what is kept here to other tools, so admins make and revoke them. Ask one of them.';
    const { id } = await made();
    expect(await make('Mine', ana)).toMatchObject({ ok: false, words });
    expect(await readTokens(database.db, workspaceId, ana)).toMatchObject({ ok: false, words });
    expect(await revokeToken(database.db, workspaceId, ana, id)).toMatchObject({ ok: false, words });
    expect(await tokens()).toMatchObject([{ name: 'Dashboard', revoked: null }]);
  });
});

describe('a token', () => {
  it('is kept as a digest, and is in no event', async () => {
    const { id, secret } = await made();
    await revokeToken(database.db, workspaceId, chi, id);
    const { rows } = await sql<{ all: string }>`
      select row_to_json(t)::text as all from api_tokens t where id = ${id}`.execute(database.db);
    expect(rows[0]?.all).toContain(digestOf(secret));
    expect(rows[0]?.all).not.toContain(secret);
    expect(await events()).toMatchObject([{ type: 'api-token.made' }, { type: 'api-token.revoked' }]);
    for (const { all } of await events()) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(digestOf(secret));
      expect(all).toContain('Dashboard');
    }
  });

  it('opens, and says when it was used last', async () => {
    const { id, secret } = await made();
    expect(await tokens()).toMatchObject([
      { hint: secret.slice(-4), lastUsedAt: null, madeBy: { name: 'Chi' } },
    ]);
    expect(await admit(secret)).toEqual({ ok: true, value: { tokenId: id } });
    expect((await tokens())[0]?.lastUsedAt).not.toBeNull();
  });

  it('opens nothing in another workspace', async () => {
    const { secret } = await made();
    const other = await insertWorkspace(database.db);
    expect((await admitTool(database.db, other, `Bearer ${secret}`)).outcome).toMatchObject({
      code: 'unknown-token',
    });
  });

  it('that is revoked twice is revoked once, and opens nothing from then on', async () => {
    const { id, secret } = await made();
    const twice = [1, 2].map(async () => await revokeToken(database.db, workspaceId, chi, id));
    for (const revoked of await Promise.all(twice))
      expect(revoked).toEqual({ ok: true, value: { name: 'Dashboard' } });
    expect((await events()).map(({ type }) => type)).toEqual(['api-token.made', 'api-token.revoked']);
    expect(await admit(secret)).toEqual({
      ok: false,
      code: 'revoked-token',
      words: 'This token was revoked. An admin makes another one in /cairn setup.',
    });
    expect((await tokens())[0]).toMatchObject({ revoked: { by: { name: 'Chi' } }, lastUsedAt: null });
  });

  it('that is not there is not revoked', async () => {
    expect(await revokeToken(database.db, workspaceId, chi, 1_000_000)).toMatchObject({
      words: 'That token is not there.',
    });
  });

  it('is missing, or is not known', async () => {
    const { outcome } = await admitTool(database.db, workspaceId, undefined);
    expect(outcome).toMatchObject({ words: 'Send an API token: Authorization: Bearer …' });
    for (const secret of ['x', `cairn_${'A'.repeat(43)}`])
      expect(await admit(secret)).toMatchObject({
        words: 'I do not know this token. An admin makes one in /cairn setup.',
      });
  });
});

describe('a form that is sent off', () => {
  it('twice makes one token', async () => {
    const results = await Promise.all([make('Twice'), make('twice')]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      field: 'name',
      words: 'A token in use has this name already. Take another one, so that they can be told apart.',
    });
    const { id } = (await tokens())[0] ?? { id: 0 };
    await revokeToken(database.db, workspaceId, chi, id);
    expect(await make('Twice')).toMatchObject({ ok: true });
  });

  it('by many at once makes twenty at most', async () => {
    const results = await Promise.all(Array.from({ length: mostTokens + 5 }, (_, n) => make(`Tool ${n}`)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(mostTokens);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      field: 'name',
      words: '20 tokens are in use, and that is as many as there may be. Revoke one first.',
    });
    expect(await tokens()).toHaveLength(mostTokens);
  });
});
