// @ts-check
const formats = new Map();

function format(zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }));
  return formats.get(key);
}

export const timeOf = (at, zone) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** To the millisecond. */
export const preciseTimeOf = (at, zone) =>
  format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(
    new Date(at),
  );

export const dayOf = (at, zone) =>
  format(zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at)).replace(',', '');

export const momentOf = (at, zone) =>
  format(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));

export const shortMomentOf = (at, zone) =>
  format(zone, { weekday: 'long', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
    .format(new Date(at))
    .replace(/ at /, ', ');

/** The value of a datetime-local field. */
export function toField(at, zone) {
  const parts = format(zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const of = (type) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** The instant at which a clock in the zone shows this; the second look corrects a guess across a DST change. */
export function fromField(value, zone) {
  const wanted = Date.parse(`${value}:00Z`);
  let guess = wanted;
  for (let look = 0; look < 2; look += 1) guess += wanted - Date.parse(`${toField(guess, zone)}:00Z`);
  return new Date(guess);
}

const dates = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  date_short: { day: 'numeric', month: 'short', year: 'numeric' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
};

/**
 * An instant in words as Slack's {date_short_pretty} and its like ask for it; undefined when it is none.
 * @param {number} seconds @param {string} wanted @param {string} zone @param {string} [now] company time, for "today"
 * @returns {string | undefined}
 */
export function slackDate(seconds, wanted, zone, now = new Date().toISOString()) {
  const at = seconds * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return undefined;
  const near = nearDay(at, now, zone);
  return wanted.replace(/\{(\w+)\}/g, (all, token) => {
    const [, name, pretty] = /^(date(?:_short|_long)?)(_pretty)?$/.exec(token) ?? [];
    if (name !== undefined) return (pretty && near) || format(zone, dates[name]).format(at);
    if (token === 'date_num') return toField(at, zone).slice(0, 10);
    if (token === 'date_slash') return toField(at, zone).slice(0, 10).replaceAll('-', '/');
    if (token === 'time') return timeOf(at, zone);
    if (token === 'time_secs') return format(zone, { timeStyle: 'medium' }).format(at);
    if (token === 'ago') return ago(at - Date.parse(now));
    return all;
  });
}

function nearDay(at, now, zone) {
  const day = (instant) => Date.parse(toField(instant, zone).slice(0, 10)) / 86_400_000;
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[String(day(at) - day(now))];
}

function ago(ms) {
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  const size = Math.abs(ms);
  if (size < 3_600_000) return words.format(Math.round(ms / 60_000), 'minute');
  return size < 86_400_000
    ? words.format(Math.round(ms / 3_600_000), 'hour')
    : words.format(Math.round(ms / 86_400_000), 'day');
}
