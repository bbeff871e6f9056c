import type { Waking } from '../../platform/waking.ts';
import type { PeopleDeps } from '../people/operations.ts';

export type CheckInDeps = PeopleDeps & Waking;
