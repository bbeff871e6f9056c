import { randomBytes } from 'node:crypto';
import { forgetful, type Keeper } from './keeper.ts';

/** A file's way: asked for, its bytes received, complete. Only the last can be seen. */
export type FileState = 'asked' | 'received' | 'complete';

export type StoredFile = {
  id: string;
  /** the id of whoever uploaded it: the bot, or somebody who attached it in a modal */
  user: string;
  name: string;
  title: string;
  alt_text: string;
  /** how many bytes were announced */
  size: number;
  state: FileState;
  /** where it was posted */
  channels: string[];
  /** what the bytes are, told by themselves and not by the name; null: no picture */
  picture: PictureType | null;
  bytes: Buffer;
  /** seconds */
  created: number;
};

export type NewFile = Pick<StoredFile, 'user' | 'name' | 'size' | 'alt_text'>;

export type PictureType = 'png' | 'jpg' | 'gif';

const beginnings: Record<PictureType, Buffer> = {
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpg: Buffer.from([0xff, 0xd8, 0xff]),
  gif: Buffer.from('GIF8', 'latin1'),
};

/** The files that the bot has uploaded, and those that people have attached. */
export class Files {
  private readonly files = new Map<string, StoredFile>();
  /** the keys of the addresses to which bytes are still to be sent */
  private readonly tickets = new Map<string, string>();
  private readonly now: () => number;
  private readonly keeper: Keeper;
  private count = 0;

  constructor(now: () => number, keeper: Keeper = forgetful) {
    this.now = now;
    this.keeper = keeper;
  }

  /** Announces a file; its bytes are to come under the ticket, once. */
  ask(given: NewFile): { file: StoredFile; ticket: string } {
    const file = this.add(given);
    const ticket = randomBytes(12).toString('hex');
    this.tickets.set(ticket, file.id);
    return { file, ticket };
  }

  /** A file that a person has attached: complete at once. */
  attach(given: Pick<NewFile, 'user' | 'name'>, bytes: Buffer): StoredFile {
    const file = this.add({ ...given, size: bytes.length, alt_text: '' });
    file.bytes = bytes;
    file.picture = pictureIn(bytes);
    this.complete(file, undefined);
    return file;
  }

  /** Says where a file stands. */
  share(file: StoredFile, channel: string): void {
    if (!file.channels.includes(channel)) file.channels.push(channel);
    this.keep(file);
  }

  /** The file whose bytes this ticket is for, as long as they have not come. */
  awaited(ticket: string): StoredFile | undefined {
    return this.files.get(this.tickets.get(ticket) ?? '');
  }

  /** Keeps the bytes; the ticket is used up. */
  receive(ticket: string, bytes: Buffer): void {
    const file = this.awaited(ticket);
    if (file === undefined) return;
    this.tickets.delete(ticket);
    file.bytes = bytes;
    file.picture = pictureIn(bytes);
    file.state = 'received';
    this.keep(file);
  }

  complete(file: StoredFile, title: string | undefined): void {
    file.state = 'complete';
    if (title !== undefined && title !== '') file.title = title;
    this.keep(file);
  }

  /** Takes up a file of an earlier run. */
  restore(file: StoredFile): void {
    this.files.set(file.id, file);
  }

  /** New ids go on after those of earlier runs. */
  restoreCount(count: number): void {
    this.count = count;
  }

  find(id: string): StoredFile | undefined {
    return this.files.get(id);
  }

  /** A complete file by its id. */
  findComplete(id: string): StoredFile | undefined {
    const file = this.files.get(id);
    return file?.state === 'complete' ? file : undefined;
  }

  private add(given: NewFile): StoredFile {
    this.count += 1;
    this.keeper.put('count', 'files', () => this.count);
    const file: StoredFile = {
      ...given,
      id: `F0${this.count.toString(36).toUpperCase().padStart(9, '0')}`,
      title: given.name,
      state: 'asked',
      channels: [],
      picture: null,
      bytes: Buffer.alloc(0),
      created: Math.floor(this.now() / 1000),
    };
    this.files.set(file.id, file);
    return file;
  }

  private keep(file: StoredFile): void {
    this.keeper.put('file', file.id, () => ({ ...file, bytes: file.bytes.toString('base64') }));
  }
}

function pictureIn(bytes: Buffer): PictureType | null {
  const types: PictureType[] = ['png', 'jpg', 'gif'];
  return types.find((type) => bytes.subarray(0, beginnings[type].length).equals(beginnings[type])) ?? null;
}
