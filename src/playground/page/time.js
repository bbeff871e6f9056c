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

/** "Fri 20 Nov 2026". */
export const dateOf = (at, zone) =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .format(new Date(at))
    .replace(',', '');

/** "today 15:00", "Monday 09:00", "Mon 30 Nov 2026 09:00": as short as it can be understood at `now`. */
export function soonOf(at, now, zone) {
  const day = (instant) => Date.parse(toField(instant, zone).slice(0, 10)) / 86_400_000;
  const days = day(at) - day(now);
  const time = timeOf(at, zone);
  if (days === 0) return `today ${time}`;
  return `${days < 7 ? format(zone, { weekday: 'long' }).format(new Date(at)) : dateOf(at, zone)} ${time}`;
}

/** Whether clocks in both zones show the same. */
export const sameTime = (at, zone, other) => toField(at, zone) === toField(at, other);

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

/**
 * The instant at which a clock in the zone shows this: in a spring gap after the gap, in an autumn overlap at its
 * first turn. The clocks are not changed twice in two days, so that one of the offsets around it is its own.
 */
export function fromField(value, zone) {
  const wanted = Date.parse(`${value}:00Z`);
  const day = 86_400_000;
  const [first, second] = [wanted - day, wanted + day].map((at) => wanted - offsetAt(at, zone));
  return new Date([first, second].find((at) => toField(at, zone) === value) ?? first);
}

/** How far clocks in the zone are ahead of Greenwich, in milliseconds, to the minute. */
function offsetAt(at, zone) {
  return Date.parse(`${toField(at, zone)}:00Z`) - Math.floor(at / 60_000) * 60_000;
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
