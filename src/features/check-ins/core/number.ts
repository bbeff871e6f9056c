/**
 * Reads a number as people type it: "12.5", "12,5", "1,250.5", "1.250,5", "1 250", with or without a unit
 * behind it. A lone group of three after one separator ("1,250") is read as thousands. Null for anything else.
 */
export function readNumber(text: string): number | null {
  const match = /^([+-]?)([\d.,'’\s ]*\d)\s*(?:%|\p{Sc}|\p{L}+)?$/u.exec(
    text.trim().replace(/^\p{Sc}\s*/u, ''),
  );
  if (match === null) return null;
  const sign = match[1] === '-' ? -1 : 1;
  const digits = (match[2] ?? '').replace(/[\s'’ ]/g, '');
  const plain = plainDigits(digits);
  return plain === null ? null : sign * Number(plain);
}

function plainDigits(digits: string): string | null {
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
    parts.slice(1).every((part) => part.length === 3) && (parts[0] ?? '') !== '' && parts[0] !== '0';
  if (parts.length > 2) return areGroups ? parts.join('') : null;
  // "1,250" is one thousand; "1.250" is typed by people who mean 1.25 and by people who mean 1250: only the
  // comma is read as thousands, and what was read is shown to the person.
  if (areGroups && separator === ',') return parts.join('');
  return /^\d*$/.test(parts.join('')) ? `${parts[0] === '' ? '0' : parts[0]}.${parts[1]}` : null;
}

function grouped(digits: string, group: string, decimal: string): string | null {
  const [whole = '', fraction = '', ...more] = digits.split(decimal);
  const groups = whole.split(group);
  const areGroups =
    groups.slice(1).every((part) => /^\d{3}$/.test(part)) && /^\d{1,3}$/.test(groups[0] ?? '');
  return more.length === 0 && areGroups && /^\d+$/.test(fraction) ? `${groups.join('')}.${fraction}` : null;
}
