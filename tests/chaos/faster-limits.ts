import { type ChosenLimits, type Limits, limitsOf as usualLimitsOf } from '../../src/delivery/limits.ts';
import { pace } from './pace.ts';

export * from '../../src/delivery/limits.ts';

/** In place of Cairn's own, in processes that are in a hurry: the same, but for what a workspace is told a minute. */
export function limitsOf(chosen: ChosenLimits): Limits {
  const usual = usualLimitsOf(chosen);
  return {
    ...usual,
    editsPerMinute: usual.editsPerMinute * pace,
    editBurst: usual.editBurst * pace,
    readsPerMinute: usual.readsPerMinute * pace,
    readBurst: usual.readBurst * pace,
  };
}
