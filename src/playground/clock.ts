import type { CompanyClock, Turned } from '../company-clock.ts';

export type { Turned };

/** Company time, which lives in Cairn's database; the playground shows it, turns it forward and lets it stand. */
export type PlaygroundClock = Omit<CompanyClock, 'stop'>;
