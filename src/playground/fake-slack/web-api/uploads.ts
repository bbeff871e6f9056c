import type { IncomingMessage } from 'node:http';
import { contentTypeOf } from '../http.ts';
import { limits } from '../limits.ts';
import type { World } from '../world.ts';
import { textReply } from './reply.ts';
import type { WireCall } from './wire.ts';

/**
 * The upload of a file to the address that files.getUploadURLExternal gave, raw or as the file of a form, once.
 * Anything but 200 means that it was not taken; what is wrong is kept in the journal.
 */
export async function uploadCall(world: World, ticket: string, req: IncomingMessage): Promise<WireCall> {
  const bytes = await bytesIn(req);
  const request = { file: world.files.awaited(ticket)?.id ?? null, bytes: bytes?.length ?? null };
  const answer = async () => {
    const wrong = wrongWith(world.files.awaited(ticket)?.size, bytes);
    if (wrong === undefined && bytes !== undefined) {
      world.files.receive(ticket, bytes);
      return textReply(200, `OK - ${bytes.length}`);
    }
    const messages = [`[ERROR] ${wrong}`];
    world.journal.refuse({ method: 'upload', error: 'upload_failed', messages, arguments: request });
    return textReply(400, String(wrong));
  };
  return { kind: 'api', name: 'upload', channel: null, request, answer };
}

function wrongWith(announced: number | undefined, bytes: Buffer | undefined): string | undefined {
  if (announced === undefined) return 'no file is awaited here';
  if (bytes === undefined) return 'there is no file in the request';
  if (bytes.length === announced) return undefined;
  return `the file has ${bytes.length} bytes, but ${announced} were announced`;
}

/** The bytes of a file; undefined where a form has none in it, or where there are more than any file may have. */
async function bytesIn(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    const part = Buffer.from(chunk);
    length += part.length;
    // What is too much is read to its end all the same, so that the answer is heard.
    if (length <= limits.file.bytes + formBytes) chunks.push(part);
  }
  if (length > limits.file.bytes + formBytes) return undefined;
  const body = Buffer.concat(chunks);
  if (contentTypeOf(req) !== 'multipart/form-data') return body;
  const headers = { 'content-type': req.headers['content-type'] ?? '' };
  const form = await new Response(body, { headers }).formData().catch(() => new FormData());
  const file = [...form.values()].find((value) => value instanceof Blob);
  return file === undefined ? undefined : Buffer.from(await file.arrayBuffer());
}

/** What a form may weigh beside its file. */
const formBytes = 10_000;
