import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { latestNumbers } from '../../../src/features/numbers/reading-operations.ts';
import { answerWebhook, webhookPath } from '../../../src/features/numbers/webhook.ts';
import { type HttpServer, listen } from '../../../src/platform/http-server.ts';
import { InHand } from '../../../src/platform/slack/in-hand.ts';
import { keptLog } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type Company, insertCompany, insertWebhook } from './support.ts';

let database: TestDatabase;
let company: Company;
let webhook: { token: string; secret: string };
let http: HttpServer;
const { log, lines } = keptLog();
beforeAll(async () => {
  database = await createTestDatabase();
  http = await listen('127.0.0.1', 0, {
    exact: new Map(),
    below: new Map([
      [
        webhookPath,
        (req, res) =>
          answerWebhook(
            { db: database.db, workspaceId: company.workspaceId, log, inHand: new InHand() },
            req,
            res,
          ),
      ],
    ]),
    otherwise: (_req, res) => res.writeHead(404).end(),
  });
});
beforeEach(async () => {
  company = await insertCompany(database.db);
  webhook = await insertWebhook(database.db, company);
});
afterAll(async () => {
  await http.close();
  await database.close();
});

const now = () => Math.floor(Date.now() / 1000);

type Sent = { timestamp?: number; secret?: string; token?: string; headers?: Record<string, string> };

