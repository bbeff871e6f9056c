/** No units: "12k" is meant as a thousand times what stands there, and better asked again than read as 12. */
const multipliers = /^(?:k|m|b|mn|mln|mio|bn|mrd|tsd|thousand|million|billion)$/i;

/** Made once: it takes longer to make than a thousand numbers to write. */
const plainFormat = new Intl.NumberFormat('en-GB', { useGrouping: false, maximumFractionDigits: 20 });

/** What parts the whole from the fraction where somebody lives. */
export type DecimalMark = '.' | ',';

const withPoint =
  /^Europe\/(?:London|Belfast|Dublin|Guernsey|Isle_of_Man|Jersey|Malta|Zurich|Vaduz|Busingen)$/;
const withComma =
  /^(?:Europe\/|America\/(?:Argentina|Araguaina|Asuncion|Bahia|Belem|Bogota|Caracas|Fortaleza|Guayaquil|La_Paz|Maceio|Manaus|Montevideo|Recife|Santiago|Sao_Paulo)|Africa\/(?:Johannesburg|Casablanca|Algiers|Tunis)|Asia\/(?:Jakarta|Ho_Chi_Minh|Istanbul|Tbilisi|Yerevan|Almaty))/;

/** The mark that people of an IANA zone write most likely: a comma in most of Europe and South America. */
export function decimalMark(timezone: string): DecimalMark {
  return withComma.test(timezone) && !withPoint.test(timezone) ? ',' : '.';
}

/**
 * Reads a number as people type it: "12.5", "12,5", "1,250.5", "1.250,5", "1 250", with or without a unit behind it or a
 * currency before it. A lone group of three behind one mark ("1,250") is read as thousands where that is not the decimal mark of
 * who typed it. Null for anything else.
 */
export function readNumber(text: string, mark: DecimalMark = '.'): number | null {
  const match = /^([+-]?)(?:\p{Sc}\s*([+-]?))?([\d.,'’\s]*\d)\s*(?:%|\p{Sc}|(\p{L}+))?$/u.exec(
    text.trim().replaceAll('\u2212', '-'),
  );
  if (match === null) return null;
  const [, before = '', after = '', digits = '', unit = ''] = match;
  const sign = `${before}${after}`;
  if (sign.length > 1 || multipliers.test(unit)) return null;
  if (/[\s'’]/.test(digits) && !/^\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/.test(digits)) return null;
  const plain = plainDigits(digits.replace(/[\s'’]/g, ''), mark);
  const value = plain === null ? Number.NaN : Number(`${sign}${plain}`);
  return Number.isFinite(value) ? value : null;
}

/**
 * How a typed number was read, where it could be read otherwise: a comma, or a point with three digits behind it. Null: there
 * is nothing to say.
 */
export function readAs(text: string, value: number): string | null {
  const typed = text.trim();
  const isPlain = !typed.includes(',') && !/^[^.]*\.\d{3}\D*$/.test(typed);
  return isPlain ? null : plainFormat.format(value);
}

/** A number as it is put into a field, to be read from there again. */
export function typedNumber(value: number): string {
  return plainFormat.format(value);
}

function plainDigits(digits: string, mark: DecimalMark): string | null {
  const lastComma = digits.lastIndexOf(',');
  const lastPoint = digits.lastIndexOf('.');
  if (lastComma < 0 && lastPoint < 0) return /^\d+$/.test(digits) ? digits : null;
  if (lastComma >= 0 && lastPoint >= 0) {
    const [group, decimal] = lastComma > lastPoint ? ['.', ','] : [',', '.'];
    return grouped(digits, group, decimal);
  }
  const separator = lastComma >= 0 ? ',' : '.';
  const parts = digits.split(separator);
  const areGroups =
    parts.slice(1).every((part) => part.length === 3) && /^[1-9]\d{0,2}$/.test(parts[0] ?? '');
  if (parts.length > 2) return areGroups ? parts.join('') : null;
  // "1.250" is typed by people who mean 1.25 and by people who mean 1250: where they live decides, and what was read is
  // shown to them.
  if (areGroups && separator !== mark) return parts.join('');
  return /^\d*$/.test(parts.join('')) ? `${parts[0] === '' ? '0' : parts[0]}.${parts[1]}` : null;
}

function grouped(digits: string, group: string, decimal: string): string | null {
  const [whole = '', fraction = '', ...more] = digits.split(decimal);
  const groups = whole.split(group);
  const areGroups =
    groups.slice(1).every((part) => /^\d{3}$/.test(part)) && /^\d{1,3}$/.test(groups[0] ?? '');
  return more.length === 0 && areGroups && /^\d+$/.test(fraction) ? `${groups.join('')}.${fraction}` : null;
}
