import type { Disturbance } from './disturbances.ts';
import { usualShares } from './faults.ts';
import type { RoundOptions } from './round.ts';

const everything: Disturbance[] = [
  ...Array<Disturbance>(6).fill('kill'),
  'replace',
  'restart-database',
  'crash-database',
  'lock-budgets',
  'take-connections',
  'turn-company-clock',
  'step-process-clock',
  'step-process-clock',
];

/** What `npm run test:chaos` runs five of. */
export function fullRound(seed: number): RoundOptions {
  return {
    seed,
    processes: 3,
    people: 40,
    channels: 20,
    messages: 500,
    loadMs: 75_000,
    disturbances: everything,
    faults: usualShares,
    frozenMs: 90_000,
    timeoutSeconds: 2,
    reconciler: 'real',
    onTheWayMs: 500,
    patienceMs: 180_000,
  };
}

/**
 * What `npm test` runs, beside all other tests: nobody stands still for long, and how early a call comes after another was
 * told to wait is not looked at, since on a busy machine that says more of the machine.
 */
export function shortRound(seed: number): RoundOptions {
  return {
    ...fullRound(seed),
    processes: 2,
    people: 12,
    channels: 8,
    messages: 60,
    loadMs: 8_000,
    disturbances: ['kill', 'crash-database', 'turn-company-clock', 'step-process-clock'],
    frozenMs: 0,
    patienceMs: 120_000,
  };
}

/** The same faults for a blind retry, which has to double something. */
export function blindRound(seed: number): RoundOptions {
  return {
    ...fullRound(seed),
    messages: 150,
    loadMs: 20_000,
    disturbances: ['kill'],
    frozenMs: 0,
    reconciler: 'blind',
  };
}
