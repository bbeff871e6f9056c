import type { z } from 'zod';
import { priorityOf, roundedPriority } from '../roadmap/core/priority.ts';
import type { decision, roadmapItem } from './core/schemas.ts';
import type { DecisionRow } from './decision-store.ts';
import type { ItemRow } from './roadmap-store.ts';

/** An item of the roadmap as other tools read it. */
export function itemAnswer(row: ItemRow): z.output<typeof roadmapItem> {
  const { key, title, summary, horizon, owner, team, rock, supports, needs } = row;
  const { impact, effort, alignment, slips, outcome } = row;
  const priority = priorityOf(row);
  return {
    ...{ key, title, summary, horizon, owner, team, rock, supports, needs, impact, effort, alignment },
    priority: priority === null ? null : Number(roundedPriority(priority)),
    due_on: row.dueOn?.toString() ?? null,
    first_due_on: row.firstDueOn?.toString() ?? null,
    slips,
    moved_at: row.movedAt.toString(),
    outcome,
    why_stopped: row.whyStopped,
  };
}

/** A decision as other tools read it. */
export function decisionAnswer(row: DecisionRow): z.output<typeof decision> {
  const { number, question, options, state, outcome, why, driver, approver, team } = row;
  const { rock, objective, item } = row;
  return {
    ...{ number, question, options, state, outcome, why, driver, approver, team },
    opened_at: row.openedAt.toString(),
    due_on: row.dueOn?.toString() ?? null,
    decided_at: row.decidedAt?.toString() ?? null,
    look_again_on: row.lookAgainOn?.toString() ?? null,
    superseded_by: row.supersededBy,
    about: { rock, objective, item },
  };
}
