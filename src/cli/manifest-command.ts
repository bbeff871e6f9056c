import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import { shown } from '../platform/file/finding.ts';
import { optionWords } from './arguments.ts';
import { done, type Terminal } from './terminal.ts';

/** How Slack reaches Cairn: at an address of one's own, or over a connection that Cairn opens (Socket Mode). */
export type SlackWay = { kind: 'http'; origin: string } | { kind: 'socket' };

const shipped = new URL('../../manifest.yml', import.meta.url);
const placeholder = 'https://cairn.example.com';

/** Reads what follows `cairn manifest`. Refuses an address at which Slack cannot call. */
export function readManifestArguments(args: string[]): Result<SlackWay> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { url: { type: 'string' }, socket: { type: 'boolean', default: false } },
    });
    const [extra] = positionals;
    if (extra !== undefined) return refused('too-many', `${shown(extra)} is too much here.`);
    const { url, socket } = values;
    if (url !== undefined && socket)
      return refused(
        'both',
        '--url and --socket do not go together: Slack calls an address, or Cairn calls Slack.',
      );
    if (socket) return accepted({ kind: 'socket' });
    if (url === undefined)
      return refused('no-way', 'How does Slack reach Cairn? Name its address with --url, or say --socket.');
    const origin = readOrigin(url);
    return origin.ok ? accepted({ kind: 'http', origin: origin.value }) : origin;
  } catch (error) {
    return refused('bad-option', optionWords(error, args, ['url', 'socket', 'help']));
  }
}

/** The address at which Slack calls, without what follows the host. Refuses one at which Slack cannot call. */
export function readOrigin(url: string): Result<string> {
  const address = URL.canParse(url) ? new URL(url) : null;
  return address?.protocol === 'https:' && address.pathname === '/' && address.search === ''
    ? accepted(address.origin)
    : refused(
        'bad-url',
        `--url ${shown(url)} is no address such as https://cairn.acme.com: https, without a path.`,
      );
}

/** The manifest as it ships, made for one way: its addresses are one's own, or there are none. Comments stay. */
export function manifestFor(text: string, way: SlackWay): string {
  if (way.kind === 'http') return text.replaceAll(placeholder, way.origin);
  return text
    .split('\n')
    .filter((line) => !line.includes(`: ${placeholder}/`))
    .join('\n')
    .replace('socket_mode_enabled: false', 'socket_mode_enabled: true');
}

/** Prints it, to be pasted at Slack. */
export async function runManifest(way: SlackWay, terminal: Terminal): Promise<number> {
  terminal.out(manifestFor(await readFile(shipped, 'utf8'), way).trimEnd());
  return done;
}

const withScopes = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** The bot's scopes that the manifest asks for. */
export async function shippedScopes(): Promise<string[]> {
  return withScopes.parse(parse(await readFile(shipped, 'utf8'))).oauth_config.scopes.bot;
}
