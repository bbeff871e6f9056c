import type { FaultKind } from '../../src/playground/fake-slack/state/faults.ts';
import type { FakeSlackServer } from '../support/fake-slack/server.ts';

/**
 * What deliveries call. A process that starts asks other things as well; what another one was told about those it
 * cannot know, and a start that fails is started again.
 */
const methods = [
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.replies',
  'conversations.open',
];
const kinds = [
  'rate-limit',
  'server-error',
  'hang',
  'cut-before',
  'cut-after',
  'slow',
  'empty-pages',
] as const satisfies FaultKind[];

export type FaultCounts = Record<(typeof kinds)[number], number>;

/** How many of the calls each kind of fault bites. */
export type Shares = Partial<Record<keyof FaultCounts, number>>;

/** Every kind on one call in ten, each. */
export const usualShares: Shares = Object.fromEntries(kinds.map((kind) => [kind, 0.1]));

/** `slowMs` has to be longer than Cairn waits, so that an answer is lost whose message was taken. */
export async function addFaults({ client }: FakeSlackServer, shares: Shares, slowMs: number): Promise<void> {
  for (const method of methods) {
    for (const kind of kinds) {
      const share = shares[kind] ?? 0;
      if (share > 0) await client.faults.add({ kind, method, share, retry_after: 2, ms: slowMs });
    }
  }
}

/** All is well from now on. What was told to wait still has to, and Slack's own limits stay. */
export async function endFaults({ client, slack }: FakeSlackServer): Promise<FaultCounts> {
  const counts: FaultCounts = {
    'rate-limit': 0,
    'server-error': 0,
    hang: 0,
    'cut-before': 0,
    'cut-after': 0,
    slow: 0,
    'empty-pages': 0,
  };
  for (const { id, kind, hits } of (await client.faults.list()).faults) {
    const known = kinds.find((it) => it === kind);
    if (known !== undefined) counts[known] += hits;
    // Not by the control API: that forgets the waits, and whoever came too early would not be seen.
    slack.world().faults.remove(id);
  }
  return counts;
}
