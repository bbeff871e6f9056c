import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AnswerOf, type EndpointName, endpoints } from '../../src/features/api/core/endpoints.ts';
import { problem } from '../../src/features/api/core/schemas.ts';
import { normalName } from '../../src/features/ownership/core/names.ts';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

/** Chi is an admin. What few see has “Falcon” in its name, so that no answer may hold the word. */
let cairn: TestCairn;
let secret = '';

beforeAll(async () => {
  cairn = await startCairn();
  await insertPlans();
  secret = await makeToken('Dashboard');
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

const modalText = async (person: string) => JSON.stringify(await cairn.as(person).modal());

/** `expect.poll` is for tests alone, and the first token is made before them. */
async function shows(words: string): Promise<void> {
  await vi.waitFor(async () => expect(await modalText('chi')).toContain(words));
}

async function openTokens(): Promise<void> {
  await cairn.as('chi').command('/cairn setup', { in: 'general' });
  await cairn.as('chi').press('API tokens');
  await shows('With a token another tool may ask');
}

async function makeToken(name: string): Promise<string> {
  await openTokens();
  await cairn.as('chi').submit({ 'Name of a new token': name });
  await shows('It is shown this once');
  const token = /cairn_[\w-]{43}/.exec(await modalText('chi'))?.[0] ?? '';
  await cairn.as('chi').close({ all: true });
  return token;
}

async function request(path: string, init: RequestInit & { token?: string } = {}): Promise<Response> {
  const { token = secret, ...rest } = init;
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  return await fetch(new URL(`/api/v1/${path}`, cairn.url), { headers, ...rest });
}

/** An answer as the description has it; every one that the tests read goes through here. */
async function get<Name extends EndpointName>(name: Name, path: string): Promise<AnswerOf<Name>>;
async function get(name: EndpointName, path: string): Promise<object> {
  const response = await request(path);
  const text = await response.text();
  expect([path, response.status, text.slice(0, 400)]).toEqual([path, 200, expect.anything()]);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(text).not.toMatch(/falcon/i);
  expect(text).not.toContain('test.example"');
  return endpoints[name].answer.parse(JSON.parse(text));
}

async function refusal(path: string, init: RequestInit & { token?: string } = {}): Promise<[number, string]> {
  const response = await request(path, init);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, problem.parse(await response.json()).error.words];
}

async function insertPlans(): Promise<void> {
  const workspace = cairn.workspaceId;
  const idOf = (table: string, key: string) =>
    sql`(select id from ${sql.table(table)} where workspace_id = ${workspace} and key = ${key})`;
  const person = (name: string) =>
    sql`(select id from people where workspace_id = ${workspace} and handle = ${name})`;
  const run = async (statement: ReturnType<typeof sql>) => void (await statement.execute(cairn.db));
  await run(sql`insert into rocks (workspace_id, key, name, type, created_at, visibility, team_id)
    values (${workspace}, 'falcon', 'Falcon', 'area', now(), 'team', ${idOf('teams', 'checkout')})`);
  await run(sql`insert into rock_names (workspace_id, rock_id, kind, name, normal)
    select workspace_id, id, kind, name, ${normalName('Falcon')} from rocks, (values ('key'), ('name')) as k (kind)
    where key = 'falcon'`);
  await run(sql`insert into channels (workspace_id, slack_id, name, is_private)
    values (${workspace}, 'G0FALCON', 'falcon-room', true)`);
  await run(
    sql`update rocks set channel_id = (select id from channels where name = 'falcon-room') where key = 'pricing'`,
  );
  await run(sql`update rocks set state = 'retired', retired_at = now(), retired_reason = 'It went into payments',
    successor_id = ${idOf('rocks', 'payments')} where key = 'refunds'`);
  await run(sql`insert into objectives (workspace_id, key, title, cycle_id, position, visibility)
    values (${workspace}, 'falcon-goal', 'Falcon flies', ${idOf('cycles', '2026-Q4')}, 1, 'people')`);
  await run(sql`update key_results set confidence = 4, health_overruled = 'at-risk', health_words = 'Falcon slows us down', answered_at = now(),
    due_on = '2026-12-10', first_due_on = '2026-12-01', slips = 1 where key = 'failed-rate'`);
  await run(sql`insert into roadmap_items (workspace_id, key, title, horizon, position, owner_id, team_id, rock_id,
      objective_id, impact, effort, alignment, due_on, first_due_on, slips, moved_at, created_at)
    values (${workspace}, 'retry-engine', 'Smart retries', 'now', 1, ${person('ben')}, ${idOf('teams', 'checkout')},
        ${idOf('rocks', 'payments')}, ${idOf('objectives', 'reliable')}, 5, 3, 4, '2026-12-08', '2026-12-01', 1, now(), now()),
      (${workspace}, 'wallets', 'Wallets', 'now', 0, null, null, ${idOf('rocks', 'falcon')},
        ${idOf('objectives', 'falcon-goal')}, 5, null, 4, null, null, 0, now(), now()),
      (${workspace}, 'crypto', 'Crypto', 'stopped', 0, null, null, null, null, null, null, null, null, null, 0, now(), now())`);
  await run(sql`insert into roadmap_needs (workspace_id, item_id, team_id)
    values (${workspace}, ${idOf('roadmap_items', 'retry-engine')}, ${idOf('teams', 'checkout')})`);
  const decide = async (given: {
    number: number;
    question: string;
    outcome?: string;
    why?: string;
    rock?: string;
    objective?: string;
    visibility?: string;
  }) =>
    await run(sql`insert into decisions (workspace_id, number, question, options, driver_id, approver_id, due_on, state,
        outcome, why, rock_id, objective_id, visibility, created_at, created_by, decided_at, decided_by)
      values (${workspace}, ${given.number}, ${given.question}, '{Yes,No}', ${person('ana')}, ${person('chi')},
        '2026-12-01', ${given.outcome === undefined ? 'open' : 'decided'}, ${given.outcome ?? null}, ${given.why ?? null},
        ${idOf('rocks', given.rock ?? '')}, ${idOf('objectives', given.objective ?? '')},
        ${given.visibility ?? 'workspace'}, now(), ${person('ana')},
        ${given.outcome === undefined ? null : sql`now()`}, ${given.outcome === undefined ? null : person('chi')})`);
  await decide({
    number: 1,
    question: 'Do we retry?',
    outcome: 'Three times',
    why: 'Banks sleep',
    rock: 'payments',
  });
  await decide({ number: 2, question: 'Which partner?', objective: 'reliable' });
  await decide({ number: 3, question: 'About a rock of few (Falcon)', rock: 'falcon' });
  await decide({ number: 4, question: 'About an objective of few (Falcon)', objective: 'falcon-goal' });
  await decide({ number: 5, question: 'Of few people (Falcon)', visibility: 'people' });
  await decide({
    number: 6,
    question: 'Do we retry for ever?',
    outcome: 'No (Falcon)',
    visibility: 'people',
  });
  await run(sql`update decisions set state = 'superseded', superseded_by_id = (select id from decisions where number = 6)
    where number = 1`);
}

describe('a token', () => {
  it('is offered to admins on the page of setup, and shown once with how to use it', async () => {
    await cairn.as('chi').command('/cairn setup', { in: 'general' });
    expect(buttonsOf((await cairn.as('chi').ephemerals('general')).at(-1))).toContain('API tokens');
    await cairn.as('chi').press('API tokens');
    await expect.poll(() => modalText('chi')).toContain(`*Dashboard* ends in \`${secret.slice(-4)}\``);
    expect(await modalText('chi')).not.toContain(secret);
    expect(await cairn.as('chi').submit({ 'Name of a new token': 'dashboard' })).toMatchObject({
      errors: {
        name: 'A token in use has this name already. Take another one, so that they can be told apart.',
      },
    });
    await cairn.as('chi').submit({ 'Name of a new token': 'Pipeline' });
    await expect
      .poll(() => modalText('chi'))
      .toMatch(
        /curl -H \\"Authorization: Bearer cairn_[\w-]{43}\\" \\"https:\/\/CAIRN\/api\/v1\/owner\?q=payments\\"/,
      );
    await cairn.as('chi').close({ all: true });
  });

  it('that is revoked is refused from that moment on', async () => {
    const other = await makeToken('Old tool');
    expect((await request('rocks', { token: other })).status).toBe(200);
    await openTokens();
    const { rows } = await sql<{ id: number }>`select id from api_tokens where name = 'Old tool'`.execute(
      cairn.db,
    );
    await cairn.as('chi').press(`api-token:revoke/${rows[0]?.id}`);
    await expect.poll(() => modalText('chi')).toContain('was revoked by <@U0CHI> today.');
    await cairn.as('chi').close({ all: true });
    const response = await request('rocks', { token: other });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal('rocks', { token: other })).toEqual([
      401,
      'This token was revoked. An admin makes another one in /cairn setup.',
    ]);
  });

  it('is wanted everywhere but for the description', async () => {
    expect(await refusal('rocks', { token: '' })).toEqual([
      401,
      'Send an API token: Authorization: Bearer …',
    ]);
    expect(await refusal('owner?q=payments', { token: 'cairn_guess' })).toEqual([
      401,
      'I do not know this token. An admin makes one in /cairn setup.',
    ]);
    const description = await request('openapi.json', { token: '' });
    expect(description.status).toBe(200);
    expect(await description.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Cairn' } });
  });
});

describe('who owns it', () => {
  it('is answered as /owner answers it', async () => {
    const exact = await get('owner', 'owner?q=payments');
    expect(exact).toMatchObject({
      match: 'exact',
      rock: {
        key: 'payments',
        name: 'Payments',
        aliases: ['billing', 'psp'],
        owner: {
          name: 'ana',
          handle: 'ana',
          slack_id: 'U0ANA',
          away_until: null,
          unconfirmed: false,
          acting: false,
        },
        backups: [{ handle: 'chi', slack_id: 'U0CHI' }],
        team: { key: 'checkout', name: 'Checkout' },
        channel: { slack_id: 'C0PAYMENTS', name: 'payments' },
        carrier: null,
      },
    });
    expect(await get('owner', 'owner?q=PSP')).toMatchObject({ match: 'exact', rock: { key: 'payments' } });
    expect(await get('owner', 'owner?q=paymnets')).toMatchObject({
      match: 'likely',
      rock: { key: 'payments' },
    });
    expect(await get('owner', 'owner?q=https%3A%2F%2Fbi.test.example%2Fpayments%2Ftoday')).toMatchObject({
      match: 'exact',
      rock: { key: 'payments' },
    });
    const refunds = await get('owner', 'owner?q=refunds');
    expect(refunds).toMatchObject({
      match: 'exact',
      rock: { state: 'retired', retired: { successor: { key: 'payments' } } },
      successor: { key: 'payments' },
    });
  });

  it('is asked back where several are called so', async () => {
    await sql`with twin as (
      insert into rocks (workspace_id, key, name, type, created_at)
      values (${cairn.workspaceId}, 'pricing-2', 'Pricing', 'area', now()) returning workspace_id, id)
      insert into rock_names (workspace_id, rock_id, kind, name, normal)
      select workspace_id, id, 'name', 'Pricing', 'pricing' from twin`.execute(cairn.db);
    const answer = await get('owner', 'owner?q=pricing');
    expect(answer.match).toBe('candidates');
    expect(answer.rock).toBeUndefined();
    expect(answer.candidates?.map(({ key }) => key).sort()).toEqual(['pricing', 'pricing-2']);
    await sql`delete from rocks where key = 'pricing-2'`.execute(cairn.db);
  });

  it('is answered with a loan, an absence and a proposal that nobody confirmed', async () => {
    await cairn.as('ana').command('/handoff lend payments @ben until Wed', { in: 'payments' });
    await expect.poll(async () => (await cairn.as('ana').modal())?.title.text).toBe('Lend');
    await cairn.as('ana').submit({ 'Why it matters': 'Every booking.', 'Where it stands': 'Stable.' });
    const read = async () => (await cairn.slack.messages('@ben')).flatMap(buttonsOf);
    await expect.poll(read).toContain('Read the brief');
    await cairn.as('ben').press('Read the brief');
    await expect.poll(async () => (await cairn.as('ben').modal())?.title.text).toBe('The brief');
    await cairn.as('ben').submit();
    await expect
      .poll(async () => (await get('rock', 'rocks/payments')).carrier)
      .toMatchObject({ handle: 'ben', until: '2026-11-25' });
    await sql`insert into absences (workspace_id, person_id, starts_on, ends_on)
      select workspace_id, id, '2026-11-18', '2026-11-25' from people where handle = 'ben'`.execute(cairn.db);
    await sql`update stints set confirmed_at = null
      where rock_id = (select id from rocks where key = 'payment-partners')`.execute(cairn.db);
    const { rock } = await get('owner', 'owner?q=payment-partners');
    expect(rock?.owner).toMatchObject({ handle: 'ben', away_until: '2026-11-25', unconfirmed: true });
  });

  it('is nobody where nothing is called so, and no miss is kept', async () => {
    expect(await get('owner', 'owner?q=zeppelin')).toEqual({ match: 'none' });
    // To a tool a rock that few see is not there, though its name is.
    expect(await get('owner', `owner?q=${'fal'}con`)).toEqual({ match: 'none' });
    const { rows } = await sql`select from misses`.execute(cairn.db);
    expect(rows).toEqual([]);
  });

  it('is refused for what is no question', async () => {
    expect(await refusal(`owner?q=${'x'.repeat(10_000)}`)).toEqual([
      400,
      'A question has 200 characters at most; this one has 10000.',
    ]);
    expect(await refusal('owner?q=!!!')).toEqual([
      400,
      'q holds no letter. Ask for a name, for example ?q=payments.',
    ]);
  });
});

describe('rocks', () => {
  it('are those that everybody may see, filtered by team, owner and state', async () => {
    const keys = async (query: string) => (await get('rocks', `rocks${query}`)).rocks.map(({ key }) => key);
    expect(await keys('')).toEqual(['payment-partners', 'payments', 'pricing']);
    expect(await keys('?team=Checkout')).toEqual(['payments']);
    for (const owner of ['ana', 'ANA', '@ana', 'U0ANA'])
      expect(await keys(`?owner=${owner}`)).toEqual(['payments']);
    expect(await keys('?owner=none')).toEqual(['pricing']);
    await sql`update rocks set state = 'set-down', set_down_at = now() where key = 'pricing'`.execute(
      cairn.db,
    );
    expect(await keys('?owner=none')).toEqual([]);
    expect(await keys('?state=set-down&owner=none')).toEqual(['pricing']);
    await sql`update rocks set state = 'active', set_down_at = null where key = 'pricing'`.execute(cairn.db);
    expect(await keys('?state=retired')).toEqual(['refunds']);
    expect(await refusal('rocks?team=chekout')).toEqual([
      400,
      'I know no team “chekout”. Did you mean checkout?',
    ]);
    expect(await refusal('rocks?owner=anna')).toEqual([400, 'I know no person “anna”. Did you mean ana?']);
    expect(await refusal('rocks?tema=x')).toEqual([
      400,
      'There is no parameter “tema” here. Did you mean team?',
    ]);
  });

  it('are read one by one; a private channel is not named, and what few see is not there', async () => {
    const pricing = await get('rock', 'rocks/pricing');
    expect(pricing).toMatchObject({ key: 'pricing', owner: null, channel: null });
    expect(await refusal('rocks/paymnts')).toEqual([404, 'I know no rock “paymnts”. Did you mean payments?']);
    expect(await refusal('rocks/falcon')).toEqual([404, 'I know no rock “falcon”.']);
  });

  it('come in pages, each rock once, and the last page says so', async () => {
    await sql`insert into rocks (workspace_id, key, name, type, created_at)
      select ${cairn.workspaceId}, 'paged-' || n, 'Paged ' || n, 'area', now() from generate_series(1, 300) as n`.execute(
      cairn.db,
    );
    const keys: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: AnswerOf<'rocks'> = await get('rocks', `rocks?limit=120${query}`);
      keys.push(...page.rocks.map(({ key }) => key));
      sizes.push(page.rocks.length);
      cursor = page.next_cursor;
    }
    expect(sizes).toEqual([120, 120, 63]);
    expect(new Set(keys).size).toBe(303);
    expect((await get('rocks', 'rocks')).rocks).toHaveLength(50);
    await sql`delete from rocks where key like 'paged-%'`.execute(cairn.db);
    expect(await refusal('rocks?cursor=abc')).toEqual([
      400,
      'That cursor is not one of this list. Begin without one, then give the next_cursor of each page as it is.',
    ]);
  });
});

