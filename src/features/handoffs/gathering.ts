import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { openActionsOfRock } from '../actions/operations.ts';
import { decisionsOfRock } from '../decisions/reading-operations.ts';
import { keyResultsOfOwner } from '../okrs/operations.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { itemsOfRock } from '../roadmap/operations.ts';
import type { BriefFacts } from './core/handoff.ts';
import { listFlipsOfRock } from './store.ts';

/** As many key results, roadmap items and past handoffs as a brief names. */
const most = 5;

/** What is known of a rock at this moment, for the brief that stays with its handoff. */
export async function gatherFacts(
  db: Database,
  workspaceId: string,
  rock: RockCard,
  at: Temporal.Instant,
): Promise<BriefFacts> {
  const { owner } = rock;
  const zone = owner?.timezone ?? rock.timezone;
  const dateOf = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO(zone).toPlainDate().toString();
  const on = at.toZonedDateTimeISO(zone).toPlainDate();
  const keyResults =
    owner === null ? [] : await keyResultsOfOwner(db, workspaceId, owner.id, { cycle: 'current', on });
  const actions = await openActionsOfRock(db, workspaceId, rock.id);
  const decisions = await decisionsOfRock(db, workspaceId, rock.id, at);
  const roadmap = await itemsOfRock(db, workspaceId, rock.id);
  const past = await listFlipsOfRock(db, workspaceId, rock.id, most);
  const ref = ({ slackId, name }: { slackId: string | null; name: string }) => ({ slackId, name });
  return {
    summary: rock.summary,
    carriedSince: owner === null ? null : dateOf(owner.since),
    team: rock.team,
    channel: rock.channel,
    backups: rock.backups.map(ref),
    contributors: rock.contributors.map((one) => ({ ...ref(one), discipline: one.discipline })),
    links: rock.links,
    keyResults: keyResults.slice(0, most).map(({ title, objective }) => ({ title, objective })),
    actions: actions.map(({ title, owner: doer, dueOn }) => ({
      title,
      owner: ref(doer),
      dueOn: dueOn?.toString() ?? null,
    })),
    decisions: decisions.map(({ question, outcome, at: made }) => ({
      title: `${question} ${outcome}`,
      on: dateOf(made),
    })),
    roadmap: roadmap.slice(0, most),
    past: past.map(({ from, to, acceptedAt, offeredAt }) => ({
      from: from === null ? null : ref(from),
      to: ref(to),
      on: dateOf(acceptedAt ?? offeredAt),
    })),
  };
}
