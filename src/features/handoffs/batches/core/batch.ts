import type { Temporal } from 'temporal-polyfill';
import type { PersonRef } from '../../../ownership/core/rock.ts';
import type { Importance } from '../../../ownership/core/rock-fields.ts';
import type { HandoffState } from '../../core/handoff.ts';

/** Handoffs that one person prepares in private and offers together. */
export type Batch = {
  id: number;
  kind: 'bulk' | 'reorganisation';
  title: string | null;
  state: 'draft' | 'released' | 'dropped';
  by: PersonRef;
  /** Whose rocks a bulk handoff moves. */
  from: PersonRef | null;
  releasedAt: Temporal.Instant | null;
};

/** One handoff of a batch. */
export type Move = {
  handoffId: number;
  state: HandoffState;
  rock: { id: number; name: string; importance: Importance | null; weight: number };
  /** Who carries it, when it was offered; null: nobody. */
  from: PersonRef | null;
  to: PersonRef;
  /** Who owns it at this moment; null: nobody. */
  ownerId: number | null;
  why: string | null;
};

export type Standing = 'accepted' | 'declined' | 'taken back' | 'expired' | 'changes suggested' | 'waiting';

/** How a handoff of a batch that was released stands, in the eyes of who offered it. */
export function standingOf(state: HandoffState): Standing {
  switch (state) {
    case 'accepted':
    case 'overlap':
    case 'completed':
      return 'accepted';
    case 'declined':
      return 'declined';
    case 'withdrawn':
      return 'taken back';
    case 'expired':
      return 'expired';
    case 'changes-suggested':
      return 'changes suggested';
    default:
      return 'waiting';
  }
}

/** "3 accepted, 1 declined, 5 wait." */
export function progressWords(moves: readonly Pick<Move, 'state'>[]): string {
  const counted = (standing: Standing): number =>
    moves.filter(({ state }) => standingOf(state) === standing).length;
  const parts: [number, string][] = [
    [counted('accepted'), 'accepted'],
    [counted('declined'), 'declined'],
    [counted('taken back'), 'taken back'],
    [counted('expired'), 'expired'],
    [counted('changes suggested'), 'with changes suggested'],
    [counted('waiting'), counted('waiting') === 1 ? 'waits' : 'wait'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${said.join(', ')}.`;
}

/** Whether whoever offered it can offer it to somebody else: it is over, and the rock is where it was. */
export function isReofferable({ state, from, ownerId }: Pick<Move, 'state' | 'from' | 'ownerId'>): boolean {
  return ['declined', 'withdrawn', 'expired'].includes(state) && (from?.id ?? null) === ownerId;
}
