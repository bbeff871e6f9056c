import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/playground/fake-slack/manifest.ts';
import { cairn } from './cairn.ts';

const usage = 'Usage: cairn manifest --url https://… | --socket';

describe('cairn manifest', () => {
  test('prints the manifest with an address of one’s own in every place', async () => {
    const { status, out, err } = await cairn(['manifest', '--url', 'https://cairn.acme.com/']);
    const text = out.join('\n');
    expect([status, err]).toEqual([0, []]);
    const shipped = await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8');
    expect(text).toBe(
      shipped
        .trimEnd()
        .replaceAll('https://cairn.example.com/slack/events', 'https://cairn.acme.com/slack/events'),
    );
    expect(text).not.toContain('example.com');
  });

  test('prints it for Socket Mode without any address', async () => {
    const { status, out } = await cairn(['manifest', '--socket']);
    const text = out.join('\n');
    expect(status).toBe(0);
    expect(text).not.toContain('https://cairn');
    expect(text).toContain('socket_mode_enabled: true');
    expect(parseManifest(text).features.slash_commands.map(({ command }) => command)).toContain('/owner');
  });

  test.each([
    [[], 'How does Slack reach Cairn? Name its address with --url, or say --socket.'],
    [
      ['--socket', '--url', 'https://a.test'],
      '--url and --socket do not go together: Slack calls an address, or Cairn calls Slack.',
    ],
    [
      ['--url', 'http://cairn.acme.com'],
      '--url "http://cairn.acme.com" is no address such as https://cairn.acme.com: https, without a path.',
    ],
    [
      ['--url', 'https://cairn.acme.com/bot'],
      '--url "https://cairn.acme.com/bot" is no address such as https://cairn.acme.com: https, without a path.',
    ],
    [
      ['--url', 'cairn'],
      '--url "cairn" is no address such as https://cairn.acme.com: https, without a path.',
    ],
    [['--url'], '--url needs an address such as https://cairn.acme.com after it.'],
    [['--sockets'], 'There is no option "--sockets". Did you mean --socket?'],
    [['now'], '"now" is too much here.'],
  ])('%j is wrong usage, in words', async (args, words) => {
    expect(await cairn(['manifest', ...args])).toMatchObject({ status: 2, out: [], err: [words, usage] });
  });
});
