import type { Rituals } from '../../cadence/ritual.ts';
import type { Waking } from '../../platform/waking.ts';
import type { PeopleDeps } from '../people/operations.ts';

export type CadenceDeps = PeopleDeps & Waking & { rituals: Rituals };
