import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';

/** It is no XML, or has a document type: spreadsheets have none, and entities can be made to blow up. */
export class XmlError extends Error {}

/** What is told of a document as it is read. Names have no prefix: `x:row` is `row`. */
export type XmlReader = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
};

/** Reads a document piece by piece, so that it is never whole in memory. Throws an `XmlError`. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, reader: XmlReader): Promise<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('doctype', () => {
    throw new XmlError('a document type is not allowed');
  });
  parser.on('opentag', ({ name, attributes }) => reader.open?.(plain(name), attributes));
  parser.on('closetag', ({ name }) => reader.close?.(plain(name)));
  const tell = (text: string): void => reader.text?.(text);
  parser.on('text', tell);
  parser.on('cdata', tell);
  let decoder: TextDecoder | undefined;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece));
    parser.write(decoder.decode(piece, { stream: true }));
  }
  if (decoder === undefined) throw new XmlError('there is nothing in it');
  parser.write(decoder.decode());
  parser.close();
}

function plain(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
