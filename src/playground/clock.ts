import type { CompanyClock, Turned } from '../company-clock.ts';

export type { Turned };

/** Company time, which lives in Cairn's database; the playground shows it, turns it forward and lets it stand. */
export type PlaygroundClock = Omit<CompanyClock, 'stop'>;

/** A clock that shows what this one shows now, for as long as there is no Cairn to ask, and that nobody can turn. */
export async function standingStill(clock: PlaygroundClock): Promise<PlaygroundClock> {
  const face = { ...(await clock.look()), isRunning: false, next: null, jumps: [] };
  return {
    now: async () => face.now,
    look: async () => face,
    turnTo: async () => ({ ok: false, words: 'Cairn is just beginning anew: try again in a moment.' }),
    pause: async () => {},
    run: async () => {},
  };
}
