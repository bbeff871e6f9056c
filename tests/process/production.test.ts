import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startFakeSlackServer } from '../support/fake-slack/server.ts';
import { startProcess } from '../support/process.ts';

const root = join(import.meta.dirname, '../..');

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-production-'));
  database = await createTestDatabase();
  await installForProduction(join(folder, 'cairn'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

describe('an install that left out what is for development', { timeout: 60_000 }, () => {
  it('has no playground: without tokens a start says so in one line, and has begun nothing', async () => {
    const env = { CAIRN_DATA_DIR: join(folder, 'data'), ...tellingModules };
    const cairn = await startProcess(env, { from: join(folder, 'cairn') });
    expect(await cairn.ended()).toBe(1);
    expect(said(cairn.output())).toEqual([
      'The playground needs packages that this install left out. Run npm ci without --omit=dev, or set SLACK_BOT_TOKEN to connect a workspace.',
    ]);
    expect(modulesOf(cairn.output())).toContain('playground/load.ts');
    expect(await readdir(folder)).not.toContain('data');
  });

  it('connects a workspace, with nothing of the playground loaded and none of its routes', async () => {
    const fake = await startFakeSlackServer();
    const env = {
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_SIGNING_SECRET: fake.signingSecret,
      SLACK_API_URL: fake.apiUrl,
      ...tellingModules,
    };
    const cairn = await startProcess(env, { from: join(folder, 'cairn') });
    await cairn.ready();
    const paths = [
      '/',
      '/playground/app.js',
      '/_fake/state?as=ana',
      '/_fake/stream',
      '/_fake/reset',
      '/api/auth.test',
    ];
    for (const method of ['GET', 'POST']) {
      for (const path of paths) {
        const { status } = await fetch(`http://127.0.0.1:${cairn.port}${path}`, { method });
        expect([method, path, status]).toEqual([method, path, 404]);
      }
    }
    expect((await fetch(`http://127.0.0.1:${cairn.port}/api/v1/rocks`)).status).toBe(401);
    await cairn.stop();
    await fake.close();
    const loaded = modulesOf(cairn.output());
    expect(loaded).toContain('app.ts');
    expect(loaded.filter((module) => module.startsWith('playground/'))).toEqual([]);
  });
});

/** Makes the process say each module of the product that it loads. */
const tellingModules = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) {
      if (url.includes('/src/')) console.log('loaded ' + url.split('/src/').at(-1));
      return next(url, context);
    } });`)}`,
};
const modulesOf = (output: string) =>
  output.split('\n').flatMap((line) => (line.startsWith('loaded ') ? line.slice('loaded '.length) : []));
const said = (output: string) =>
  output.split('\n').filter((line) => line !== '' && !line.startsWith('loaded '));

/** A copy of the product with the packages that `npm ci --omit=dev` installs. */
async function installForProduction(to: string): Promise<void> {
  await mkdir(to);
  for (const part of ['bin', 'src', 'migrations', 'manifest.yml', 'package.json']) {
    await cp(join(root, part), join(to, part), { recursive: true });
  }
  const { packages }: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  );
  for (const [path, { dev }] of Object.entries(packages)) {
    // What lies inside another package comes along with it.
    if (dev || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path)) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await symlink(join(root, path), join(to, path));
  }
}
