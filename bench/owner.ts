import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withFreshDatabase } from './fresh-database.ts';
import { type Load, load, median, signedCommand } from './load.ts';
import { fillRegister, missOf, nameOf, typoOf } from './register.ts';
import { freePort, startProgram, startSlackStub, stopProgram } from './servers.ts';

/** Rocks in the register, unless told otherwise. */
export const sizes = [1_000, 100_000, 1_000_000];
const rounds = 3;
const secondsEach = 3;
const signingSecret = 'bench-signing-secret';
/** As many different texts of each kind are asked, in turns. */
const texts = 1_000;

type Kind = 'name' | 'typo' | 'miss';
type Measured = Record<Kind | 'bare', Load[]>;

/**
 * `/owner` over HTTP at three sizes of the register, by exact name, by a name with a typo and by what nobody has,
 * beside a bare Bolt command that answers at once with the same card. All take turns on the same machine; only ratios
 * count: they share the noise of the machine and of the load.
 */
export async function benchOwner(rocks: number[]): Promise<void> {
  console.log(
    `/owner, ${rounds} rounds of ${secondsEach} s for each in turns, 10 connections that wait for their answer; medians`,
  );
  console.log('     rocks  by         requests/s     p50 ms     p99 ms   of bare Bolt');
  const p50s: Record<Kind, number>[] = [];
  for (const size of rocks) p50s.push(await measureSize(size));
  const [small, large] = [p50s[0], p50s.at(-1)];
  if (small === undefined || large === undefined) return;
  const growth = (kind: Kind) => (large[kind] / small[kind]).toFixed(2);
  console.log(
    `  p50 at ${rocks.at(-1)} rocks to that at ${rocks[0]}: name ${growth('name')} (aim: 2), typo ${growth('typo')} and miss ${growth('miss')} (aim: 3)\n`,
  );
}

async function measureSize(size: number): Promise<Record<Kind, number>> {
  return await withFreshDatabase(async (db, connectionString) => {
    const startedMs = performance.now();
    await fillRegister(db, size);
    const filled = Math.round((performance.now() - startedMs) / 1_000);
    const slack = await startSlackStub();
    const [cairnPort, barePort] = [await freePort(), await freePort()];
    const cairnUrl = `http://127.0.0.1:${cairnPort}`;
    const bareUrl = `http://127.0.0.1:${barePort}`;
    const cairn = await startProgram(
      ['bin/start.js'],
      {
        DATABASE_URL: connectionString,
        HOST: '127.0.0.1',
        PORT: String(cairnPort),
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: signingSecret,
        SLACK_API_URL: slack.apiUrl,
        LOG_LEVEL: 'warn',
      },
      async () => (await fetch(`${cairnUrl}/readyz`)).ok,
    );
    try {
      const card = await oneAnswer(cairnUrl, nameOf(42), nameOf(42));
      await oneAnswer(cairnUrl, typoOf(42), nameOf(42));
      const bare = await startProgram(
        ['bench/bare-bolt.ts', String(barePort), signingSecret, card],
        {},
        async () => (await fetch(`http://127.0.0.1:${barePort}/`)).status === 404,
      );
      try {
        const memory = async () => await residentMegabytes(cairn.pid ?? 0);
        const atStart = await memory();
        await warmUp(size, cairnUrl, bareUrl);
        const warm = await memory();
        const measured = await measure(size, cairnUrl, bareUrl);
        const note = `filled in ${filled} s; Cairn's resident memory: ${atStart} MB at its start, ${warm} MB warm, ${await memory()} MB after the load`;
        return report(size, measured, note);
      } finally {
        await stopProgram(bare);
      }
    } finally {
      await stopProgram(cairn);
      await slack.close();
    }
  });
}

/** A second of each kind: code is compiled and pools are filled. */
async function warmUp(size: number, cairnUrl: string, bareUrl: string): Promise<void> {
  const asked = textsOf(size);
  for (const wanted of Object.values(asked)) await ask(cairnUrl, wanted, 1);
  await ask(bareUrl, asked.name, 1);
}

async function measure(size: number, cairnUrl: string, bareUrl: string): Promise<Measured> {
  const asked = textsOf(size);
  const measured: Measured = { name: [], typo: [], miss: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    measured.name.push(await ask(cairnUrl, asked.name, secondsEach));
    measured.bare.push(await ask(bareUrl, asked.name, secondsEach));
    measured.typo.push(await ask(cairnUrl, asked.typo, secondsEach));
    measured.miss.push(await ask(cairnUrl, asked.miss, secondsEach));
  }
  return measured;
}

function textsOf(size: number): Record<Kind, string[]> {
  const some = (text: (index: number) => string) =>
    Array.from({ length: texts }, (_, index) => text((index * 7_919) % size));
  return { name: some(nameOf), typo: some(typoOf), miss: some(missOf) };
}

async function ask(url: string, wanted: string[], seconds: number): Promise<Load> {
  const one = await load(url, signingSecret, wanted, seconds);
  if (one.failed > 0) throw new Error(`${one.failed} requests failed`);
  return one;
}

/** Prints the rows of one size; gives the median p50 of each kind, in milliseconds. */
function report(size: number, measured: Measured, note: string): Record<Kind, number> {
  for (const kind of ['name', 'typo', 'miss', 'bare'] as const) {
    const of = (figure: keyof Load) => median(measured[kind].map((one) => one[figure]));
    const ratios = measured[kind].map(
      ({ perSecond }, round) => perSecond / (measured.bare[round]?.perSecond ?? Number.NaN),
    );
    const figures = [of('perSecond').toFixed(0), of('p50').toFixed(2), of('p99').toFixed(2)];
    const ratio = kind === 'bare' ? '' : median(ratios).toFixed(2);
    console.log(
      `  ${String(size).padStart(8)}  ${(kind === 'bare' ? 'bare Bolt' : kind).padEnd(9)} ${figures.map((one) => one.padStart(11)).join('')} ${ratio.padStart(11)}`,
    );
  }
  console.log(`            ${note}`);
  const p50 = (kind: Kind) => median(measured[kind].map((one) => one.p50));
  return { name: p50('name'), typo: p50('typo'), miss: p50('miss') };
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
