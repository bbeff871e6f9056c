import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/playground/fake-slack/manifest.ts';
import { scopeOfEvent } from '../../../src/playground/fake-slack/outbound/events.ts';
import { methods } from '../../../src/playground/fake-slack/web-api/table.ts';

const root = new URL('../../../', import.meta.url);
const read = async (path: string) => await readFile(new URL(path, root), 'utf8');

/** Everything that Cairn itself runs; the playground plays Slack and needs nobody's leave. */
async function source(): Promise<string> {
  const texts: string[] = [];
  for await (const path of glob('src/**/*.ts', { cwd: root })) {
    if (!path.startsWith('src/playground/')) texts.push(await read(path));
  }
  return texts.join('\n');
}

/** What a scope is asked for beside the methods that need it whatever they are given. */
const alsoNeededFor: Record<string, RegExp> = {
  'channels:read': /types: '[a-z_,]*public_channel/,
  'groups:read': /types: '[a-z_,]*private_channel/,
  'users:read.email': /\bemail\b/,
  // Messages in doubt are looked for wherever messages go: channels, private ones and direct ones.
  'channels:history': /\.conversations\.history\(/,
  'groups:history': /\.conversations\.history\(/,
  'im:history': /\.conversations\.history\(/,
  // Forms in which a file can be attached, and its bytes.
  'files:read': /\bfile_input\b/,
  'app_mentions:read': /\bapp_mention\b/,
};

test('manifest.yml asks for the scopes that the calls of src/ need, and for no other', async () => {
  const text = await source();
  const called = [...methods].filter(([name]) => text.includes(`.${name}(`));
  expect(called.map(([name]) => name)).toContain('chat.postMessage');
  const manifest = parseManifest(await read('manifest.yml'));
  const needed = new Set([
    ...called.flatMap(([, { scopes }]) => scopes),
    ...Object.keys(alsoNeededFor).filter((scope) => alsoNeededFor[scope]?.test(text)),
    ...(manifest.features.slash_commands.length > 0 ? ['commands'] : []),
  ]);
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
});

test('manifest.yml has the scope of every event that it subscribes to', async () => {
  const { oauth_config, settings } = parseManifest(await read('manifest.yml'));
  const needed = settings.event_subscriptions.bot_events.flatMap((event) => scopeOfEvent[event] ?? []);
  expect(needed).toEqual(['app_mentions:read', 'im:history']);
  expect(oauth_config.scopes.bot).toEqual(expect.arrayContaining(needed));
});

test('manifest.yml leaves to whoever installs Cairn what it can do without', async () => {
  const { scopes } = parseManifest(await read('manifest.yml')).oauth_config;
  expect(scopes.bot_optional).toEqual(['files:read', 'files:write', 'usergroups:read']);
});
