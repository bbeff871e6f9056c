import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import type { Refused } from '../../src/playground/fake-slack/state/journal.ts';
import { seededRandom } from '../support/fake-slack/random.ts';
import { startFakeSlackServer } from '../support/fake-slack/server.ts';
import { chanceOf, insist } from './chance.ts';
import { insertCompany, slackSeed, workspaceId } from './company.ts';
import { type Disturbance, disturb, type Happened } from './disturbances.ts';
import { addFaults, endFaults, type FaultCounts, type Shares } from './faults.ts';
import { Fleet } from './fleet.ts';
import { writeLoad } from './load.ts';
import { pace } from './pace.ts';
import { startRestartablePostgres } from './postgres.ts';
import { deliveryOf, judge, type Verdict } from './verdict.ts';

export type RoundOptions = {
  seed: number;
  processes: number;
  people: number;
  channels: number;
  messages: number;
  /** Over how long they are written, and the disturbances spread. */
  loadMs: number;
  disturbances: readonly Disturbance[];
  faults: Shares;
  /** How long one process stands still; it begins early in the round. */
  frozenMs: number;
  /** CAIRN_SLACK_TIMEOUT */
  timeoutSeconds: number;
  /** The reconciler, or a blind retry in its place. */
  reconciler: 'real' | 'blind';
  /**
   * A call that comes so soon after another was told to wait could not know of it: the answer has to be read, kept, and
   * seen by all processes. A Retry-After here is two seconds.
   */
  onTheWayMs: number;
  /** How long the end may take, faults being over. */
  patienceMs: number;
};

export type Round = Verdict & {
  seed: number;
  messages: number;
  /** by the cadences, besides those */
  planned: number;
  tried: number;
  faults: FaultCounts;
  kills: number;
  endedAlone: number;
  unknown: number;
  found: number;
  sentAgain: number;
  /** calls before a Retry-After was over, as the fake counts them, and what they were told */
  early: string[];
  /** those where whoever was told to wait was killed, or stood still, before they could say so to anybody */
  unheard: number;
  /** those of the fake's that were on their way already when another call was told to wait */
  crossed: number;
  /** how often Cairn was refused for calling too often, faults aside */
  refused: number;
  /** what did not end within the patience */
  unended: { state: string; reason: string | null }[];
  seconds: number;
};

const preload = (name: string): string => `--import ${new URL(`preload/${name}.ts`, import.meta.url).href}`;

/** One round, on a database and a Slack of its own. Leaves nothing behind, whatever happens. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const began = performance.now();
  const { seed, messages: count, loadMs, timeoutSeconds } = options;
  const world = slackSeed(options);
  const ending: (() => Promise<void>)[] = [];
  try {
    const fake = await startFakeSlackServer({ seed: world, random: seededRandom(seed), pace });
    ending.push(fake.close);
    const postgres = await startRestartablePostgres();
    ending.push(postgres.close);
    const db = openDatabase(postgres.url, { connections: 4 });
    ending.push(async () => await db.destroy());
    const company = await insertCompany(db, world);
    await fake.client.rateLimits(true);

    const preloads = ['step-clock', 'hurry', ...(options.reconciler === 'blind' ? ['blind'] : [])];
    const fleet = new Fleet(
      {
        DATABASE_URL: postgres.url,
        SLACK_BOT_TOKEN: fake.botToken,
        SLACK_SIGNING_SECRET: fake.signingSecret,
        SLACK_API_URL: fake.apiUrl,
        CAIRN_SLACK_TIMEOUT: String(timeoutSeconds),
        CAIRN_MESSAGES_PER_SECOND: String(4 * pace),
        LOG_LEVEL: process.env['CAIRN_CHAOS_LOG'] ?? 'warn',
        NODE_OPTIONS: preloads.map(preload).join(' '),
      },
      chanceOf(seed, 'fleet'),
    );
    ending.push(async () => await fleet.stop());
    await fleet.start(options.processes);
    await addFaults(fake, options.faults, timeoutSeconds * 1_500);

    const tried = countTries(fake.slack.world().journal);
    ending.push(async () => void tried.stop());
    const scene = { fleet, postgres, db, chance: chanceOf(seed, 'disturbances') };
    const [written, disturbed, frozen] = await Promise.all([
      writeLoad(db, company, chanceOf(seed, 'load'), { count, durationMs: loadMs }),
      disturb(scene, options.disturbances, loadMs),
      pause(2_000).then(async () => await freeze(fleet, options.frozenMs)),
    ]);
    await insist(async () => {
      await db
        .updateTable('cadences')
        .set({ state: 'ended' })
        .where('workspace_id', '=', workspaceId)
        .execute();
    });
    const faults = await endFaults(fake);
    const unended = await quiet(db, options.patienceMs);
    if (unended.length > 0) console.error(fleet.output().slice(-4_000));
    for (const words of fleet.lastWords) console.error(`a process ended by itself:\n${words}`);

    const said = [...fake.slack.world().messages.ever()].filter(({ metadata }) => metadata !== undefined);
    const verdict = judge(said, written);
    const others = await judgeOthers(db, new Set(said.map(deliveryOf)));
    const refusals = fake.slack.world().journal.refusals.toArray();
    const tooEarly = refusals.filter(({ error }) => error === 'before_retry_after');
    const happened = [...disturbed, frozen];
    const unheard = tooEarly.filter((it) => wasUnheard(it, happened));
    const early = tooEarly.filter((it) => sinceToldMs(it) > options.onTheWayMs && !unheard.includes(it));
    return {
      seed,
      ...verdict,
      lost: verdict.lost + others.lost,
      messages: written.length,
      planned: others.count,
      tried: tried.stop(),
      faults,
      ...fleet.counts,
      ...(await readSteps(db)),
      early: early.map((it) => wordsOf(it, happened)),
      unheard: unheard.length,
      crossed: tooEarly.length - early.length - unheard.length,
      refused: refusals.filter(({ error }) => error === 'ratelimited').length,
      unended,
      seconds: Math.round((performance.now() - began) / 1_000),
    };
  } finally {
    for (const end of ending.reverse()) await end().catch((error: unknown) => console.error(error));
  }
}

function sinceToldMs({ messages }: Refused): number {
  return (
    Number(/([\d.]+) s after it was told/.exec(messages.join(' '))?.[1] ?? Number.POSITIVE_INFINITY) * 1_000
  );
}

async function freeze(fleet: Fleet, frozenMs: number): Promise<Happened> {
  const fromMs = Date.now();
  await fleet.freeze(frozenMs);
  return { what: 'freeze', fromMs, toMs: fromMs + frozenMs };
}

/** So long before it ends a process may have heard what it could not keep any more; one that stands still is told on. */
const lastWordMs = 1_000;
const stillToldMs = 4_000;

