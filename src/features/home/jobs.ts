import type { Log } from '../../platform/log.ts';
import { type PublishingDeps, publishClaimed } from './publishing.ts';
import { claimStale } from './store.ts';

/** Slack takes about 100 publications a minute in a workspace: a beat every five seconds leaves room for people. */
const mostAtOnce = 5;

/**
 * The heartbeat's part for Home: publishes those that shall read differently, some at a time. One that cannot be
 * published is logged and tried later, and keeps no other from its turn.
 */
export async function publishStale(deps: PublishingDeps & { log: Log }, workspaceId: string): Promise<void> {
  for (const home of await claimStale(deps.db, workspaceId, mostAtOnce)) {
    await publishClaimed(deps, workspaceId, home).catch((error: unknown) => {
      deps.log.warn({ err: error, person: home.personId }, 'a Home could not be published');
    });
  }
}
