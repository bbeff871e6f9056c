import type { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { shortened } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { findAbout } from './about-store.ts';
import { pastRefusal } from './core/decision.ts';
import type { DecisionEntry, Making } from './core/form.ts';

/**
 * Whether an entry can be kept as it is: its day is to come, and what it is about is there, goes on and is seen by the
 * actor. `kept` are the ids of what it is about already, which may be over by now. Words stand beside fields, so they have
 * no formatting.
 */
export async function checkEntry(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: DecisionEntry,
  today: Temporal.PlainDate,
  kept: readonly { kind: string; id: number }[] = [],
): Promise<Result<null>> {
  const past = pastRefusal(entry.dueOn, today, 'due');
  if (past !== null) return past;
  if (entry.visibility === 'team' && entry.teamId === null)
    return beside('visibility', refused('no-team', 'Pick the team first, or another choice here.'));
  for (const about of entry.about) {
    if (kept.some(({ kind, id }) => kind === about.kind && id === about.id)) continue;
    const found = await findAbout(db, workspaceId, about, actor.id);
    if (found === undefined)
      return beside('about', refused('unknown', 'That is not there any more. Pick something else.'));
    if (found.isOver) return beside('about', overRefusal(found));
  }
  return accepted(null);
}

function overRefusal({
  kind,
  name,
  successor,
}: {
  kind: string;
  name: string;
  successor: string | null;
}): Refusal {
  const called = shortened(name, 80);
  if (kind !== 'rock')
    return refused('over', `${called} is over, so nothing is decided about it any more. Pick another one.`);
  return refused(
    'retired',
    successor === null
      ? `${called} is retired, so nothing is decided about it any more. Pick another rock, or leave it open.`
      : `${called} is retired. ${shortened(successor, 80)} came in its place: pick that one, or leave it open.`,
  );
}

/** The day of another look lies ahead. */
export function checkMaking({ lookAgainOn }: Making, today: Temporal.PlainDate): Refusal | null {
  return pastRefusal(lookAgainOn, today, 'look-again');
}

function beside(field: string, refusal: Refusal): Refusal {
  return { ...refusal, field };
}
