import type { Temporal } from 'temporal-polyfill';
import { figuresOf, type Span } from '../../../cadence/core/figures.ts';
import { leavingsOf, snoozesOf } from '../../check-ins/leaving/operations.ts';
import { answeredOfTeam } from '../../ownership/proposals/operations.ts';
import type { LiveTeam, Pilot } from './core/live.ts';
import { countHeld } from './figures-store.ts';
import type { PreviewDeps } from './preview-operations.ts';

/**
 * How it goes in the team that went live first, since then: what its ritual itself says that it asked, as the feedback
 * about rituals reckons it, and who put it off or left. Null: no team is the first, or it is paused.
 */
export async function readPilot(
  { db, rituals }: PreviewDeps,
  workspaceId: string,
  { team, ritual, now }: { team: LiveTeam | undefined; ritual: string; now: Temporal.Instant },
): Promise<Pilot | null> {
  if (team === undefined || team.liveAt === null || team.cadenceId === null) return null;
  const { id, name, cadenceId, liveAt } = team;
  // What is asked in this moment is part of it.
  const span: Span = { from: liveAt, until: now.add({ milliseconds: 1 }) };
  const asked = (await rituals.get(ritual)?.asked?.(db, workspaceId, cadenceId, span)) ?? [];
  const isOfIt = (row: { cadenceId: number }) => row.cadenceId === cadenceId;
  const left = (await leavingsOf(db, workspaceId, liveAt)).filter(isOfIt);
  const snoozes = (await snoozesOf(db, workspaceId, liveAt)).filter(isOfIt);
  return {
    teamId: id,
    name,
    went: {
      held: await countHeld(db, workspaceId, cadenceId, span),
      figures: figuresOf(asked),
      snoozes: snoozes.reduce((sum, { count }) => sum + count, 0),
      left: left.map(({ reason }) => reason),
      proposals: await answeredOfTeam(db, workspaceId, id),
    },
  };
}
