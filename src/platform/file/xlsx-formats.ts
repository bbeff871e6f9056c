import { Temporal } from 'temporal-polyfill';

/** How a cell's number is shown, as far as it changes what is read. */
export type NumberFormat = { kind: 'date' | 'time' | 'percent' | 'plain'; currency?: string };

/** Formats that files do not spell out, since every program knows them. */
export function builtInFormat(id: number): NumberFormat {
  if (id === 9 || id === 10) return { kind: 'percent' };
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { kind: 'time' };
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date' };
  return { kind: 'plain' };
}

/** What a format's code shows, such as `dd.mm.yyyy`, `0.0%` or `#,##0 "€"`. */
export function readFormat(code: string): NumberFormat {
  const [shown = ''] = code.split(';');
  const currency = /\[\$([^\]-]+)/.exec(shown)?.[1] ?? /[€$£¥]/.exec(shown)?.[0];
  const bare = shown.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return { kind: 'plain' };
  if (/[yd]|m{3}/i.test(bare)) return { kind: 'date' };
  if (/[hs]/i.test(bare)) return { kind: 'time' };
  if (bare.includes('%')) return { kind: 'percent' };
  return currency === undefined ? { kind: 'plain' } : { kind: 'plain', currency };
}

/** The number of a cell as its format has people see it; a date as 2026-12-24, percent as 45 %. */
export function numberWords(raw: string, format: NumberFormat, isFrom1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (format.kind === 'date' || format.kind === 'time')
    return serialWords(value, format.kind, isFrom1904) ?? plainNumber(value);
  if (format.kind === 'percent') return `${plainNumber(value * 100)} %`;
  return format.currency === undefined ? plainNumber(value) : `${format.currency} ${plainNumber(value)}`;
}

/** As a spreadsheet shows it: 0.30000000000000004 is 0.3. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

const minutesADay = 24 * 60;

function serialWords(serial: number, kind: 'date' | 'time', isFrom1904: boolean): string | undefined {
  // Up to 31 December 9999.
  if (serial < 0 || serial >= 2_958_466) return undefined;
  const minutes = Math.round(serial * minutesADay);
  const days = Math.floor(minutes / minutesADay);
  const clock = minutes % minutesADay;
  const time = `${twoDigits(Math.floor(clock / 60))}:${twoDigits(clock % 60)}`;
  if (kind === 'time' && days === 0) return time;
  // Excel counts a 29 February 1900 that never was.
  const from = isFrom1904 ? '1904-01-01' : days < 60 ? '1899-12-31' : '1899-12-30';
  const date = Temporal.PlainDate.from(from).add({ days }).toString();
  return clock === 0 ? date : `${date} ${time}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
