import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from './limits.ts';
import { CannotDo } from './refusal.ts';

/** Reads a request's body as text; throws CannotDo when it is larger than the fake takes. */
export async function readBody(req: IncomingMessage): Promise<string> {
  return (await readBytes(req, limits.bodyBytes)).toString('utf8');
}

/** The same as bytes, of which there may be `most`. */
export async function readBytes(req: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > most) throw new CannotDo(`a request of more than ${most} bytes`);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  res.end(JSON.stringify(body));
}

export function pathOf(req: IncomingMessage): URL {
  // A path such as `//` is no URL by itself: anything that is none is taken for a page that is not there.
  const path = req.url ?? '/';
  return new URL(URL.canParse(path, 'http://fake.invalid') ? path : '/not-a-path', 'http://fake.invalid');
}

export function contentTypeOf(req: IncomingMessage): string {
  return (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether the browser thinks it talks to this machine: a name that merely resolves to it is DNS rebinding. */
export function isLoopbackHost(req: IncomingMessage): boolean {
  const host = req.headers.host ?? '';
  const url = `http://${host}`;
  return URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}
