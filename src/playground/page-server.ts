import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { isLoopbackHost, pathOf } from './fake-slack/http.ts';

const folder = new URL('./page/', import.meta.url);
const types = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

/** Everything the page needs comes from here, and it may talk to nobody else. */
const policy =
  "default-src 'self'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the page at `/` and its assets at /playground/…; false when the request is for neither. */
export function servePage(req: IncomingMessage, res: ServerResponse): boolean {
  const { pathname } = pathOf(req);
  const name =
    pathname === '/' ? 'index.html' : /^\/playground\/([a-z-]+\.(?:js|css|svg))$/.exec(pathname)?.[1];
  if (name === undefined || req.method !== 'GET') return false;
  if (!isLoopbackHost(req)) {
    res
      .writeHead(403, { 'content-type': 'text/plain' })
      .end('The playground answers only on this machine.\n');
    return true;
  }
  void send(name, res);
  return true;
}

async function send(name: string, res: ServerResponse): Promise<void> {
  try {
    const body = await readFile(fileURLToPath(new URL(name, folder)));
    const ending = name.slice(name.lastIndexOf('.') + 1);
    const type = Object.entries(types).find(([known]) => known === ending)?.[1] ?? 'application/octet-stream';
    res.writeHead(200, {
      'content-type': type,
      'cache-control': 'no-cache',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    res.end(body);
  } catch {
    res.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.\n');
  }
}
