import { z } from 'zod';

const id = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** What a button of the list carries: the audit that asks (null: all that somebody owns), and how many stand before. */
export function readPage(value: string): { occurrenceId: number | null; offset: number } {
  const [occurrence, offset = '0'] = value.split(':');
  return { occurrenceId: id.parse(occurrence) || null, offset: id.parse(offset) };
}

/** The same of a button for one rock. */
export function readOne(value: string): { rockId: number; occurrenceId: number | null; offset: number } {
  const [rock, ...page] = value.split(':');
  return { rockId: id.parse(rock), ...readPage(page.join(':')) };
}
