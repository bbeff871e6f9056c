import type { CadenceCard } from './core/cadence.ts';
import type { Prospect } from './ritual.ts';

/** One of the next times of a cadence, as its ritual is asked about it. */
export function prospectOf({ cadence }: CadenceCard, next: CadenceCard['times'][number]): Prospect {
  return {
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    cycle: cadence.cycle,
    local: next.slot.local,
    dueAt: next.slot.at,
    isAtMostDaily: cadence.period !== 'slot',
  };
}
