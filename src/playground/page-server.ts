import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { isLoopbackHost, pathOf } from './fake-slack/http.ts';
import { findPageLibraries, type PageLibraries } from './page-libraries.ts';

const folder = new URL('./page/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Everything the page needs comes from here, and it may talk to nobody else. */
const policy =
  "default-src 'self'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves the page at `/` and what it is made of at /playground/…; the handler says false to a request for neither.
 * Throws MissingPageLibrary where a package that the page needs is not installed.
 */
export function createPageServer(): (req: IncomingMessage, res: ServerResponse) => boolean {
  const libraries = findPageLibraries();
  return (req, res) => {
    const name = nameOf(pathOf(req).pathname);
    if (name === undefined || req.method !== 'GET') return false;
    if (!isLoopbackHost(req)) {
      res
        .writeHead(403, { 'content-type': 'text/plain' })
        .end('The playground answers only on this machine.\n');
      return true;
    }
    void send(name, libraries, res);
    return true;
  };
}

function nameOf(path: string): string | undefined {
  if (path === '/') return 'index.html';
  return /^\/playground\/((?:lib\/)?[a-z-]+\.(?:js|json|css|svg)|sample\/[a-z]+\.(?:csv|xlsx))$/.exec(
    path,
  )?.[1];
}

async function send(name: string, libraries: PageLibraries, res: ServerResponse): Promise<void> {
  try {
    const body = await contentOf(name, libraries);
    res.writeHead(200, {
      'content-type': types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
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

async function contentOf(name: string, libraries: PageLibraries): Promise<Buffer | string> {
  if (name === 'lib/marked.js') return await libraries.marked();
  if (name === 'lib/emoji.json') return await libraries.emoji();
  // The sample's spreadsheets lie beside what its company is made of.
  const place = name.startsWith('sample/') ? new URL('./', import.meta.url) : folder;
  return await readFile(fileURLToPath(new URL(name, place)));
}
