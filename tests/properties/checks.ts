import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { nextSlot } from '../../src/cadence/core/calendar.ts';
import { longestDoubtMs, usualLimits } from '../../src/delivery/limits.ts';
import { readTraces, type Trace } from './machine.ts';
import type { World } from './world.ts';

type Delivery = {
  id: string;
  messageId: number;
  key: string;
  lane: string;
  state: string;
  reason: string | null;
  isNudge: boolean;
  dueMs: number;
  expiresMs: number | null;
  channel: string | null;
  parentId: string | null;
  parentTs: string | null;
  text: string;
};

type Occurrence = {
  id: number;
  name: string;
  covers: string | null;
  since: string;
  until: string;
  state: string;
  reason: string | null;
};

/** What a run has left behind, for the checks. */
export type Left = {
  world: World;
  deliveries: Delivery[];
  occurrences: Occurrence[];
  traces: Trace[];
};

export async function readLeft(world: World): Promise<Left> {
  const { db, workspaceId, cadenceId } = world;
  const { rows: deliveries } = await sql<Delivery>`
    select d.id, m.id as "messageId", m.dedupe_key as key, d.lane, d.state, d.reason, d.is_nudge as "isNudge",
      extract(epoch from d.due_at)::float8 * 1000 as "dueMs",
      extract(epoch from d.expires_at)::float8 * 1000 as "expiresMs", m.text,
      coalesce(c.slack_id, p.direct_channel) as channel, parent.id as "parentId", parent.slack_ts as "parentTs"
    from deliveries d join messages m on m.id = d.message_id
    left join channels c on c.id = m.to_channel_id
    left join people p on p.id = m.to_person_id
    left join deliveries parent on parent.message_id = m.thread_of
    where d.workspace_id = ${workspaceId} order by d.due_at, m.id`.execute(db);
  const { rows: occurrences } = await sql<Occurrence>`
    select id, name, covers::text, to_char(lower(covers), 'YYYY-MM-DD"T"HH24:MI:SS') as since,
      to_char(upper(covers), 'YYYY-MM-DD"T"HH24:MI:SS') as until, state, reason
    from occurrences where cadence_id = ${cadenceId} order by id`.execute(db);
  return { world, deliveries, occurrences, traces: await readTraces(db, workspaceId) };
}

/** Everything that is wrong with what a run has left behind, in words; none when nothing is. */
export function problemsOf(left: Left): string[] {
  return [
    ...onePerPeriod(left),
    ...oncePerMessage(left),
    ...nothingVanishes(left),
    ...everythingEnds(left),
    ...noDoubtWithoutALook(left),
    ...inOrder(left),
    ...spaced(left),
    ...afterRetryAfter(left),
    ...nothingUntimely(left),
  ];
}

const time = Temporal.PlainDateTime;

/** 1 and 5: no two occurrences touch the same local time, whatever was edited. */
function onePerPeriod({ occurrences }: Left): string[] {
  const covering = occurrences.filter(({ covers }) => covers !== null);
  return covering.flatMap((one, index) =>
    covering
      .slice(index + 1)
      .filter((other) => time.compare(one.since, other.until) < 0 && time.compare(other.since, one.until) < 0)
      .map((other) => `1: ${one.name} ${one.covers} and ${other.name} ${other.covers} share a period`),
  );
}

/** 1 and 10: what is sent stands in Slack once, and nothing else more often. */
function oncePerMessage({ world, deliveries }: Left): string[] {
  return deliveries.flatMap(({ id, key, state, text }) => {
    const copies = world.slack.said.filter(({ deliveryId }) => deliveryId === id);
    if (copies.length > 1) return [`1: ${key} stands there ${copies.length} times`];
    if (state === 'sent' && copies.length === 0) return [`2: ${key} was taken for sent and is not there`];
    if (state !== 'sent' && copies.length > 0 && state !== 'cancelled') {
      return [`2: ${key} stands there and is taken for ${state}`];
    }
    return copies.some((copy) => copy.text !== text) ? [`2: ${key} reads otherwise than it shall`] : [];
  });
}

/** 2: every time of every rule that was in force lies in what an occurrence covers, and each of those has its reason. */
function nothingVanishes({ world, occurrences }: Left): string[] {
  const problems: string[] = [];
  for (const { rule, from, to } of world.reigns) {
    let slot = nextSlot(rule, from);
    while (slot !== null && Temporal.Instant.compare(slot.at, to) <= 0) {
      const { covers } = slot;
      const isKept = occurrences.some(
        (one) =>
          one.covers !== null &&
          time.compare(one.since, covers.to) < 0 &&
          time.compare(covers.from, one.until) < 0,
      );
      if (!isKept) problems.push(`2: ${slot.name} (${slot.at}, ${rule.zone}) has vanished`);
      slot = nextSlot(rule, slot.at);
    }
  }
  for (const { name, state, reason } of occurrences) {
    if (['skipped', 'missed'].includes(state) && !reason)
      problems.push(`2: ${name} was ${state}, and nobody knows why`);
  }
  return problems;
}

