import { expect, it } from 'vitest';
import { differences } from '../cadence/core/beside-croner.ts';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

it.each(zones)('over five years Cairn and croner agree in %s, wherever no clock is changed', (zone) => {
  expect(differences(zone)).toEqual([]);
});
