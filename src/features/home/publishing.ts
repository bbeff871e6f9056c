import { createHash } from 'node:crypto';
import type { HomeView } from '@slack/types';
import type { Rituals } from '../../cadence/ritual.ts';
import { outcomeOf } from '../../delivery/core/outcome.ts';
import { readCallError } from '../../delivery/slack-post.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { GrantedScopes } from '../../platform/slack/granted-scopes.ts';
import { homeNotice } from '../../platform/slack/modals.ts';
import { offWithout } from '../health/core/optional-scopes.ts';
import { isActor, notForYou } from '../people/core/person.ts';
import { findPersonById, type PeopleDeps } from '../people/operations.ts';
import type { GuideDeps } from '../setup/guide/guide.ts';
import { homeView } from './blocks.ts';
import { readHome } from './operations.ts';
import { type ClaimedHome, claimHome, postponeHome, settleHome } from './store.ts';

/** Shows a Home to somebody, by their Slack id; throws what went wrong. */
export type Publish = (slackUserId: string, view: HomeView) => Promise<void>;

export type PublishingDeps = PeopleDeps &
  GuideDeps & { publish: Publish; rituals: Rituals; scopes: GrantedScopes };

/** For a Home that could not be read or shown: publishing twice does no harm, so it is simply tried again. */
const usualPauseMs = 60_000;

/** Publishes one person's Home now. False when somebody else is about to, or when it shows already what it shall. */
export async function showHome(
  deps: PublishingDeps,
  workspaceId: string,
  personId: number,
): Promise<boolean> {
  const home = await claimHome(deps.db, workspaceId, personId);
  if (home !== undefined) await publishClaimed(deps, workspaceId, home);
  return home !== undefined;
}

/**
 * Reads what a claimed Home says now, and publishes it if that differs from what Slack shows. When that fails the
 * claim is given back, to be tried again later unless Slack will never take it, and the error thrown.
 *
 * Whatever changes what a Home says counts it up in its own transaction (`markHomes`), and here the count that the
 * claim found is settled: a change that is committed while this reads and publishes has counted further, so the
 * Home is published once more. None is lost, not by a crash in between either, and where nothing has changed the
 * heartbeat looks at one small index.
 */
export async function publishClaimed(
  deps: PublishingDeps,
  workspaceId: string,
  home: ClaimedHome,
): Promise<void> {
  try {
    const { slackId, view } = await draw(deps, workspaceId, home);
    const digest = createHash('sha256').update(JSON.stringify(view)).digest('base64url');
    if (slackId !== null && digest !== home.shown) await deps.publish(slackId, view);
    await settleHome(deps.db, workspaceId, home, digest);
  } catch (error) {
    const outcome = outcomeOf(readCallError(error));
    if (outcome.kind === 'dead') await settleHome(deps.db, workspaceId, home, null);
    else {
      const pauseMs = outcome.kind === 'not-sent' ? outcome.pauseMs : usualPauseMs;
      await postponeHome(deps.db, workspaceId, home, pauseMs);
    }
    throw error;
  }
}

async function draw(
  { db, rituals, scopes, steps }: PublishingDeps,
  workspaceId: string,
  { personId, page }: ClaimedHome,
): Promise<{ slackId: string | null; view: HomeView }> {
  const person = await findPersonById(db, workspaceId, personId);
  if (!person.ok) throw new Error(`person ${personId} has a Home and is not there`);
  const { value } = person;
  // Who was a member when they opened it may be a guest by now.
  if (!isActor(value)) return { slackId: value.slackId, view: homeNotice(plain(notForYou(value).words)) };
  return {
    slackId: value.slackId,
    view: homeView(
      await readHome(db, workspaceId, value, page, {
        nameOf: (key) => rituals.get(key)?.name,
        off: offWithout(scopes()),
        steps,
      }),
    ),
  };
}
