import { randomInt } from 'node:crypto';
import type { Log } from '../log.ts';
import { plain } from './commands.ts';
import type { Content } from './elements.ts';

/** Letters and digits that nobody mixes up when reading them aloud. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/**
 * The words for somebody who met a defect, with a reference; the log has the same reference with the cause.
 */
export function apologise(log: Log, where: string, error: unknown): Content {
  const reference = Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
  log.error({ err: error, reference, where }, 'a request failed');
  return plain(
    `Sorry, that went wrong on my side. Please try again; if it happens twice, tell your Cairn admin this reference: *${reference}*.`,
  );
}