describe('OKRs', () => {
  it('come with how their key results stand, and with nobody’s words', async () => {
    const { objectives } = await get('okrs', 'okrs');
    expect(objectives).toMatchObject([
      {
        key: 'reliable',
        cycle: { key: '2026-Q4', starts_on: '2026-10-01' },
        owner: { handle: 'ana' },
        key_results: [
          {
            key: 'failed-rate',
            current: 3.1,
            progress: 0.5,
            expected_progress: 0.5543,
            confidence: 4,
            health: 'at-risk',
            due_on: '2026-12-10',
            first_due_on: '2026-12-01',
            slips: 1,
          },
          { key: 'refund-days', owner: { handle: 'ben' }, progress: 0.25, health: 'unanswered', score: null },
        ],
      },
    ]);
    const keys = async (query: string) =>
      (await get('okrs', `okrs${query}`)).objectives.map(({ key }) => key);
    expect(await keys('?cycle=2026-q4&team=checkout&owner=ben')).toEqual(['reliable']);
    expect(await keys('?owner=chi')).toEqual([]);
    expect(await refusal('okrs?cycle=2026-Q5')).toEqual([
      400,
      'I know no cycle “2026-Q5”. Did you mean 2026-Q4?',
    ]);
  });

  it('are read one by one, by the key of a key result as well', async () => {
    expect(await get('okr', 'okrs/reliable')).toMatchObject({ key: 'reliable' });
    expect(await get('okr', 'okrs/refund-days')).toMatchObject({ key: 'reliable' });
    expect(await refusal('okrs/relaible')).toEqual([
      404,
      'I know no objective “relaible”. Did you mean reliable?',
    ]);
    expect(await refusal('okrs/falcon-goal')).toEqual([404, 'I know no objective “falcon-goal”.']);
  });
});

