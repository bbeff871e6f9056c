import { type Refusal, refused } from '../../../platform/core/result.ts';

/** So many requests of one token are answered in a window, by all processes together. */
export const mostRequests = 120;
export const windowSeconds = 60;

/** The no for a token that has asked too often; the window is over in `seconds`. */
export function tooMany(seconds: number): Refusal {
  const when = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return refused(
    'too-many-requests',
    `A token may ask ${mostRequests} times a minute, and this one has. Ask again in ${when}.`,
  );
}
