// @ts-check
const formats = new Map();

function format(zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }));
  return formats.get(key);
}

export const timeOf = (at, zone) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

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

/** Slack's <!date^seconds^tokens|fallback>. */
export function formatSlackDate(target, fallback, zone) {
  const [, seconds, tokens = ''] = target.split('^');
  const at = Number(seconds) * 1000;
  if (Number.isNaN(at)) return fallback;
  const long = format(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  const short = format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  return tokens
    .replace(/\{date_long(_pretty)?\}/g, long)
    .replace(/\{date(_short)?(_pretty)?\}/g, short)
    .replace(/\{date_num\}/g, toField(at, zone).slice(0, 10))
    .replace(/\{time(_secs)?\}/g, timeOf(at, zone));
}
