import type { StoredFile } from './state/files.ts';

/** What Slack says of a file's type: reference/objects/file-object. */
export type FileType = { mimetype: string; filetype: string; pretty_type: string };

const binary: FileType = { mimetype: 'application/octet-stream', filetype: 'binary', pretty_type: 'Binary' };

/** By the end of the name, as Slack tells them; pictures by their bytes, since they are shown. */
const types = new Map<string, FileType>([
  ['png', { mimetype: 'image/png', filetype: 'png', pretty_type: 'PNG' }],
  ['jpg', { mimetype: 'image/jpeg', filetype: 'jpg', pretty_type: 'JPEG' }],
  ['gif', { mimetype: 'image/gif', filetype: 'gif', pretty_type: 'GIF' }],
  ['csv', { mimetype: 'text/csv', filetype: 'csv', pretty_type: 'CSV' }],
  ['tsv', { mimetype: 'text/tab-separated-values', filetype: 'tsv', pretty_type: 'TSV' }],
  ['txt', { mimetype: 'text/plain', filetype: 'text', pretty_type: 'Plain Text' }],
  [
    'xlsx',
    {
      mimetype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      filetype: 'xlsx',
      pretty_type: 'Excel Spreadsheet',
    },
  ],
  ['xls', { mimetype: 'application/vnd.ms-excel', filetype: 'xls', pretty_type: 'Excel Spreadsheet' }],
  ['pdf', { mimetype: 'application/pdf', filetype: 'pdf', pretty_type: 'PDF' }],
  ['zip', { mimetype: 'application/zip', filetype: 'zip', pretty_type: 'Zip' }],
]);

/** A name says nothing of whether the bytes are a picture, and bytes nothing of the rest. */
export function fileTypeOf({ picture, name }: Pick<StoredFile, 'picture' | 'name'>): FileType {
  if (picture !== null) return types.get(picture) ?? binary;
  const found = types.get(extensionOf(name));
  return found === undefined || found.mimetype.startsWith('image/') ? binary : found;
}

/** `xlsx` of `Rocks.XLSX`; nothing where a name has no dot. */
export function extensionOf(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
}