/** 2: no message is left in between, and what was not sent has a reason. */
function everythingEnds({ deliveries }: Left): string[] {
  return deliveries
    .filter(
      ({ state, reason }) =>
        ['pending', 'sending', 'unknown'].includes(state) || (state !== 'sent' && !reason),
    )
    .map(({ key, state, reason }) => `2: ${key} has ended as ${state}: ${reason}`);
}

/** 6: what was in doubt goes out again, or ends unsent, only after a complete negative reading past its settle time. */
function noDoubtWithoutALook({ world, deliveries, traces }: Left): string[] {
  return traces
    .filter(
      ({ before, after }) => before === 'unknown' && ['pending', 'cancelled', 'expired'].includes(after),
    )
    .flatMap(({ delivery, settleMs, atMs, after }) => {
      const { key, channel, parentTs } = deliveries.find(({ id }) => id === delivery) ?? {};
      const claimedMs = traces.findLast(
        (it) => it.delivery === delivery && it.after === 'sending' && it.atMs < atMs,
      )?.atMs;
      const proof = world.slack.reads.find(
        (read) =>
          read.channel === channel &&
          read.threadTs === parentTs &&
          read.isComplete &&
          !read.ids.has(delivery) &&
          read.beganMs >= Math.max(settleMs ?? Number.POSITIVE_INFINITY, (claimedMs ?? atMs) + 45_000) &&
          read.endedMs <= atMs,
      );
      return proof === undefined ? [`6: ${key} went from unknown to ${after} without a look`] : [];
    });
}

/** 7: in each lane what was due earlier stands before what was due later, if both were written down by then. */
function inOrder({ world, deliveries, traces }: Left): string[] {
  const { said, calls } = world.slack;
  const places = new Map(said.map(({ deliveryId }, index) => [deliveryId, index]));
  const stepOf = (id: string, after: string) =>
    traces.find((it) => it.delivery === id && it.after === after)?.step;
  const standing = deliveries.filter(({ id, isNudge }) => places.has(id) && !isNudge);
  const problems: string[] = [];
  for (const [index, one] of standing.entries()) {
    for (const other of standing.slice(index + 1)) {
      if (one.lane !== other.lane || (places.get(one.id) ?? 0) < (places.get(other.id) ?? 0)) continue;
      const call = calls.findLast(({ deliveryId }) => deliveryId === other.id);
      const written = traces.find((it) => it.delivery === one.id && it.before === 'written')?.step ?? 0;
      // A lane does not wait for ever for one that nobody can look for, nor for what answers that one.
      const doubtMs = traces.find(
        (it) => [one.id, one.parentId].includes(it.delivery) && it.after === 'unknown',
      )?.atMs;
      const waited =
        call !== undefined && doubtMs !== undefined && call.beganMs - doubtMs > longestDoubtMs - 60_000;
      if (call !== undefined && written < call.step && !waited) {
        problems.push(`7: ${other.key} overtook ${one.key} (step ${stepOf(other.id, 'sending')})`);
      }
    }
  }
  return problems;
}

/** 7: two posts to one channel are a second apart. */
function spaced({ world }: Left): string[] {
  const last = new Map<string, number>();
  return world.slack.calls.flatMap(({ channel, beganMs, step }) => {
    const apartMs = beganMs - (last.get(channel) ?? Number.NEGATIVE_INFINITY);
    last.set(channel, beganMs);
    return apartMs < usualLimits.channelSpacingMs ? [`7: two posts ${apartMs} ms apart in step ${step}`] : [];
  });
}

/** 7: nobody calls before the wait is over that Slack asked for in an earlier step; one lane that is refused alone, alone. */
function afterRetryAfter({ world }: Left): string[] {
  const { calls, told } = world.slack;
  return told.flatMap(({ channel, step, untilMs, inRow }) =>
    calls
      .filter((call) => call.step > step && call.beganMs < untilMs && (call.channel === channel || inRow < 6))
      .map((call) => `7: called ${untilMs - call.beganMs} ms too early in step ${call.step}`),
  );
}

/** 8: nothing that was withdrawn goes out in a later step, and nothing after its deadline. */
function nothingUntimely({ world, deliveries, traces }: Left): string[] {
  return world.slack.calls.flatMap(({ deliveryId, step, companyMs }) => {
    const { key, expiresMs = null } = deliveries.find(({ id }) => id === deliveryId) ?? {};
    const withdrawn = traces.find((it) => it.delivery === deliveryId && it.after === 'withdrawn')?.step;
    if (withdrawn !== undefined && step > withdrawn) return [`8: ${key} went out after it was withdrawn`];
    return expiresMs !== null && companyMs >= expiresMs ? [`8: ${key} went out after its deadline`] : [];
  });
}
