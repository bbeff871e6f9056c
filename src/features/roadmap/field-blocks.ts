import { dateField, textField } from '../../platform/slack/fields.ts';
import { type Horizon, longest } from './core/item.ts';

export const inNowAlone = 'Only what is in now has a date.';

export function dueField(label: string, hint: string, initial: string | null) {
  return dateField({ blockId: 'due', label, hint, isOptional: true, initial: initial ?? undefined });
}

export function whyField(label: string, hint?: string, isNeeded = false) {
  return textField({
    blockId: 'why',
    label,
    ...(hint === undefined ? {} : { hint }),
    limit: longest.why,
    isLong: true,
    isOptional: !isNeeded,
  });
}

/** "in now", "shipped": where an item stands, inside a sentence. */
export function placeOf(horizon: Horizon): string {
  return horizon === 'shipped' || horizon === 'stopped' ? horizon : `in ${horizon}`;
}
