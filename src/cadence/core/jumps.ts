import { Temporal } from 'temporal-polyfill';
import { mondayToFriday, type WorksOn, workingDaysLater } from './working-days.ts';

/** A moment to which people often turn the playground's clock. */
export type Jump = { key: 'monday' | 'tomorrow' | 'in-2-working-days'; label: string; at: Temporal.Instant };

const nine = Temporal.PlainTime.from('09:00');

/** The jumps from `now` on, as the company's zone has them, each later than `now`. */
export function jumpsFrom(now: Temporal.Instant, zone: string, worksOn: WorksOn = mondayToFriday): Jump[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const thisMonday = nineOn(today.subtract({ days: today.dayOfWeek - 1 }), zone);
  const isOver = Temporal.Instant.compare(thisMonday, now) <= 0;
  const monday = isOver ? nineOn(today.add({ days: 8 - today.dayOfWeek }), zone) : thisMonday;
  return [
    { key: 'monday', label: 'Monday 09:00', at: monday },
    { key: 'tomorrow', label: 'Tomorrow 09:00', at: nineOn(today.add({ days: 1 }), zone) },
    { key: 'in-2-working-days', label: 'In 2 working days', at: workingDaysLater(now, zone, 2, worksOn) },
  ];
}

function nineOn(date: Temporal.PlainDate, zone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: zone, plainTime: nine }).toInstant();
}
