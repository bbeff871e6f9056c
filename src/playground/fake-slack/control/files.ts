import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { mimeTypeOf } from '../file-object.ts';
import { contentTypeOf, pathOf, readBytes, sendJson } from '../http.ts';
import { limits } from '../limits.ts';
import { attach } from '../people/attach.ts';
import { CannotDo } from '../refusal.ts';
import type { World } from '../world.ts';
import { fileSeen } from './seen.ts';

/** The bytes of an uploaded file, for the page: pictures to be shown, the rest to be kept. Throws CannotDo. */
export function sendFile(world: World, id: string, res: ServerResponse): void {
  const file = world.files.findComplete(id);
  if (file === undefined) throw new CannotDo(`there is no file called ${id}`);
  const name = encodeURIComponent(file.name);
  res.writeHead(200, {
    'content-type': mimeTypeOf(file),
    'content-length': file.bytes.length,
    // Nothing that somebody attached is drawn as a page of this place.
    ...(file.picture === null ? { 'content-disposition': `attachment; filename*=UTF-8''${name}` } : {}),
    // A file never changes once it is complete; a reset may give its id to another.
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  res.end(file.bytes);
}

const query = z.strictObject({ as: z.string(), name: z.string().min(1).max(255) });

/**
 * POST attach?as=ana&name=rocks.xlsx: the body is the file. A form on a foreign page cannot send bytes of this type
 * without asking first. Throws CannotDo and ZodError.
 */
export async function answerAttach(world: World, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (contentTypeOf(req) !== 'application/octet-stream')
    throw new CannotDo('content-type must be application/octet-stream');
  const { as, name } = query.parse(Object.fromEntries(pathOf(req).searchParams));
  const file = attach(world, as, name, await readBytes(req, limits.file.attachedBytes));
  await world.keeper.kept();
  sendJson(res, 200, { ok: true, file: fileSeen(file) });
}
