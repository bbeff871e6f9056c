import { pino } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { startApp } from '../src/app.ts';
import { readYaml } from '../src/cli/cairn-file/yaml.ts';
import { importFile } from '../src/cli/import.ts';
import { type Limits, usualLimits } from '../src/delivery/limits.ts';
import { saveWorkspace } from '../src/features/people/store.ts';
import { turnCompanyClock } from '../src/platform/db/company-time.ts';
import type { Database } from '../src/platform/db/database.ts';
import { listen } from '../src/platform/http-server.ts';
import type { SeedInput } from '../src/playground/fake-slack/seed.ts';
import type { PersonClient } from '../tests/support/fake-slack/client.ts';
import { startFakeSlackServer } from '../tests/support/fake-slack/server.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { countStatements } from './statements.ts';

type Person = Pick<PersonClient, 'press' | 'submit'>;

const owners = 2_000;
const channels = 300;
/** So many people answer at a time. */
const together = 12;
const monday = '2026-11-23T09:00:00+01:00';

/** Cairn's limiter is lifted, but for edits: those share the budget of the design however fast answers come. */
const lifted: Limits = {
  ...usualLimits,
  postsPerSecond: 1_000_000,
  burst: 1_000_000,
  reserve: 0,
  channelSpacingMs: 0,
};

/**
 * One check-in with 2,000 owners in 300 channels: from the clock's Monday at nine until every answer is kept, with a fake
 * of Slack whose limits are off, everything in one process.
 */
export async function benchCheckIn(): Promise<void> {
  await withFreshDatabase(async (db) => {
    const fake = await startFakeSlackServer({ seed: workspace() });
    await fake.client.rateLimits(false);
    const workspaceId = 'T0BENCH';
    await saveWorkspace(db, { id: workspaceId, name: 'Bench', timezone: 'Europe/Berlin' });
    await turnCompanyClock(db, workspaceId, Temporal.Instant.from('2026-11-20T12:00:00+01:00'));
    await importCompany(db, workspaceId);
    let edits = 0;
    const app = await startApp({
      db,
      slack: {
        mode: 'http',
        botToken: fake.botToken,
        signingSecret: fake.signingSecret,
        apiUrl: fake.apiUrl,
      },
      timezone: 'Europe/Berlin',
      limits: lifted,
      log: pino({ level: 'error' }),
      counting: {
        count(name, _, by = 1) {
          if (name === 'edits') edits += by;
        },
      },
    });
    const http = await listen('127.0.0.1', 0, { exact: new Map(), otherwise: app.handle });
    fake.slack.useClock(app.clock);
    fake.setRequestUrl(`http://127.0.0.1:${http.port}/slack/events`);
    try {
      const startedMs = performance.now();
      const turned = await app.clock.turnTo(new Date(Temporal.Instant.from(monday).epochMilliseconds));
      if (!turned.ok) throw new Error(turned.words);
      await until(async () => (await sentCount(db)) >= owners + channels);
      const askedMs = performance.now() - startedMs;

      const statements = countStatements();
      const latencies = await answerAll(fake.client.as);
      const answeredMs = performance.now() - startedMs;
      const perAnswer = statements.stop() / owners;
      const { kept } = await db
        .selectFrom('check_ins')
        .select((eb) => eb.fn.countAll<number>().as('kept'))
        .executeTakeFirstOrThrow();
      if (kept !== owners) throw new Error(`${kept} of ${owners} answers were kept`);
      const refused = (await fake.client.refused()).length;
      const allowed = usualLimits.editBurst + (usualLimits.editsPerMinute * answeredMs) / 60_000;
      const sorted = latencies.toSorted((one, other) => one - other);
      const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
      console.log(`check-in: ${owners} owners in ${channels} channels, ${together} answering at a time`);
      console.log(
        `  planned and sent in ${(askedMs / 1000).toFixed(1)} s, all answered ${(answeredMs / 1000).toFixed(1)} s after the clock; aim: 120 s`,
      );
      console.log(
        `  an answer (open the modal, send it off): p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${perAnswer.toFixed(1)} statements, all of the process counted`,
      );
      console.log(
        `  ${edits} edits, of ${Math.floor(allowed)} that the budget allows; ${refused} calls refused by Slack\n`,
      );
      if (edits > allowed || refused > 0)
        throw new Error('edits went past their budget, or Slack refused calls');
    } finally {
      await http.close();
      await app.stop();
      await fake.close();
    }
  });
}

