import type { IncomingMessage, ServerResponse } from 'node:http';
import { mimeTypeOf } from '../file-object.ts';
import { pathOf } from '../http.ts';
import type { StoredFile } from '../state/files.ts';
import type { World } from '../world.ts';
import { jsonReply, type Reply, textReply } from './reply.ts';
import { grantedScopes, hasScope } from './scopes.ts';
import { answerOnWire } from './wire.ts';

const address = /^\/files-pri\/(T[A-Z0-9]+)-(F[A-Z0-9]+)\/(download\/)?[^/]+$/;

/** Whether a path is one of a file's url_private, its download, or the sign-in page beside them. */
export function isDownload(path: string): boolean {
  return path.startsWith('/files-pri/') || path === signIn;
}

const signIn = '/files-sign-in';

/**
 * Answers GET url_private and url_private_download. Whoever has no bearer token with files:read is sent to where a
 * person would sign in, with a status of success at its end: a client that looks at the status alone takes the page
 * for the file.
 */
export async function answerDownload(world: World, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = pathOf(req).pathname;
  if (path === signIn) return void res.writeHead(200, html).end(signInPage);
  const [, team, id = '', download] = address.exec(path) ?? [];
  const file = team === world.workspace.team.id ? world.files.findComplete(id) : undefined;
  const token = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const answer = async () => {
    if (req.method !== 'GET') return textReply(405, 'GET');
    const problem = wrongWith(world, token, file);
    if (problem === undefined && file !== undefined) return bytesReply(file, download !== undefined);
    const messages = [`[ERROR] ${problem}`];
    world.journal.refuse({
      method: 'download',
      error: 'download_refused',
      messages,
      arguments: { file: id },
    });
    return file === undefined ? textReply(404, 'not found') : toSignIn();
  };
  await answerOnWire(
    world,
    { kind: 'api', name: 'download', channel: null, request: { file: id }, answer },
    res,
  );
}

function wrongWith(
  world: World,
  token: string | undefined,
  file: StoredFile | undefined,
): string | undefined {
  if (file === undefined) return 'there is no such file';
  if (token === undefined) return 'no bearer token';
  if (token !== world.connection.botToken) return 'not the token of the bot';
  if (hasScope(world, 'files:read')) return undefined;
  return `needed: files:read, provided: ${grantedScopes(world).join(',')}`;
}

function bytesReply(file: StoredFile, isDownloaded: boolean): Reply {
  const name = encodeURIComponent(file.name);
  return {
    status: 200,
    headers: {
      'content-type': mimeTypeOf(file),
      'content-length': String(file.bytes.length),
      'cache-control': 'no-store',
      ...(isDownloaded ? { 'content-disposition': `attachment; filename*=UTF-8''${name}` } : {}),
    },
    body: file.bytes,
    // The log keeps what was sent, not a copy of it.
    answer: { bytes: file.bytes.length },
    fault: null,
  };
}

function toSignIn(): Reply {
  const moved = jsonReply({}, { status: 302, headers: { location: signIn } });
  return { ...moved, body: '', answer: { location: signIn } };
}

const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
const signInPage = '<!DOCTYPE html><title>Sign in to Slack</title><p>Sign in to see this file.</p>\n';
