import type { ServerResponse } from 'node:http';
import { mimeTypeOf } from '../file-object.ts';
import { CannotDo } from '../refusal.ts';
import type { World } from '../world.ts';

/** The bytes of an uploaded picture with their type, for the page; throws CannotDo where there is none. */
export function sendPicture(world: World, id: string, res: ServerResponse): void {
  const file = world.files.findComplete(id);
  if (file === undefined || file.picture === null) throw new CannotDo(`there is no picture called ${id}`);
  res.writeHead(200, {
    'content-type': mimeTypeOf(file),
    'content-length': file.bytes.length,
    // A file never changes once it is complete; a reset may give its id to another.
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  res.end(file.bytes);
}
