import { expect, it } from 'vitest';
import { tellOwnerAt } from '../../../../src/features/digest/core/times.ts';
import { instant } from '../../../support/builders.ts';

const told = (now: string, dueAt: string) =>
  tellOwnerAt(instant(now), instant(dueAt), 'Europe/Berlin').toString();

it('who answers for a line is told at once', () => {
  expect(told('2026-11-23T09:00:00Z', '2026-11-23T13:00:00Z')).toBe('2026-11-23T09:00:00Z');
});
it('not before eight of their own zone, where that leaves an hour', () => {
  expect(told('2026-11-23T04:00:00Z', '2026-11-23T08:00:00Z')).toBe('2026-11-23T07:00:00Z');
});
it('at once, however early, where it does not', () => {
  expect(told('2026-11-23T03:30:00Z', '2026-11-23T07:30:00Z')).toBe('2026-11-23T03:30:00Z');
});
