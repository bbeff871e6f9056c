import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { localOf, momentOf } from '../../src/cadence/core/wall-clock.ts';

const zones = Intl.supportedValuesOf('timeZone');
const from = Temporal.Instant.from('2000-01-01T00:00Z');
const until = Temporal.Instant.from('2038-01-01T00:00Z');
/** Before, in and after what is left out or comes twice, in minutes around each change. */
const around = [-1_441, -121, -61, -31, -30, -1, 0, 1, 29, 30, 31, 59, 60, 61, 119, 121, 1_439, 1_441];

it.each(zones)('around each change of clocks in %s the wall clock shows what Temporal shows', (zone) => {
  let at = from.toZonedDateTimeISO(zone);
  for (;;) {
    const change = at.getTimeZoneTransition('next');
    if (change === null || Temporal.Instant.compare(change.toInstant(), until) > 0) return;
    for (const minutes of around) {
      const moment = change.toInstant().add({ minutes });
      const local = moment.toZonedDateTimeISO(zone).toPlainDateTime();
      expect(localOf(moment.epochMilliseconds, zone)).toBe(asUtc(local));
      const meant = change.toPlainDateTime().add({ minutes });
      const compatible = meant.toZonedDateTime(zone, { disambiguation: 'compatible' });
      expect(momentOf(asUtc(meant), zone)).toBe(compatible.epochMilliseconds);
    }
    at = change;
  }
});

function asUtc(local: Temporal.PlainDateTime): number {
  return local.toZonedDateTime('UTC').toInstant().epochMilliseconds;
}
