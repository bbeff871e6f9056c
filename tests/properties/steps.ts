import fc from 'fast-check';
import { type FaultName, faultNames } from './virtual-slack.ts';

/** One thing that happens in a run. */
export type Step =
  | { kind: 'tell'; lane: number }
  | { kind: 'rewrite' }
  | { kind: 'tick'; replicas: number; fails: boolean }
  | { kind: 'send'; replicas: number }
  | { kind: 'edit' }
  | { kind: 'reconcile'; replicas: number }
  | { kind: 'pass'; ms: number }
  | { kind: 'turn'; hours: number }
  | { kind: 'faults'; faults: FaultName[] }
  | { kind: 'poison'; channel: number; fault: FaultName }
  | { kind: 'answer'; person: number; presses: number }
  | { kind: 'change'; schedule: string; zone: string }
  | { kind: 'pause' }
  | { kind: 'skip' }
  | { kind: 'run-by-hand'; presses: number };

/** Of every period: several a day, daily, weekly, every other week, monthly, quarterly. */
export const schedules = [
  '0 9 * * MON',
  '30 2 * * *',
  '0 9,15 * * *',
  '0 10 1 * *',
  'every other Tuesday at 10:00',
  'last Thursday of the quarter at 15:00',
];
/** With gaps and overlaps of an hour, of half an hour, and far from everywhere. */
export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];

const replicas = fc.integer({ min: 1, max: 3 });
const presses = fc.integer({ min: 1, max: 2 });
const schedule = fc.constantFrom(...schedules);
const zone = fc.constantFrom(...zones);

export const beginning = fc.record({ schedule, zone });

/** What happens, the more usual the more often. */
export const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('tell' as const), lane: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('rewrite' as const) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('tick' as const),
        replicas,
        fails: fc.oneof(
          { weight: 4, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      }),
    },
    { weight: 9, arbitrary: fc.record({ kind: fc.constant('send' as const), replicas }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('reconcile' as const), replicas }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        ms: fc.constantFrom(300, 1_100, 5_000, 11_000, 31_000, 46_000, 700_000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('turn' as const),
        hours: fc.constantFrom(1, 6, 11, 24, 72, 24 * 8),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('faults' as const),
        faults: fc.array(fc.constantFrom(...faultNames), { minLength: 1, maxLength: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), person: fc.nat(1), presses }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), schedule, zone }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('skip' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('run-by-hand' as const), presses }) },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);
