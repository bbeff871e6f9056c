import { endLapsedHandoffs } from './features/handoffs/ending-operations.ts';
import type { Moving } from './features/ownership/moved.ts';

/**
 * Who has something under way for a rock, and hears when it moves otherwise than by a handoff: the running bot and an
 * operator's file tell the same.
 */
export const moving: Moving = { onRockMoved: [endLapsedHandoffs] };
