import { type Result, refused } from '../../platform/core/result.ts';
import { type Connections, openConnections } from './connections.ts';
import { numberAt } from './core/pointer.ts';
import type { Place } from './core/source.ts';
import { fetchText, type Network, openNetwork } from './fetching.ts';

/** Reads numbers where they are: slowly, so never inside a transaction. */
export type Reader = {
  /** The NAMEs of the SQL connections that there are. */
  connections: readonly string[];
  /** The number that is there now, or why there is none; `field` says what of the place is to be mended. */
  read(place: Place): Promise<Result<number>>;
  close(): Promise<void>;
};

/** What an operator says of numbers from elsewhere. */
export type ReaderOptions = { sqlSources: Readonly<Record<string, string>>; allowsPrivate: boolean };

export function openReader({ sqlSources, allowsPrivate }: ReaderOptions): Reader {
  return readerOf(openConnections(sqlSources), openNetwork({ allowsPrivate }));
}

export function readerOf(connections: Connections, network: Network): Reader {
  return {
    connections: connections.names,
    read: async (place) =>
      place.kind === 'sql'
        ? await connections.query(place.connection, place.query)
        : await readJson(place.url, place.pointer, network),
    close: () => connections.close(),
  };
}

async function readJson(url: string, pointer: string, network: Network): Promise<Result<number>> {
  const text = await fetchText(url, network);
  if (!text.ok) return text;
  let document: unknown;
  try {
    document = JSON.parse(text.value);
  } catch {
    return { ...refused('no-json', 'What this address answers is no JSON.'), field: 'url' };
  }
  return numberAt(document, pointer);
}
