import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany } from '../support/cairn.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeSlackServer, startFakeSlackServer, withSocketMode } from '../support/fake-slack/server.ts';
import { type CairnProcess, runCairn, startProcess } from '../support/process.ts';

const patient = { timeout: 20_000, interval: 50 };
/** Nothing here shall depend on the day on which it runs. */
const company = smallCompany.slice(0, smallCompany.indexOf('cadences:'));

describe.each(['http', 'socket'] as const)('the same bot over %s', (way) => {
  let folder: string;
  let database: TestDatabase;
  let fake: FakeSlackServer;
  let cairn: CairnProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cairn-socket-'));
    database = await createTestDatabase();
    fake = await startFakeSlackServer(way === 'socket' ? { manifest: withSocketMode } : {});
    const env: Record<string, string> = {
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_API_URL: fake.apiUrl,
      // All that differs.
      ...(way === 'socket'
        ? { SLACK_APP_TOKEN: fake.appToken }
        : { SLACK_SIGNING_SECRET: fake.signingSecret }),
    };
    const file = join(folder, 'company.yaml');
    await writeFile(file, company);
    expect(await runCairn(['import', file], env)).toMatchObject({ status: 0 });
    cairn = await startProcess(env, { keeps: true });
    await cairn.ready();
    fake.setRequestUrl(`http://127.0.0.1:${cairn.port}/slack/events`);
  });
  afterAll(async () => {
    await cairn.stop();
    await fake.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const newest = async (person: string) => (await fake.client.messages(`@${person}`)).at(-1);

  it('answers a command, and shares the answer at the press of a button', async () => {
    const ben = fake.client.as('ben');
    expect(await ben.command('/owner payments', { in: 'random' })).toEqual({ ok: true, status: 200 });
    const [answer] = await ben.ephemerals('random');
    expect(answer?.text).toMatch(/^Payments: Owner <@U0ANA>/);
    await ben.press('Share');
    const shared = async () => (await fake.client.messages('random')).filter((it) => !it.ephemeral);
    await expect.poll(async () => (await shared()).length, patient).toBe(1);
  });

  it('opens the modal of a handoff, refuses it on a field and takes it corrected', async () => {
    const ana = fake.client.as('ana');
    await ana.command('/handoff payments @ben', { in: 'payments' });
    await expect.poll(async () => (await ana.modal())?.title.text, patient).toBe('Hand over');
    const brief = { 'Why it matters': ' ', 'Where it stands': 'Stable.' };
    expect(await ana.submit(brief)).toMatchObject({
      ok: false,
      by: 'cairn',
      errors: { why: 'A sentence is enough: why should they care?' },
    });
    expect(await ana.submit({ ...brief, 'Why it matters': 'Every booking ends here.' })).toMatchObject({
      ok: true,
    });

    await expect
      .poll(async () => buttonsOf(await newest('ben')), patient)
      .toEqual(['Read the brief', 'Decline']);
    const ben = fake.client.as('ben');
    await ben.press('Read the brief');
    await expect.poll(async () => (await ben.modal())?.title.text, patient).toBe('The brief');
    expect(await ben.submit()).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await newest('ana'))?.text, patient)
      .toBe('<@U0BEN> accepted Payments and carries it from now on.');
  });

  it('takes an event', async () => {
    await fake.client.changeUser('chi', { tz: 'Asia/Tokyo' });
    const zone = async () => {
      const row = await database.db
        .selectFrom('people')
        .select('timezone')
        .where('handle', '=', 'chi')
        .executeTakeFirst();
      return row?.timezone;
    };
    await expect.poll(zone, patient).toBe('Asia/Tokyo');
  });

  it.runIf(way === 'socket')(
    'comes back when the socket is dropped, and answers again',
    async () => {
      const ask = async () => (await fake.client.as('ben').command('/owner unowned', { in: 'general' })).ok;
      for (const reason of ['refresh_requested', 'cut'] as const) {
        expect(await fake.client.dropSockets(reason)).toBe(1);
        expect(await ask()).toBe(false);
        await expect.poll(ask, { timeout: 25_000, interval: 100 }).toBe(true);
      }
    },
    60_000,
  );

  it('has made no mistake, and ends with 0', async () => {
    expect(await fake.client.refused()).toEqual([]);
    const status = (await fetch(`http://127.0.0.1:${cairn.port}/slack/events`, { method: 'POST', body: 'x' }))
      .status;
    expect(status).toBe(way === 'socket' ? 404 : 401);
    cairn.signal('SIGTERM');
    expect(await cairn.ended()).toBe(0);
    for (const secret of [fake.botToken, fake.appToken, fake.signingSecret]) {
      expect(cairn.output()).not.toContain(secret);
    }
  });
});
