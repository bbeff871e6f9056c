import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Fault, FaultKind } from '../state/faults.ts';
import type { Crossing } from '../state/journal.ts';
import type { World } from '../world.ts';
import { type Reply, textReply, tooMany } from './reply.ts';

/** One request of Cairn's, as the faults and the log know it. */
export type WireCall = {
  kind: Extract<Crossing['kind'], 'api' | 'response_url'>;
  /** the method, `response_url` or `upload` */
  name: string;
  /** the id of the conversation that it is about */
  channel: string | null;
  request: unknown;
  /** does what is asked; runs once, or not at all */
  answer: () => Promise<Reply>;
};

/** What became of a request that nobody answered. */
type Lost = { status: 'timeout' | 'cut'; answer: unknown; fault: FaultKind };

const disturbing: FaultKind[] = ['rate-limit', 'server-error', 'hang', 'cut-before', 'cut-after'];

/**
 * Answers a request as Slack would, unless it comes before a Retry-After is over or a fault bites: then as that says.
 * What crossed is kept in the log. Rejects when the fake closes while the answer waits.
 */
export async function answerOnWire(world: World, call: WireCall, res: ServerResponse): Promise<void> {
  const began = world.now();
  const target = { name: call.name, channel: call.channel };
  const slow = world.faults.bite(['slow'], target);
  // Whoever gives up in the meantime is taken at their word all the same, as Slack does.
  if (slow !== undefined) await world.waiting.pause(slow.ms);
  const outcome =
    tooEarly(world, call, began) ??
    (await disturbed(world, world.faults.bite(disturbing, target), call, res));
  const { kind, name, request } = call;
  const { status, answer } = outcome;
  const fault = outcome.fault ?? slow?.kind ?? null;
  world.journal.cross({ from: 'cairn', kind, name, request, status, answer, fault }, began);
  world.changes.tell();
  // What Cairn is told has happened stays, whatever becomes of this process.
  await world.keeper.kept();
  if (!('body' in outcome)) res.destroy();
  else res.writeHead(outcome.status, outcome.headers).end(outcome.body);
}

/** A call that was told to wait and did not is told so again, and kept as refused. */
function tooEarly(world: World, { name, channel, request }: WireCall, began: number): Reply | undefined {
  const hold = world.holds.find({ method: name, channel });
  if (hold === undefined) return undefined;
  // A request that was under way when the wait began could not know of it.
  if (began >= hold.since) {
    const messages = [
      `[ERROR] called ${inSeconds(hold.leftMs)} before Retry-After was over, ${inSeconds(began - hold.since)} after it was told`,
    ];
    world.journal.refuse({ method: name, error: 'before_retry_after', messages, arguments: request });
  }
  return tooMany(Math.ceil(hold.leftMs / 1000), null);
}

async function disturbed(
  world: World,
  fault: Fault | undefined,
  call: WireCall,
  res: ServerResponse,
): Promise<Reply | Lost> {
  switch (fault?.kind) {
    case 'rate-limit': {
      const { id, channel, retry_after } = fault;
      // Whoever has given up hears of no wait, and cannot be blamed for it.
      if (retry_after !== null && !res.closed)
        world.holds.put({ method: call.name, channel }, retry_after, id);
      return tooMany(retry_after, fault.kind);
    }
    case 'server-error':
      return textReply(fault.status, 'Slack has trouble', fault.kind);
    case 'hang':
      await closed(world, res);
      return { status: 'timeout', answer: null, fault: fault.kind };
    case 'cut-before':
      return { status: 'cut', answer: null, fault: fault.kind };
    case 'cut-after':
      return { status: 'cut', answer: (await call.answer()).answer, fault: fault.kind };
    default:
      return call.answer();
  }
}

/** Resolves when the caller gives up, or the fake closes. */
async function closed(world: World, res: ServerResponse): Promise<void> {
  if (res.closed) return;
  await once(res, 'close', { signal: world.closing }).catch(() => undefined);
}

function inSeconds(ms: number): string {
  return `${ms / 1000} s`;
}
