import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../../src/features/api/core/schemas.ts';
import { answerApi } from '../../../src/features/api/http.ts';
import { makeToken } from '../../../src/features/api/token-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Counting } from '../../../src/platform/counting.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { type HttpServer, listen } from '../../../src/platform/http-server.ts';
import { InHand } from '../../../src/platform/slack/in-hand.ts';
import { insertActor, keptLog } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** Two processes of one Cairn, each with connections of its own. */
let database: TestDatabase;
let workspaceId: string;
let chi: Actor;
let replicas: { db: Database; http: HttpServer }[] = [];
let headers: { authorization: string };
let counted: string[] = [];
const { log, lines } = keptLog();
const counting: Counting = { count: (name, labels = {}) => void counted.push(`${name} ${labels['status']}`) };

async function startReplica(url = database.url): Promise<{ db: Database; http: HttpServer }> {
  const db = openDatabase(url);
  const directory = {
    findUser: async () => null,
    findChannel: async () => null,
    groupMembers: async () => 'unknown' as const,
    userGroups: async () => [],
    channelMembers: async () => null,
    titleOf: async () => '',
    users: async function* () {},
    channels: async function* () {},
  };
  const deps = { db, directory, workspaceId, log, inHand: new InHand(), counting };
  const http = await listen('127.0.0.1', 0, {
    exact: new Map(),
    otherwise: (req, res) => answerApi(deps, req, res),
  });
  return { db, http };
}

beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = await insertWorkspace(database.db);
  chi = { ...(await insertActor(database.db, workspaceId, { name: 'Chi' })), isAdmin: true };
  replicas = [await startReplica(), await startReplica()];
});
afterAll(async () => {
  for (const { db, http } of replicas) {
    await http.close();
    await db.destroy();
  }
  await database.close();
});
beforeEach(async ({ task }) => {
  const token = await makeToken(database.db, workspaceId, chi, task.name);
  if (!token.ok) throw new Error(token.words);
  headers = { authorization: `Bearer ${token.value.secret}` };
  counted = [];
});

async function askAtOnce(times: number): Promise<Response[]> {
  const ports = replicas.map(({ http }) => http.port);
  return await Promise.all(
    Array.from({ length: times }, (_, n) =>
      fetch(`http://127.0.0.1:${ports[n % ports.length]}/api/v1/rocks?limit=1`, { headers }),
    ),
  );
}

describe('a token that asks a hundred and fifty times at once, of two processes', () => {
  it('is answered exactly a hundred and twenty times', async () => {
    const answers = await askAtOnce(150);
    const over = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120);
    expect(over).toHaveLength(30);
    expect(counted.filter((each) => each === 'api_requests 200')).toHaveLength(120);
    expect(counted.filter((each) => each === 'api_requests 429')).toHaveLength(30);
    for (const answer of over) {
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      const { error } = problem.parse(await answer.json());
      expect(error).toEqual({
        code: 'too-many-requests',
        words: `A token may ask 120 times a minute, and this one has. Ask again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
      });
    }
  });

  it('is answered again when the minute is over, while another token is not held up', async () => {
    await askAtOnce(121);
    const held = headers;
    const other = await makeToken(database.db, workspaceId, chi, 'Another one');
    headers = { authorization: `Bearer ${other.ok ? other.value.secret : ''}` };
    expect((await askAtOnce(1)).map(({ status }) => status)).toEqual([200]);
    headers = held;
    expect((await askAtOnce(1)).map(({ status }) => status)).toEqual([429]);
    await sql`update api_tokens set window_began_at = window_began_at - interval '60 s'`.execute(database.db);
    expect((await askAtOnce(2)).map(({ status }) => status)).toEqual([200, 200]);
  });
});

it('a database that is gone is said so, and told to whoever runs Cairn', async () => {
  const broken = await startReplica('postgres://nobody@127.0.0.1:1/nothing');
  const answer = await fetch(`http://127.0.0.1:${broken.http.port}/api/v1/rocks`, { headers });
  expect(answer.status).toBe(500);
  expect(problem.parse(await answer.json()).error).toEqual({
    code: 'broken',
    words: 'That went wrong here. Ask again.',
  });
  expect(lines.map(({ msg }) => msg)).toContain('a request to the API could not be answered');
  await broken.http.close();
  await broken.db.destroy();
});
