import { monthNames } from '../../platform/core/time-words.ts';
import type { Cron } from './cron.ts';
import { readWords } from './read-words.ts';
import { shortTime } from './worded.ts';

const date =
  /^(?:every |on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?: every year)?(?:,? (at .+|noon|midnight))?$/i;

/** "24 December at 9:00", or "every 24th of Dec": once a year, as the cron that says it; null for anything else. */
export function yearlyAsCron(text: string): string | null {
  const [, day, name = '', time = ''] = date.exec(text.trim().replace(/\s+/g, ' ')) ?? [];
  const month = monthNames.findIndex((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  if (day === undefined || month < 0) return null;
  const daily = readWords(`every day ${time}`);
  if (!daily.ok || daily.value.times.length !== 1) return null;
  const [hour, minute] = (daily.value.times[0] ?? '').split(':').map(Number);
  return `${minute} ${hour} ${Number(day)} ${month + 1} *`;
}

/** "every 24 December at 9:00"; null for a cron that says more, or says it otherwise. */
export function yearlyInWords({ cron, minutes, hours, days, months }: Cron): string | null {
  const [minute = 0] = minutes;
  const [hour = 0] = hours;
  const [day, month = 0] = [days[0], months[0]];
  if (cron !== `${minute} ${hour} ${day} ${month} *`) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `every ${day} ${monthNames[month - 1]} at ${shortTime(`${two(hour)}:${two(minute)}`)}`;
}