async function post(body: string, sent: Sent = {}): Promise<{ status: number; said: unknown }> {
  const { timestamp = now(), secret = webhook.secret, token = webhook.token } = sent;
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${http.port}/api/v1/metrics/${token}`, {
    method: 'POST',
    body,
    headers: {
      'x-cairn-request-timestamp': String(timestamp),
      'x-cairn-signature': `v0=${signature}`,
      ...sent.headers,
    },
  });
  return { status: response.status, said: await response.json() };
}

async function kept(): Promise<number[]> {
  const rows = await database.db
    .selectFrom('number_readings')
    .select('value')
    .where('workspace_id', '=', company.workspaceId)
    .orderBy('id')
    .execute();
  return rows.map(({ value }) => value);
}

describe('a number that is posted', () => {
  it('is kept, and is what the key result suggests from then on', async () => {
    const answer = await post('{"value": 2.75, "at": "2026-11-26T08:00:00+01:00"}');
    expect(answer).toEqual({ status: 200, said: { value: 2.75, at: '2026-11-26T07:00:00Z' } });
    const numbers = await latestNumbers(database.db, company.workspaceId, [company.keyResultId]);
    expect(numbers.get(company.keyResultId)).toMatchObject({
      value: 2.75,
      from: 'webhook',
      isFailing: false,
      failure: null,
    });
  });

  it('is of now where it does not say of when it is', async () => {
    const { said } = await post('{"value": -3}');
    expect(said).toMatchObject({ value: -3, at: expect.stringMatching(/^2026-11-26T09:0/) });
  });

  it('after one that could not be read works again; until then the key result says what is wrong', async () => {
    await post('{"value": 2}');
    await post('{"value": "many"}');
    const latest = async () =>
      (await latestNumbers(database.db, company.workspaceId, [company.keyResultId])).get(company.keyResultId);
    expect(await latest()).toMatchObject({
      value: 2,
      isFailing: true,
      failure: 'What was posted could not be read: value must be a number, such as 12.5.',
    });
    await post('{"value": 3}');
    expect(await latest()).toMatchObject({ value: 3, isFailing: false, failure: null });
  });

  it('that is older than the latest one does not replace it', async () => {
    await post('{"value": 5, "at": "2026-11-26T08:00:00Z"}');
    await post('{"value": 4, "at": "2026-11-25T08:00:00Z"}');
    const numbers = await latestNumbers(database.db, company.workspaceId, [company.keyResultId]);
    expect(numbers.get(company.keyResultId)?.value).toBe(5);
    expect(await kept()).toEqual([5, 4]);
  });
});

describe('nothing is kept of', () => {
  it('a request that comes a second time', async () => {
    const timestamp = now();
    expect((await post('{"value": 1}', { timestamp })).status).toBe(200);
    expect(await post('{"value": 1}', { timestamp })).toEqual({
      status: 409,
      said: { error: 'This request came before. Sign each one anew, with the time of now.' },
    });
    expect(await kept()).toEqual([1]);
  });

  it('all but one of many that come at once with the same signature', async () => {
    const timestamp = now();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('{"value": 1}', { timestamp })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(await kept()).toEqual([1]);
  });

  it('one whose signature is written in capitals, the second time', async () => {
    const timestamp = now();
    const body = '{"value": 1}';
    await post(body, { timestamp });
    const hex = createHmac('sha256', webhook.secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const again = { timestamp, headers: { 'x-cairn-signature': `V0=${hex.toUpperCase()}` } };
    expect((await post(body, again)).status).toBe(409);
  });

  it.each<[string, Sent, number, string]>([
    [
      'one that is signed with another secret',
      { secret: 'x' },
      401,
      'X-Cairn-Signature does not fit the body and the secret.',
    ],
    [
      'one that is not signed',
      { headers: { 'x-cairn-signature': '' } },
      401,
      'X-Cairn-Signature does not fit the body and the secret.',
    ],
    [
      'one that is six minutes old',
      { timestamp: now() - 360 },
      401,
      'X-Cairn-Request-Timestamp is more than five minutes away from now.',
    ],
    [
      'one that is dated six minutes ahead',
      { timestamp: now() + 360 },
      401,
      'X-Cairn-Request-Timestamp is more than five minutes away from now.',
    ],
    [
      'one whose time is no number',
      { headers: { 'x-cairn-request-timestamp': 'noon' } },
      401,
      'X-Cairn-Request-Timestamp is the time in whole seconds since 1970.',
    ],
    [
      "one to an address that is nobody's",
      { token: 'nobody' },
      404,
      'No key result listens at this address.',
    ],
  ])('%s', async (_what, sent, status, error) => {
    expect(await post('{"value": 1}', sent)).toEqual({ status, said: { error } });
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['no JSON', 'value=1', 'The body must be JSON like {"value": 12.5}.'],
    ['no object', '12.5', 'The body must be JSON like {"value": 12.5}.'],
    ['text for a number', '{"value": "12"}', 'value must be a number, such as 12.5.'],
    ['a number beyond all numbers', '{"value": 1e999}', 'value must be a number, such as 12.5.'],
    ['no number', '{}', 'value must be a number, such as 12.5.'],
    ['what nobody asked for', '{"value": 1, "valeu": 2}', 'The body must be JSON like {"value": 12.5}.'],
    [
      'a time without a zone',
      '{"value": 1, "at": "2026-11-26"}',
      'at must be a time with a zone, such as 2026-11-26T06:00:00Z.',
    ],
    [
      'a time to come',
      '{"value": 1, "at": "2026-11-27T09:00:00Z"}',
      'at lies ahead: a value cannot be of a time that has not come.',
    ],
  ])('a body with %s', async (_what, body, error) => {
    expect(await post(body)).toEqual({ status: 400, said: { error } });
    expect(await kept()).toEqual([]);
  });

  it('a body that is too large, however it says so', async () => {
    const error = 'The body is too large: a number needs no more than 4 kB.';
    const large = JSON.stringify({ value: 1, at: 'x'.repeat(5_000) });
    expect(await post(large)).toEqual({ status: 413, said: { error } });
    const chunked = await fetch(`http://127.0.0.1:${http.port}/api/v1/metrics/${webhook.token}`, {
      method: 'POST',
      body: new Blob([large]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    expect(await kept()).toEqual([]);
  });

  it('the hundred-and-first within ten minutes', async () => {
    await sql`insert into number_signatures (workspace_id, source_id, signature)
      select s.workspace_id, s.id, 'v0=' || n from number_sources s, generate_series(1, 99) n
      where s.token = ${webhook.token}`.execute(database.db);
    expect((await post('{"value": 1}')).status).toBe(200);
    expect(await post('{"value": 2}')).toEqual({
      status: 429,
      said: { error: 'Too many values have come. A value a minute is more than enough.' },
    });
    expect(await kept()).toEqual([1]);
  });

  it('one for a key result that is over', async () => {
    await database.db
      .updateTable('key_results')
      .set({ state: 'dropped', why_dropped: 'Not now' })
      .where('id', '=', company.keyResultId)
      .execute();
    expect(await post('{"value": 1}')).toEqual({
      status: 409,
      said: { error: 'This key result is over, so its value stays as it is.' },
    });
    expect(await kept()).toEqual([]);
  });

  it('a question instead of a number', async () => {
    const response = await fetch(`http://127.0.0.1:${http.port}/api/v1/metrics/${webhook.token}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

it('signatures that are too old to be good are forgotten, and none is logged', async () => {
  await post('{"value": 1}');
  await database.db
    .updateTable('number_signatures')
    .set({ signature: 'old' })
    .where('workspace_id', '=', company.workspaceId)
    .execute();
  await sql`update number_signatures set seen_at = now() - interval '1 hour'`.execute(database.db);
  await post('{"value": 2}');
  const rows = await database.db
    .selectFrom('number_signatures')
    .select('signature')
    .where('workspace_id', '=', company.workspaceId)
    .execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.signature).toMatch(/^v0=[0-9a-f]{64}$/);
  expect(JSON.stringify(lines)).not.toContain(webhook.secret);
});
