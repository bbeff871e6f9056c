/** The text of a file, and how it was encoded. */
export type DecodedText = { text: string; encoding: 'utf-8' | 'utf-16' | 'windows-1252' };

/**
 * Bytes as text: UTF-8, UTF-16 in either order, with a byte order mark or without; what is none of them is taken for
 * Windows-1252, in which Excel on Windows saves plain CSV. Undefined: it is no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const wide = wideOrder(bytes);
  if (wide !== undefined) {
    const text = new TextDecoder(wide).decode(bytes);
    return text.includes('\0') ? undefined : { text, encoding: 'utf-16' };
  }
  if (bytes.includes(0)) return undefined;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

/** Without a mark, the order is told by where the zeros stand that Latin letters have for their other half. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 2_000);
  const half = Math.floor(sample.length / 2);
  const zeros = (from: number): number =>
    sample.reduce((count, byte, index) => (byte === 0 && index % 2 === from ? count + 1 : count), 0);
  const [even, odd] = [zeros(0), zeros(1)];
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return undefined;
}
