import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublic } from '../../../src/features/numbers/addresses.ts';
import type { Connections } from '../../../src/features/numbers/connections.ts';
import { type Network, openNetwork } from '../../../src/features/numbers/fetching.ts';
import { type Reader, readerOf } from '../../../src/features/numbers/reader.ts';
import { certificate, key } from './certificate.ts';

/** 127.0.0.1 stands for an address of the internet here; all others are what they are. */
const outside = '127.0.0.1';
const names: Record<string, string[]> = {
  'bi.example': [outside],
  'other.example': [outside],
  'inside.example': ['127.0.0.2'],
  'both.example': [outside, '10.0.0.7'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
};

let server: Server;
let port: number;
let reached: string[] = [];
let asked: string[] = [];
let reader: Reader;
const none: Connections = { names: [], query: async () => ({ ok: true, value: 0 }), close: async () => {} };
const network: Network = {
  resolve: async (host) => {
    asked.push(host);
    const addresses = names[host];
    if (addresses === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  },
  allows: (address) => address === outside || isPublic(address),
  ca: certificate,
};

beforeAll(async () => {
  server = createServer({ key, cert: certificate }, answer);
  await new Promise<void>((resolve) => server.listen(0, outside, resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  reader = readerOf(none, network);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(req: IncomingMessage, res: ServerResponse): void {
  const path = req.url ?? '';
  reached.push(`${req.headers.host?.split(':')[0]}${path}`);
  const to = (location: string) => res.writeHead(302, { location }).end();
  if (path === '/number')
    res.end('{"data": {"rate": 2.75, "a/b": [{"~": "12.5"}], "name": "x", "none": null}}');
  else if (path === '/text') res.end('hello');
  else if (path === '/broken') res.writeHead(500).end();
  else if (path === '/large') res.end(`{"a": 1, "b": "${'x'.repeat(300_000)}"}`);
  else if (path === '/hang') res.writeHead(200);
  else if (path === '/inside') to(`https://inside.example:${port}/number`);
  else if (path === '/literal') to(`https://127.0.0.2:${port}/number`);
  else if (path === '/decimal') to(`https://2130706434:${port}/number`);
  else if (path === '/mapped') to(`https://[::ffff:127.0.0.1]:${port}/number`);
  else if (path === '/metadata') to('https://169.254.169.254/latest/meta-data/');
  else if (path === '/plain') to(`http://bi.example:${port}/number`);
  else if (path === '/relative') to('/number');
  else if (path === '/other') to(`https://other.example:${port}/number`);
  else if (path.startsWith('/hops/')) {
    const left = Number(path.slice('/hops/'.length));
    to(left <= 1 ? '/number' : `/hops/${left - 1}`);
  } else res.writeHead(404).end();
}

async function read(path: string, pointer = '/data/rate', host = 'bi.example') {
  reached = [];
  asked = [];
  return await reader.read({ kind: 'json', url: `https://${host}:${port}${path}`, pointer });
}

const isPrivate = {
  ok: false,
  code: 'private',
  field: 'url',
  words: 'This address leads into a private network, so I do not read it.',
};

describe('a JSON address', () => {
  it('gives the number that its pointer leads to', async () => {
    expect(await read('/number')).toEqual({ ok: true, value: 2.75 });
    expect(await read('/number', '/data/a~1b/0/~0')).toEqual({ ok: true, value: 12.5 });
  });

  it.each([
    ['/data/rat', 'There is nothing at /data/rat.'],
    ['/data/a~1b/length', 'There is nothing at /data/a~1b/length.'],
    ['/data/constructor', 'There is nothing at /data/constructor.'],
    ['/data/name', 'At /data/name there is text, not a number.'],
    ['/data/none', 'At /data/none there is null, not a number.'],
    ['/data/a~1b', 'At /data/a~1b there is a list, not a number.'],
    ['', 'At the top there is an object, not a number.'],
  ])('refuses the pointer "%s"', async (pointer, words) => {
    expect(await read('/number', pointer)).toEqual({ ok: false, code: 'no-number', field: 'pointer', words });
  });

  it.each([
    ['/text', 'What this address answers is no JSON.'],
    ['/broken', 'This address answers with 500, not with 200.'],
    ['/large', 'This address answers with more than 256 kB.'],
    ['/hang', 'This address takes longer than 5 seconds.'],
    ['/hops/4', 'This address redirects more than 3 times.'],
  ])('refuses what %s answers', { timeout: 15_000 }, async (path, words) => {
    expect(await read(path)).toMatchObject({ ok: false, field: 'url', words });
  });

  it.each(['/hops/3', '/relative', '/other'])('follows %s', async (path) => {
    expect(await read(path)).toEqual({ ok: true, value: 2.75 });
  });

  it.each([
    ['http://bi.example/number', 'I read https addresses only.'],
    ['file:///etc/passwd', 'I read https addresses only.'],
    ['bi.example', 'Write an address like https://bi.example/number.json.'],
    [
      'https://ana:secret@bi.example/',
      'Leave the name and the password out of the address: whoever may edit this reads it.',
    ],
    ['https://nobody.example/', 'There is no such address.'],
  ])('%s is refused', async (url, words) => {
    expect(await reader.read({ kind: 'json', url, pointer: '' })).toMatchObject({ field: 'url', words });
  });

  it('whose certificate is not trusted is refused', async () => {
    const { ca: _, ...rest } = network;
    const url = `https://bi.example:${port}/number`;
    expect(await readerOf(none, rest).read({ kind: 'json', url, pointer: '' })).toMatchObject({
      words: 'The certificate of this address cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT).',
    });
  });
});

describe('a private network', () => {
  it.each([
    'inside.example',
    'both.example',
    'mapped.example',
    'metadata.example',
    '127.0.0.2',
    '[::1]',
    '2130706434',
    '0x7f.2',
  ])('is not reached as %s', async (host) => {
    expect(await read('/number', '/data/rate', host)).toEqual(isPrivate);
    expect(reached).toEqual([]);
  });

  it.each(['/inside', '/literal', '/decimal', '/mapped', '/metadata'])(
    'is not reached by the redirect of %s',
    async (path) => {
      expect(await read(path)).toEqual(isPrivate);
      expect(reached).toEqual([`bi.example${path}`]);
    },
  );

  it('is not reached without https by a redirect either', async () => {
    expect(await read('/plain')).toMatchObject({ words: 'I read https addresses only.' });
  });

  it('is not reached by a name that means something else a moment later', async () => {
    const answers = [[{ address: outside, family: 4 }], [{ address: '127.0.0.2', family: 4 }]];
    let questions = 0;
    const rebinding: Network = {
      ...network,
      resolve: async () => answers[Math.min(questions++, 1)] ?? [],
    };
    const url = `https://bi.example:${port}/number`;
    expect(await readerOf(none, rebinding).read({ kind: 'json', url, pointer: '/data/rate' })).toEqual({
      ok: true,
      value: 2.75,
    });
    expect(questions).toBe(1);
    const again = await readerOf(none, rebinding).read({ kind: 'json', url, pointer: '/data/rate' });
    expect(again).toEqual(isPrivate);
  });

  it('is reached where the operator allows it', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const { allows } = openNetwork({ allowsPrivate: true });
    const allowed = { ...network, resolve, allows };
    const url = `https://inside.example:${port}/number`;
    const answer = await readerOf(none, allowed).read({ kind: 'json', url, pointer: '/data/rate' });
    expect(answer).toEqual({ ok: true, value: 2.75 });
    expect(openNetwork({ allowsPrivate: false }).allows('127.0.0.1')).toBe(false);
  });
});
