import { stampOf } from '../../../../platform/core/stamp.ts';
import type { Settings } from '../../core/settings.ts';

/** Of what the first step sets: two that differ in it have different ones. */
export function settingsStamp({ admins, productOperations, leaders }: Settings): string {
  const ids = admins.map(({ id }) => id).sort((a, b) => a - b);
  return stampOf([ids, productOperations?.id ?? null, leaders?.id ?? null]);
}
