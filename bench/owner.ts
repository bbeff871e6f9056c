import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withFreshDatabase } from './fresh-database.ts';
import { type Load, load, median, signedCommand } from './load.ts';
import { fillRegister, missOf, nameOf, typoOf } from './register.ts';
import { freePort, startProgram, startSlackStub, stopProgram } from './servers.ts';

/** Rocks in the register, unless told otherwise. */
export const sizes = [1_000, 100_000, 1_000_000];
const rounds = 5;
const secondsEach = 2;
const signingSecret = 'bench-signing-secret';
/** As many different texts of each kind are asked, in turns. */
const texts = 1_000;

const kinds = { name: nameOf, typo: typoOf, miss: missOf };
type Kind = keyof typeof kinds;
const kindNames = ['name', 'typo', 'miss'] as const;

/** A Cairn with a register of its own, and what one round after the other measured on it. */
type Asked = { size: number; cairn: Program; loads: Record<Kind, Load[]>; megabytes: number[] };
type Program = { url: string; pid: number };

/**
 * `/owner` over HTTP by exact name, by a name with a typo and by what nobody has, with registers of several sizes,
 * beside a bare Bolt command that answers at once with the same card. All are up at once and take turns, so that
 * each round's ratios share the noise of the machine and of the load; only ratios count.
 */
export async function benchOwner(rocks: number[]): Promise<void> {
  await withRegisters(rocks, async (asked) => {
    const [first] = asked;
    if (first === undefined) return;
    for (const { cairn } of asked) await oneAnswer(cairn.url, typoOf(42), nameOf(42));
    const card = await oneAnswer(first.cairn.url, nameOf(42), nameOf(42));
    await withBareBolt(card, async (bareUrl) => {
      console.log(
        `/owner, ${rounds} rounds of ${secondsEach} s for each in turns, 10 connections that wait for their answer; medians`,
      );
      const bare = await measure(asked, bareUrl);
      report(asked, bare);
    });
  });
}

/** Fills the registers one after the other and starts a Cairn on each. */
async function withRegisters(
  rocks: number[],
  work: (asked: Asked[]) => Promise<void>,
  ready: Asked[] = [],
): Promise<void> {
  const [size, ...rest] = rocks;
  if (size === undefined) return await work(ready);
  await withFreshDatabase(async (db, connectionString) => {
    const startedMs = performance.now();
    await fillRegister(db, size);
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    await withCairn(connectionString, async (cairn) => {
      console.log(`${size} rocks filled in ${seconds} s`);
      const megabytes = [await residentMegabytes(cairn.pid)];
      await withRegisters(rest, work, [
        ...ready,
        { size, cairn, loads: { name: [], typo: [], miss: [] }, megabytes },
      ]);
    });
  });
}

async function withCairn(databaseUrl: string, work: (cairn: Program) => Promise<void>): Promise<void> {
  const slack = await startSlackStub();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = await startProgram(
    ['bin/start.js'],
    {
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slack.apiUrl,
      LOG_LEVEL: 'warn',
    },
    async () => (await fetch(`${url}/readyz`)).ok,
  );
  try {
    await work({ url, pid: program.pid ?? 0 });
  } finally {
    await stopProgram(program);
    await slack.close();
  }
}

async function withBareBolt(card: string, work: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = await startProgram(
    ['bench/bare-bolt.ts', String(port), signingSecret, card],
    {},
    async () => (await fetch(url)).status === 404,
  );
  try {
    await work(url);
  } finally {
    await stopProgram(program);
  }
}

/** Fills in the loads of those asked; gives those of bare Bolt. */
async function measure(asked: Asked[], bareUrl: string): Promise<Load[]> {
  const bare: Load[] = [];
  const textsOf = (kind: Kind, size: number) =>
    Array.from({ length: texts }, (_, index) => kinds[kind]((index * 7_919) % size));
  for (let round = 0; round <= rounds; round += 1) {
    // The first round is short and thrown away: code is compiled and plans are made.
    const isWarmUp = round === 0;
    const seconds = isWarmUp ? 1 : secondsEach;
    const bareLoad = await ask(bareUrl, textsOf('name', 1_000), seconds);
    if (!isWarmUp) bare.push(bareLoad);
    for (const kind of kindNames) {
      for (const { size, cairn, loads } of asked) {
        const one = await ask(cairn.url, textsOf(kind, size), seconds);
        if (!isWarmUp) loads[kind].push(one);
      }
    }
    for (const { cairn, megabytes } of asked) megabytes.push(await residentMegabytes(cairn.pid));
  }
  return bare;
}

async function ask(url: string, wanted: string[], seconds: number): Promise<Load> {
  const one = await load(url, signingSecret, wanted, seconds);
  if (one.failed > 0) throw new Error(`${one.failed} requests failed`);
  return one;
}

function report(asked: Asked[], bare: Load[]): void {
  console.log(
    '     rocks  by         requests/s     p50 ms     p99 ms   of bare Bolt   p50 to the first size',
  );
  const row = (rocks: string, by: string, loads: Load[], ratios: string) => {
    const figures = [
      median(loads.map(({ perSecond }) => perSecond)).toFixed(0),
      median(loads.map(({ p50 }) => p50)).toFixed(2),
      median(loads.map(({ p99 }) => p99)).toFixed(2),
    ];
    console.log(
      `  ${rocks.padStart(8)}  ${by.padEnd(9)} ${figures.map((one) => one.padStart(11)).join('')}${ratios}`,
    );
  };
  row('', 'bare Bolt', bare, '');
  for (const { size, loads } of asked) {
    for (const kind of kindNames) {
      const ofBare = ratio(loads[kind], bare, 'perSecond').padStart(15);
      const toFirst = ratio(loads[kind], asked[0]?.loads[kind] ?? [], 'p50').padStart(24);
      row(String(size), kind, loads[kind], ofBare + toFirst);
    }
  }
  console.log('  aims: at least half of bare Bolt by name at 100000 rocks; p50 at 1000000 at most 2 times');
  console.log('  that at 1000 by name, 3 times by typo and miss');
  for (const { size, megabytes } of asked) {
    console.log(
      `  resident MB of the Cairn with ${size} rocks: at its start, warm, after each round: ${megabytes.join(' ')}`,
    );
  }
  console.log('');
}

/** The median of the ratios of two loads of the same rounds. */
function ratio(loads: Load[], to: Load[], figure: keyof Load): string {
  return median(loads.map((one, round) => one[figure] / (to[round]?.[figure] ?? Number.NaN))).toFixed(2);
}

/** One real answer, so that bare Bolt writes as many bytes; and proof that a look-up finds what it should. */
async function oneAnswer(cairnUrl: string, typed: string, name: string): Promise<string> {
  const { path, ...request } = signedCommand(signingSecret, typed);
  const response = await fetch(`${cairnUrl}${path}`, request);
  const text = await response.text();
  if (!text.includes(name) || !text.includes('U0OWNER')) throw new Error(`not the card: ${text}`);
  return text;
}

async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout) / 1_024);
}
