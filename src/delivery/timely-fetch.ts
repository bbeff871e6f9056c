import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { WebClientOptions } from '@slack/web-api';

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** A request of which not a byte was written: whatever it asked for has not happened. */
export class NeverBegan extends Error {
  override name = 'NeverBegan';
  readonly why: 'late' | 'unconnected';

  constructor(why: 'late' | 'unconnected', cause?: unknown) {
    super(why === 'late' ? 'it had become too late to begin' : 'there was no connection', { cause });
    this.why = why;
  }
}

/**
 * A fetch for one request that asks `mayBegin` as the very last thing before it writes, when the connection stands:
 * a process that was held up until then writes nothing, however long it slept. Throws NeverBegan when it did not
 * begin. The connection is its own: of one that was kept from before nobody knows whether Slack still listens.
 */
export function timelyFetch(mayBegin: () => boolean): Fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
    let hasBegun = false;
    try {
      return await new Promise<Response>((resolve, reject) => {
        const request = make(url, {
          agent: false,
          method: init?.method ?? 'GET',
          headers: Object.fromEntries(new Headers(init?.headers).entries()),
          ...(init?.signal ? { signal: init.signal } : {}),
        });
        request.once('error', reject);
        request.once('response', (response) => void readResponse(response).then(resolve, reject));
        whenConnected(request, () => {
          if (!mayBegin()) return request.destroy(new NeverBegan('late'));
          hasBegun = true;
          return request.end(String(init?.body ?? ''));
        });
      });
    } catch (error) {
      throw hasBegun || error instanceof NeverBegan ? error : new NeverBegan('unconnected', error);
    }
  };
}

function whenConnected(request: ClientRequest, work: () => void): void {
  request.once('socket', (socket: Socket) => {
    if (socket instanceof TLSSocket) socket.once('secureConnect', work);
    else if (socket.connecting) socket.once('connect', work);
    else work();
  });
}

async function readResponse(response: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  const status = response.statusCode ?? 0;
  const hasNoBody = status === 204 || status === 304;
  return new Response(hasNoBody ? null : Buffer.concat(parts), { status, headers });
}