describe('the roadmap', () => {
  it('comes in its order with its priority, without the names of what few see', async () => {
    const { items } = await get('roadmap', 'roadmap');
    expect(items).toMatchObject([
      { key: 'wallets', rock: null, supports: null, priority: null, impact: 5 },
      {
        key: 'retry-engine',
        horizon: 'now',
        owner: { handle: 'ben' },
        rock: { key: 'payments', name: 'Payments' },
        supports: { kind: 'objective', key: 'reliable', title: 'Checkout that just works' },
        needs: [{ key: 'checkout' }],
        priority: 6.7,
        due_on: '2026-12-08',
        first_due_on: '2026-12-01',
        slips: 1,
      },
    ]);
    const keys = async (query: string) =>
      (await get('roadmap', `roadmap${query}`)).items.map(({ key }) => key);
    expect(await keys('?horizon=stopped')).toEqual(['crypto']);
    expect(await keys('?team=checkout&owner=ben')).toEqual(['retry-engine']);
    const first = await get('roadmap', 'roadmap?limit=1');
    expect(await keys(`?limit=1&cursor=${first.next_cursor}`)).toEqual(['retry-engine']);
  });
});

describe('decisions', () => {
  it('are those that everybody may see, the newest first', async () => {
    const { decisions } = await get('decisions', 'decisions');
    expect(decisions).toMatchObject([
      {
        number: 2,
        state: 'open',
        outcome: null,
        driver: { handle: 'ana' },
        approver: { handle: 'chi' },
        due_on: '2026-12-01',
        about: { rock: null, objective: { key: 'reliable' }, item: null },
      },
      {
        number: 1,
        state: 'superseded',
        question: 'Do we retry?',
        outcome: 'Three times',
        why: 'Banks sleep',
        // By one that few see, so nothing is told of it.
        superseded_by: null,
        about: { rock: { key: 'payments' } },
      },
    ]);
  });

  it('are found by state, rock and words', async () => {
    const numbers = async (query: string) =>
      (await get('decisions', `decisions${query}`)).decisions.map(({ number }) => number);
    expect(await numbers('?state=open')).toEqual([2]);
    expect(await numbers('?rock=payments')).toEqual([1]);
    expect(await numbers('?q=retrying')).toEqual(await numbers('?q=retry'));
    expect(await numbers('?q=banks')).toEqual([1]);
    expect(await numbers('?q=partner%20or%20banks')).toEqual([2, 1]);
    expect(await numbers('?q=nothing%20such')).toEqual([]);
    const first = await get('decisions', 'decisions?limit=1');
    expect(await numbers(`?limit=1&cursor=${first.next_cursor}`)).toEqual([1]);
    expect(await refusal('decisions?rock=falcon')).toEqual([400, 'I know no rock “falcon”.']);
  });
});

describe('a request', () => {
  it('that is no GET is refused, HEAD has no body, and OPTIONS says what there is', async () => {
    const posted = await request('rocks', { method: 'POST', body: '{}' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(await refusal('rocks', { method: 'DELETE' })).toEqual([
      405,
      'Nothing is changed here: ask with GET.',
    ]);
    const head = await request('rocks', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const options = await request('rocks', { method: 'OPTIONS', token: '' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('to a path that is none names the nearest', async () => {
    expect(await refusal('descisions')).toEqual([
      404,
      'There is nothing at this path. Did you mean /api/v1/decisions?',
    ]);
  });

  it('leaves a line in the log, without what was asked and without the token', async () => {
    await get('owner', 'owner?q=zeppelin');
    const line =
      cairn
        .logged()
        .filter((each) => each.includes('a request to the API'))
        .at(-1) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      method: 'GET',
      endpoint: 'owner',
      token: expect.any(Number),
      status: 200,
    });
    const all = cairn.logged().join('\n');
    expect(all).not.toContain('zeppelin');
    expect(all).not.toContain(secret);
    expect(all).not.toMatch(/cairn_[\w-]{43}/);
  });
});
