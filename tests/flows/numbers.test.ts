import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestNumbers } from '../../src/features/numbers/reading-operations.ts';
import { accepted, type Result } from '../../src/platform/core/result.ts';
import { toldReader } from '../features/numbers/support.ts';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

/** Ana owns failed-rate, Ben refund-days; Chi leads their team and is an admin. What the places answer is up to the test. */
let cairn: TestCairn;
let answer: Result<number> | Promise<Result<number>> = accepted(2.75);
beforeAll(async () => {
  cairn = await startCairn({ reader: toldReader(() => answer) });
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const modalText = async (person: string) => JSON.stringify(await cairn.as(person).modal());

async function open(person: string, key = 'failed-rate'): Promise<void> {
  await cairn.as(person).command(`/cairn numbers ${key}`, { in: 'general' });
  await expect.poll(() => modalText(person)).toContain('Where does its number come from?');
}

async function keyResultId(key: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from key_results where key = ${key}`.execute(cairn.db);
  return rows[0]?.id ?? 0;
}

async function suggested(key: string) {
  const id = await keyResultId(key);
  return (await latestNumbers(cairn.db, cairn.workspaceId, [id])).get(id);
}

async function lastEphemeral(person: string): Promise<string> {
  return (await cairn.as(person).ephemerals('general')).at(-1)?.text ?? '';
}

describe('who may choose where a number comes from', () => {
  it('is its owner, its backup, the lead and admins; others are told kindly', async () => {
    await cairn.as('ben').command('/cairn numbers failed-rate', { in: 'general' });
    expect(await lastEphemeral('ben')).toBe(
      "Where its number comes from is for its owner, its backup, the team's lead and admins to choose.",
    );
    await open('chi');
    await cairn.as('chi').close();
  });

  it('is asked for a key that there is', async () => {
    await cairn.as('ana').command('/cairn numbers', { in: 'general' });
    expect(await lastEphemeral('ana')).toBe(
      'Which key result? Write its key, such as `/cairn numbers failed-rate`.',
    );
    await cairn.as('ana').command('/cairn numbers fialed', { in: 'general' });
    expect(await lastEphemeral('ana')).toBe('I know no key result “fialed”.');
  });
});

describe('a webhook', () => {
  let first = { path: '', secret: '' };

  async function readKeys(): Promise<typeof first> {
    const text = await modalText('ana');
    return {
      path: /https:\/\/CAIRN(\/api\/v1\/metrics\/[\w-]+)/.exec(text)?.[1] ?? '',
      secret: /secret=([0-9a-f]{64})/.exec(text)?.[1] ?? '',
    };
  }

  async function post({ path, secret }: typeof first, body: string): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    const response = await fetch(new URL(path, cairn.url), {
      method: 'POST',
      body,
      headers: { 'x-cairn-request-timestamp': timestamp, 'x-cairn-signature': `v0=${signature}` },
    });
    return response.status;
  }

  it('is made with a secret that is shown once, and what is signed with it is taken', async () => {
    await open('ana');
    await cairn.as('ana').submit({ kind: 'webhook' });
    first = await readKeys();
    expect(first.secret).toHaveLength(64);
    expect(await post(first, '{"value": 2.9}')).toBe(200);
    expect(await suggested('failed-rate')).toMatchObject({ value: 2.9, from: 'webhook' });
    await cairn.as('ana').close({ all: true });
  });

  it('shows its address afterwards, and no secret; a new one ends the old one', async () => {
    await open('ana');
    expect(await modalText('ana')).toContain('Number from a webhook: 2.9 %, today.');
    await cairn.as('ana').submit({ kind: 'webhook' });
    expect(await modalText('ana')).toContain('Its secret was shown once and is not shown again.');
    expect(await modalText('ana')).not.toContain(first.secret);
    await cairn.as('ana').submit();
    const second = await readKeys();
    expect(second.path).toBe(first.path);
    expect(await post(first, '{"value": 7}')).toBe(401);
    expect(await post(second, '{"value": 2.8}')).toBe(200);
    await cairn.as('ana').close({ all: true });
  });

  it('leaves no secret in the log or among the events', async () => {
    expect(cairn.logged().join('\n')).not.toContain(first.secret);
    const { rows } = await sql<{ all: string }>`select json_agg(e)::text as all from events e`.execute(
      cairn.db,
    );
    expect(rows[0]?.all).toContain('number-source.new-secret');
    expect(rows[0]?.all).not.toContain(first.secret);
  });
});

describe('a query', () => {
  it('is tried without being saved', async () => {
    await open('ben', 'refund-days');
    await cairn.as('ben').submit({ kind: 'sql' });
    answer = accepted(4.5);
    await cairn.as('ben').press('Test it', { entries: { Query: 'select 4.5' } });
    await expect.poll(() => modalText('ben')).toContain('It reads 4.5. Nothing is saved yet.');
    await cairn.as('ben').close();
    expect(await suggested('refund-days')).toBeUndefined();
  });

  it('that takes long is tried behind a modal that says so', async () => {
    const slow = Promise.withResolvers<Result<number>>();
    answer = slow.promise;
    await cairn.as('ben').press('Test it', { entries: { Query: 'select slowly()' } });
    await expect.poll(() => modalText('ben'), { timeout: 5_000 }).toContain('Looking that up');
    slow.resolve(accepted(4.6));
    await expect.poll(() => modalText('ben')).toContain('It reads 4.6.');
    await cairn.as('ben').close();
  });

  it('that writes is refused beside its field, and nothing is kept', async () => {
    answer = {
      ok: false,
      code: 'writes',
      field: 'query',
      words: 'This query writes. A source may only read.',
    };
    expect(await cairn.as('ben').submit({ Query: 'delete from orders' })).toMatchObject({
      errors: { query: 'This query writes. A source may only read.' },
    });
    const { rows } = await sql`select from number_sources where kind = 'sql'`.execute(cairn.db);
    expect(rows).toEqual([]);
  });

  it('that gives a number is saved with it', async () => {
    answer = accepted(4.5);
    await cairn.as('ben').submit({ Query: 'select days from refunds', 'How often': 'day' });
    expect(await modalText('ben')).toContain(
      'Saved. It reads 4.5 now, and I read it again every day at 06:00. The next check-in suggests what came last.',
    );
    expect(await suggested('refund-days')).toMatchObject({ value: 4.5, from: 'sql' });
    await cairn.as('ben').close({ all: true });
  });

  it('is read again when its time comes, by the company’s clock', async () => {
    answer = accepted(4);
    await cairn.turnTo('2026-11-21T05:59:00+01:00');
    expect((await suggested('refund-days'))?.value).toBe(4.5);
    await cairn.turnTo('2026-11-21T06:01:00+01:00');
    expect((await suggested('refund-days'))?.value).toBe(4);
  });

  it('that fails is told to its owner on the next working day, with the way to mend it', async () => {
    answer = { ok: false, code: 'slow', field: 'query', words: 'This query takes longer than 5 seconds.' };
    await cairn.turnTo('2026-11-23T08:59:00+01:00');
    const said = (await cairn.slack.messages('@ben')).find(({ text }) => text.includes('No number comes'));
    expect(said?.text).toContain('No number comes for Days to refund: I tried 3 times.');
    expect(said?.text).toContain('The last one: 4 days, ');
    expect(buttonsOf(said)).toEqual(['Number from elsewhere']);
    await cairn.as('ben').press('Number from elsewhere');
    await expect.poll(() => modalText('ben')).toContain('Where does its number come from?');
    await cairn.as('ben').submit({ kind: 'none' });
    expect(await modalText('ben')).toContain(
      'People say this number themselves from now on. What came until now stays.',
    );
    expect(await suggested('refund-days')).toBeUndefined();
  });
});

describe('a JSON address', () => {
  it('whose pointer cannot be one is refused beside its field', async () => {
    await open('ana');
    await cairn.as('ana').submit({ kind: 'json' });
    expect(
      await cairn.as('ana').submit({ Address: 'https://bi.example/', 'Where in the answer': 'data.rate' }),
    ).toMatchObject({ errors: { pointer: 'A JSON pointer begins with a slash, such as /data/rate.' } });
  });

  it('that leads into a private network is refused beside its field, and nothing is kept', async () => {
    const words = 'This address leads into a private network, so I do not read it.';
    answer = { ok: false, code: 'private', field: 'url', words };
    const form = { Address: 'https://bi.example/', 'Where in the answer': '/data/rate' };
    expect(await cairn.as('ana').submit(form)).toMatchObject({ errors: { url: words } });
    expect((await suggested('failed-rate'))?.from).toBe('webhook');
    await cairn.as('ana').close({ all: true });
  });

  it('that answers too late for the form shows it again with what is wrong, as it was typed', async () => {
    await open('ana');
    await cairn.as('ana').submit({ kind: 'json' });
    const words = 'This address takes longer than 5 seconds.';
    const slow = Promise.withResolvers<Result<number>>();
    answer = slow.promise;
    await cairn.as('ana').submit({ Address: 'https://slow.example/', 'Where in the answer': '/rate' });
    expect(await modalText('ana')).toContain('I am trying it');
    slow.resolve({ ok: false, code: 'slow', field: 'url', words });
    await expect.poll(() => modalText('ana')).toContain(`Not saved: ${words}`);
    expect(await modalText('ana')).toContain('https://slow.example/');
  });
});
