import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, placesAbove } from '../../../../src/features/ownership/core/places.ts';

describe('the place of an address', () => {
  it.each([
    ['https://bi.example/payments', 'bi.example/payments'],
    ['http://bi.example/payments', 'bi.example/payments'],
    ['https://www.bi.example/payments/', 'bi.example/payments'],
    ['HTTPS://BI.Example/Payments', 'bi.example/Payments'],
    ['https://bi.example/payments?range=7d&x=1', 'bi.example/payments'],
    ['https://bi.example/payments#top', 'bi.example/payments'],
    ['https://ana:secret@bi.example/payments', 'bi.example/payments'],
    ['https://bi.example:8443/payments', 'bi.example:8443/payments'],
    ['https://bi.example:443/payments', 'bi.example/payments'],
    ['https://bi.example/a/../payments//', 'bi.example/payments'],
    ['https://bi.example', 'bi.example'],
    ['https://bi.example/', 'bi.example'],
    ['https://münchen.example/', 'xn--mnchen-3ya.example'],
  ])('%s is %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });

  it.each([
    '',
    'payments',
    'bi.example/payments',
    'ftp://bi.example/x',
    'mailto:ana@acme.example',
    'https://',
    'javascript:alert(1)',
  ])('%s has none', (address) => {
    expect(placeOf(address)).toBeNull();
  });

  it('is the same for every way to write it', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom('', '?a=1', '#x', '/'), (url, tail) => {
        expect(placeOf(`${url.replace(/\/+$/, '')}${tail}`)).toBe(placeOf(url));
      }),
    );
  });
});

it('lists the place and every folder above it, longest first', () => {
  expect(placesAbove('a.example/x/y')).toEqual(['a.example/x/y', 'a.example/x', 'a.example']);
  expect(placesAbove('a.example')).toEqual(['a.example']);
});
