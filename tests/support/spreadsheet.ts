import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive of files, each by its name. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>): Uint8Array {
  return zipOfPacked(
    Object.entries(files).map(([name, content]) => {
      const bytes = Buffer.from(content);
      return { name, packed: deflateRawSync(bytes), size: bytes.length, crc: crc32(bytes) };
    }),
  );
}

type Packed = { name: string; packed: Buffer; size: number; crc: number; flags?: number };

/** The same of what is packed already; sizes may be lies. */
export function zipOfPacked(files: readonly Packed[]): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, packed, size, crc, flags = 0 } of files) {
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, title]));
    parts.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

export type Worksheet = { name: string; xml: string; state?: 'hidden' | 'veryHidden' };

/** The parts of a workbook of worksheets whose XML is given, as Excel packs them. */
export function workbookParts(
  worksheets: readonly Worksheet[],
  { strings = '', styles = '', properties = '' } = {},
): Record<string, string> {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const sheets = worksheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
  );
  const related = worksheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="${relation}">${properties}<sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${related.join('')}<Relationship Id="s" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="${relation}/styles" Target="/xl/styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(worksheets.map(({ xml }, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml])),
  };
}

/** A workbook of one worksheet or several. */
export function workbookOf(
  worksheets: readonly Worksheet[],
  more: { strings?: string; styles?: string; properties?: string } = {},
): Uint8Array {
  return zipOf(workbookParts(worksheets, more));
}

/** A worksheet of rows of text; `after` is what Excel has behind them, such as merged cells. */
export function worksheetXml(rows: readonly (readonly string[])[], after = ''): string {
  const cell = (text: string, row: number, column: number): string =>
    text === ''
      ? ''
      : `<c r="${letters(column)}${row + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const lines = rows.map(
    (cells, row) =>
      `<row r="${row + 1}">${cells.map((text, column) => cell(text, row, column)).join('')}</row>`,
  );
  return `<worksheet><sheetData>${lines.join('')}</sheetData>${after}</worksheet>`;
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