function wasUnheard(refused: Refused, happened: readonly Happened[]): boolean {
  const toldMs = Date.parse(refused.at) - sinceToldMs(refused);
  return happened.some(({ what, fromMs }) => {
    if (what !== 'kill' && what !== 'freeze') return false;
    return fromMs - lastWordMs <= toldMs && toldMs <= fromMs + (what === 'freeze' ? stillToldMs : 0);
  });
}

/** What was disturbed at that moment, or a moment before, may be why. */
function wordsOf({ at, method, messages }: Refused, happened: readonly Happened[]): string {
  const ms = Date.parse(at);
  const during = happened.filter(({ fromMs, toMs }) => fromMs <= ms && ms <= toMs + 3_000);
  return `${method}: ${messages.join(' ')} (${during.map(({ what }) => what).join(', ') || 'undisturbed'})`;
}

type Journal = ReturnType<Awaited<ReturnType<typeof startFakeSlackServer>>['slack']['world']>['journal'];

/** Counts posts that came to Slack, whatever became of them; its log is too short for a whole round. */
function countTries(journal: Journal): { stop(): number } {
  let last = 0;
  let count = 0;
  const look = (): void => {
    for (const { id, name } of journal.log({ after: last })) {
      last = id;
      if (name === 'chat.postMessage') count += 1;
    }
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      look();
      return count;
    },
  };
}

/** Waits until everything that is due has ended and reads as it shall; what has not by then. */
async function quiet(db: Database, patienceMs: number): Promise<Round['unended']> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await insist(
      async () =>
        await sql<{ state: string; reason: string | null }>`
          select d.state, d.reason from deliveries d join workspaces w on w.id = d.workspace_id
          where d.state in ('sending', 'unknown', 'dead') or d.state = 'pending' and d.due_at <= company_now(w)
            or d.state = 'sent' and d.shown_revision < d.wanted_revision`.execute(db),
    );
    if (rows.length === 0 || performance.now() > deadline) return rows;
    await pause(250);
  }
}

/** What cadences had to say: each stands in Slack that Cairn takes for sent. */
async function judgeOthers(
  db: Database,
  said: ReadonlySet<string>,
): Promise<{ count: number; lost: number }> {
  const { rows } = await sql<{ id: string }>`
    select d.id from deliveries d join messages m on m.id = d.message_id
    where d.state = 'sent' and m.dedupe_key not like 'chaos %'`.execute(db);
  return { count: rows.length, lost: rows.filter(({ id }) => !said.has(id)).length };
}

async function readSteps(db: Database): Promise<Pick<Round, 'unknown' | 'found' | 'sentAgain'>> {
  const { rows } = await sql<Pick<Round, 'unknown' | 'found' | 'sentAgain'>>`
    select count(*) filter (where after = 'unknown') as unknown,
      count(*) filter (where before = 'unknown' and after = 'sent') as found,
      count(*) filter (where before = 'unknown' and after = 'pending') as "sentAgain"
    from chaos_steps`.execute(db);
  return rows[0] ?? { unknown: 0, found: 0, sentAgain: 0 };
}
