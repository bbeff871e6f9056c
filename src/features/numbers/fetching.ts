import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { accepted, type Refusal, type Result } from '../../platform/core/result.ts';
import { isPublic } from './addresses.ts';

export type Address = { address: string; family: number };

/** How names become addresses, and which of these may be read. */
export type Network = {
  resolve(host: string): Promise<Address[]>;
  allows(address: string): boolean;
  /** Certificates to trust besides those that Node trusts. */
  ca?: string;
};

/** The network of this machine; addresses of private networks only where the operator allows them. */
export function openNetwork({ allowsPrivate }: { allowsPrivate: boolean }): Network {
  return {
    resolve: async (host) => await lookup(host, { all: true }),
    allows: (address) => allowsPrivate || isPublic(address),
  };
}

const longestMs = 5_000;
const mostRedirects = 3;
const mostBytes = 256 * 1024;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Reads what an https address answers, within 5 seconds and 256 kB, redirects included: at most three, each checked like the
 * first. Every address of a name must be allowed, and the connection goes to one of those that were checked, so that a name
 * that means something else a moment later leads nowhere.
 */
export async function fetchText(address: string, network: Network): Promise<Result<string>> {
  const signal = AbortSignal.timeout(longestMs);
  let url = address;
  try {
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const place = await placeOf(url, network, signal);
      if (!place.ok) return place;
      const response = await get(place.value, network, signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (redirects.has(status) && location !== undefined && URL.canParse(location, url)) {
        response.destroy();
        url = new URL(location, url).href;
        continue;
      }
      if (status !== 200) {
        response.destroy();
        return no('status', `This address answers with ${status}, not with 200.`);
      }
      return await readText(response);
    }
    return no('redirects', `This address redirects more than ${mostRedirects} times.`);
  } catch (error) {
    return failureOf(error, signal.aborted);
  }
}

type Place = { url: URL; addresses: Address[] };

async function placeOf(text: string, network: Network, signal: AbortSignal): Promise<Result<Place>> {
  const problem = urlRefusal(text);
  if (problem !== null) return problem;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await aborted(network.resolve(host), signal) : [{ address: host, family }];
  if (addresses.length === 0) return no('unknown', 'There is no such address.');
  if (!addresses.every(({ address }) => network.allows(address))) {
    return no('private', 'This address leads into a private network, so I do not read it.');
  }
  return accepted({ url, addresses });
}

/** What can be said of an address before anybody is asked; null: nothing against it. */
export function urlRefusal(text: string): Refusal | null {
  if (!URL.canParse(text)) return no('unreadable', 'Write an address like https://bi.example/number.json.');
  const { protocol, username, password } = new URL(text);
  if (protocol !== 'https:') return no('not-https', 'I read https addresses only.');
  if (username !== '' || password !== '') {
    return no(
      'password',
      'Leave the name and the password out of the address: whoever may edit this reads it.',
    );
  }
  return null;
}

async function get(
  { url, addresses }: Place,
  network: Network,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const toChecked: LookupFunction = (_host, { all }, answer) => {
    const [first] = addresses;
    if (all === true || first === undefined) answer(null, addresses);
    else answer(null, first.address, first.family);
  };
  return await new Promise((resolve, reject) => {
    request(url, {
      agent: false,
      lookup: toChecked,
      signal,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Cairn' },
      ...(network.ca === undefined ? {} : { ca: network.ca }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function readText(response: IncomingMessage): Promise<Result<string>> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    // Leaving the loop ends the connection.
    if (length > mostBytes) return no('large', 'This address answers with more than 256 kB.');
    parts.push(bytes);
  }
  return accepted(Buffer.concat(parts).toString('utf8'));
}

/** The same promise, given up when the time is over: a question to the DNS cannot be called back. */
async function aborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return await Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}

function failureOf(error: unknown, isLate: boolean): Refusal {
  if (isLate) return no('slow', 'This address takes longer than 5 seconds.');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND') return no('unknown', 'There is no such address.');
  if (/CERT|TLS|SSL|ALTNAME|UNABLE_TO|SELF_SIGNED/.test(code)) {
    return no('certificate', `The certificate of this address cannot be trusted (${code}).`);
  }
  return no('silent', 'This address does not answer.');
}

function no(code: string, words: string): Refusal {
  return { ok: false, code, words, field: 'url' };
}
