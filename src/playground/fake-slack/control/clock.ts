import { z } from 'zod';
import type { PlaygroundClock, Turned } from '../../clock.ts';
import { CannotDo } from '../refusal.ts';
import type { World } from '../world.ts';

/** The clock as the control API tells it. */
export type SeenClock = {
  now: string;
  /** the company's */
  zone: string;
  running: boolean;
  /** false where there is no clock but machine time */
  can_turn: boolean;
  /** a jump is under way, and `now` follows it */
  turning: boolean;
  next: { at: string; what: string } | null;
  jumps: { key: string; label: string; at: string }[];
};

type ClockControl = { world: World; clock: PlaygroundClock | undefined };

/** GET clock. */
export async function clockSeen({ world, clock }: ClockControl): Promise<SeenClock> {
  if (clock === undefined) {
    const now = (await world.companyNow()).toISOString();
    return { now, zone: 'UTC', running: true, can_turn: false, turning: false, next: null, jumps: [] };
  }
  const { now, zone, isRunning, isTurning, next, jumps } = await clock.look();
  return {
    now: now.toISOString(),
    zone,
    running: isRunning,
    can_turn: true,
    turning: isTurning,
    next: next === null ? null : { at: next.at.toISOString(), what: next.what },
    jumps: jumps.map(({ key, label, at }) => ({ key, label, at: at.toISOString() })),
  };
}

const nothing = z.strictObject({});
const target = z.strictObject({ to: z.string() });
const instant = z.iso.datetime({ offset: true });

/** POST clock, clock/pause and clock/run; undefined for any other name. Refuses in words. */
export async function changeClock(
  { world, clock }: ClockControl,
  name: string,
  body: unknown,
): Promise<Turned | undefined> {
  const change = changes.get(name);
  if (change === undefined) return undefined;
  if (clock === undefined) return { ok: false, words: 'there is no clock to turn here' };
  const changing = change(clock, body);
  // Once when it begins, so that every page sees that time passes, and once when it is done.
  const tell = () => world.changes.tell();
  tell();
  return await changing.finally(tell);
}

const changes = new Map<string, (clock: PlaygroundClock, body: unknown) => Promise<Turned>>([
  ['clock', async (clock, body) => await clock.turnTo(await targetOf(clock, target.parse(body).to))],
  ['clock/pause', (clock, body) => done(() => clock.pause(), body)],
  ['clock/run', (clock, body) => done(() => clock.run(), body)],
]);

/** An ISO instant, or where a jump goes from now. */
async function targetOf(clock: PlaygroundClock, to: string): Promise<Date> {
  const read = instant.safeParse(to);
  if (read.success) return new Date(read.data);
  const { jumps } = await clock.look();
  const jump = jumps.find(({ key }) => key === to);
  if (jump !== undefined) return jump.at;
  const keys = jumps.map(({ key }) => key).join(', ');
  throw new CannotDo(`to is an instant such as 2026-11-23T09:00:00+01:00, or one of ${keys}`);
}

async function done(work: () => Promise<void>, body: unknown): Promise<Turned> {
  nothing.parse(body);
  await work();
  return { ok: true };
}
