import { createInflateRaw } from 'node:zlib';

/** A file in a ZIP archive, still packed. */
type ZipEntry = { name: string; method: number; isEncrypted: boolean; packed: number; at: number };

/** What stops unpacking: the archive is broken, or holds more than is allowed. */
export class ZipError extends Error {
  readonly reason: 'broken' | 'too-large' | 'encrypted';
  constructor(reason: ZipError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endLength = 22;
const mostEntries = 5_000;
/** Tables pack well; no table packs better than this. Below so many bytes it does not matter. */
const mostRatio = 150;
const harmlessBytes = 8 * 1024 * 1024;

/**
 * A ZIP archive in memory. Its files are unpacked piece by piece, and all of them together never to more than
 * `mostBytes`: what an archive says about its sizes is not believed, and nothing of what is too much is kept.
 */
export class Zip {
  readonly #bytes: Buffer;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #mostBytes: number;
  #unpacked = 0;

  /** Throws a `ZipError` where the list of files cannot be read. */
  constructor(bytes: Uint8Array, mostBytes: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#mostBytes = mostBytes;
    try {
      this.#entries = readEntries(this.#bytes);
    } catch (error) {
      if (error instanceof RangeError) throw new ZipError('broken', 'the list of files is cut off');
      throw error;
    }
  }

  /** The names of its files. */
  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The pieces of a file, as they are unpacked. Throws a `ZipError`, at the latest where the limit is reached. */
  async *pieces(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ZipError('broken', `there is no ${name}`);
    if (entry.isEncrypted) throw new ZipError('encrypted', `${name} is encrypted`);
    const packed = this.#packed(entry);
    if (entry.method === 0) {
      this.#count(packed.length);
      yield packed;
      return;
    }
    if (entry.method !== 8) throw new ZipError('broken', `${name} is packed in a way that is not known`);
    const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
    inflate.end(packed);
    let unpacked = 0;
    try {
      for await (const piece of inflate) {
        if (!Buffer.isBuffer(piece)) continue;
        unpacked += piece.length;
        this.#count(piece.length);
        if (unpacked > harmlessBytes && unpacked > inflate.bytesWritten * mostRatio)
          throw new ZipError('too-large', `${name} unpacks to far more than it holds`);
        yield piece;
      }
    } catch (error) {
      if (error instanceof ZipError || !isZlibError(error)) throw error;
      throw new ZipError('broken', `${name} is damaged`);
    } finally {
      inflate.destroy();
    }
  }

  #count(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > this.#mostBytes) throw new ZipError('too-large', 'it unpacks to too much');
  }

  #packed({ at, packed, name }: ZipEntry): Buffer {
    if (at + 30 > this.#bytes.length || this.#bytes.readUInt32LE(at) !== localMark)
      throw new ZipError('broken', `${name} is not where it should be`);
    const from = at + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28);
    if (from + packed > this.#bytes.length) throw new ZipError('broken', `${name} is cut off`);
    return this.#bytes.subarray(from, from + packed);
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** The list of files at the end of the archive, which is the one that counts. */
function readEntries(bytes: Buffer): Map<string, ZipEntry> {
  let end = bytes.length - endLength;
  const first = Math.max(0, end - 0xffff);
  while (end >= first && bytes.readUInt32LE(end) !== endMark) end -= 1;
  if (end < first) throw new ZipError('broken', 'the list of files is missing');
  const count = Math.min(bytes.readUInt16LE(end + 10), mostEntries);
  let at = bytes.readUInt32LE(end + 16);
  const entries = new Map<string, ZipEntry>();
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entryMark) throw new ZipError('broken', 'the list of files is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name.replaceAll('\\', '/'), {
      name,
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