async function answerAll(
  as: Awaited<ReturnType<typeof startFakeSlackServer>>['client']['as'],
): Promise<number[]> {
  const latencies: number[] = [];
  let next = 1;
  const person = async (): Promise<void> => {
    while (next <= owners) {
      const one = as(`p${next}`);
      next += 1;
      const startedMs = performance.now();
      await one.press('Check in');
      await sendOff(one);
      latencies.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: together }, person));
  return latencies;
}

/** The modal opens a moment after the press was taken. */
async function sendOff(one: Person, tries = 200): Promise<void> {
  try {
    const done = await one.submit({ Value: '3', Confidence: '7', 'What changed?': 'Retries are live.' });
    if ('errors' in done) throw new Error(JSON.stringify(done));
  } catch (error) {
    if (tries === 0 || !(error instanceof Error) || !error.message.includes('no modal open')) throw error;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await sendOff(one, tries - 1);
  }
}

async function sentCount(db: Database): Promise<number> {
  const { sent } = await db
    .selectFrom('deliveries')
    .where('state', '=', 'sent')
    .select((eb) => eb.fn.countAll<number>().as('sent'))
    .executeTakeFirstOrThrow();
  return sent;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}

function workspace(): SeedInput {
  const ids = Array.from({ length: owners }, (_, index) => index + 1);
  return {
    team: { id: 'T0BENCH', name: 'Bench', domain: 'bench' },
    bot: { user_id: 'U0CAIRN', bot_id: 'B0CAIRN', app_id: 'A0CAIRN', name: 'Cairn' },
    users: ids.map((id) => ({
      id: `U0P${id}`,
      name: `p${id}`,
      real_name: `Person ${id}`,
      tz: 'Europe/Berlin',
    })),
    channels: Array.from({ length: channels }, (_, index) => ({
      id: `C0T${index + 1}`,
      name: `team-${index + 1}`,
      members: ids.filter((id) => id % channels === index).map((id) => `p${id}`),
    })),
  };
}

async function importCompany(db: Database, workspaceId: string): Promise<void> {
  const teams = Array.from({ length: channels }, (_, index) => index + 1);
  const of = (team: number) =>
    Array.from({ length: owners }, (_, index) => index + 1).filter((id) => id % channels === team - 1);
  const text = [
    'version: 1',
    'people:',
    ...Array.from({ length: owners }, (_, index) => `  p${index + 1}: { slack: U0P${index + 1} }`),
    'teams:',
    ...teams.map((team) => `  - { key: team-${team}, name: Team ${team}, channel: "#team-${team}" }`),
    'cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]',
    'objectives:',
    ...teams.flatMap((team) => [
      `  - key: objective-${team}`,
      `    title: Objective ${team}`,
      `    team: team-${team}`,
      '    cycle: 2026-Q4',
      '    key_results:',
      ...of(team).map(
        (id) =>
          `      - { key: kr-${id}, title: Rate ${id}, owner: p${id}, type: percent, start: 4, target: 2, current: 3, commitment: aspirational }`,
      ),
    ]),
    'cadences:',
    ...teams.map(
      (team) =>
        `  - { key: weekly-${team}, ritual: okr-check-in, channel: "#team-${team}", schedule: "0 9 * * MON", timezone: Europe/Berlin, teams: [team-${team}], cycle: current, nudge_after: P1D, close_after: P2D, state: active }`,
    ),
  ].join('\n');
  const yaml = readYaml(text);
  if (!yaml.ok) throw new Error(yaml.problems.map(({ line, words }) => `${line}: ${words}`).join('\n'));
  const outcome = await importFile(db, yaml.file, {
    workspace: { id: workspaceId, name: 'Bench', isNew: false },
    timezone: 'Europe/Berlin',
    dryRun: false,
    overwrite: false,
  });
  if (outcome.kind === 'refused') throw new Error(outcome.findings.map(({ words }) => words).join('\n'));
}
