import { builtInFormat, type NumberFormat, readFormat } from './xlsx-formats.ts';
import { readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** What a workbook says before its worksheets are read. */
export type Book = {
  sheets: { name: string; path: string; isHidden: boolean }[];
  strings: string[];
  formats: NumberFormat[];
  isFrom1904: boolean;
};

/** Where a workbook is said to be, where the archive does not say. */
const usualPath = 'xl/workbook.xml';

/** Reads the list of worksheets, the texts that cells share and how cells are formatted. */
export async function readBook(zip: Zip): Promise<Book> {
  const path = (await targets(zip, '', '_rels/.rels', /\/officeDocument$/))[0]?.target ?? usualPath;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const listed: { name: string; id: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  await readXml(zip.pieces(path), {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /^(?:\w+:)?id$/.test(key))?.[1] ?? '';
      const state = attributes['state'] ?? 'visible';
      listed.push({ name: attributes['name'] ?? '', id, isHidden: state !== 'visible' });
    },
  });
  const rels = `${folder}_rels/${path.slice(folder.length)}.rels`;
  const related = await targets(zip, folder, rels, /\/(?:worksheet|sharedStrings|styles)$/);
  const worksheets = new Map(
    related.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target]),
  );
  const at = (kind: string): string | undefined => related.find(({ type }) => type.endsWith(kind))?.target;
  return {
    sheets: listed.flatMap(({ name, id, isHidden }) => {
      const target = worksheets.get(id);
      return target === undefined ? [] : [{ name, path: target, isHidden }];
    }),
    strings: await readStrings(zip, at('/sharedStrings')),
    formats: await readFormats(zip, at('/styles')),
    isFrom1904,
  };
}

type Related = { id: string; type: string; target: string };

async function targets(zip: Zip, folder: string, path: string, types: RegExp): Promise<Related[]> {
  const found: Related[] = [];
  if (!zip.has(path)) return found;
  await readXml(zip.pieces(path), {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship' || !types.test(type)) return;
      found.push({ id, type, target: target.startsWith('/') ? target.slice(1) : resolved(folder, target) });
    },
  });
  return found;
}

/** "xl/" and "../custom/sheet.xml" are "custom/sheet.xml". */
function resolved(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

async function readStrings(zip: Zip, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined || !zip.has(path)) return strings;
  const text = new RunsOfText();
  await readXml(zip.pieces(path), {
    open(name, attributes) {
      if (name === 'si') text.begin();
      text.open(name, attributes);
    },
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name === 'si') strings.push(text.read());
    },
  });
  return strings;
}

/** Text that is kept in runs of different looks. How Japanese is read aloud (`rPh`) is no part of it. */
export class RunsOfText {
  #pieces: string[] = [];
  #isIn = false;
  #isAloud = false;

  begin(): void {
    this.#pieces = [];
  }
  open(name: string, _attributes: Readonly<Record<string, string>>): void {
    if (name === 'rPh') this.#isAloud = true;
    if (name === 't') this.#isIn = !this.#isAloud;
  }
  add(piece: string): void {
    if (this.#isIn) this.#pieces.push(piece);
  }
  close(name: string): void {
    if (name === 'rPh') this.#isAloud = false;
    if (name === 't') this.#isIn = false;
  }
  /** The text. Signs that XML cannot hold are spelled in it: `_x000D_`. */
  read(): string {
    return unspelled(this.#pieces.join(''));
  }
}

/** Text of a cell without its spelled signs. */
export function unspelled(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

async function readFormats(zip: Zip, path: string | undefined): Promise<NumberFormat[]> {
  const formats: NumberFormat[] = [];
  if (path === undefined || !zip.has(path)) return formats;
  const own = new Map<number, NumberFormat>();
  let isInCells = false;
  await readXml(zip.pieces(path), {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') own.set(id, readFormat(attributes['formatCode'] ?? ''));
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) formats.push(own.get(id) ?? builtInFormat(id));
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return formats;
}
