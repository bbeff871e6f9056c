import { z } from 'zod';
import { type Accepted, accepted } from '../../platform/core/result.ts';
import { isPointer } from './core/pointer.ts';
import type { Every, Kind, Place } from './core/source.ts';

/** Words beside fields. */
export type FieldErrors = { ok: false; errors: Record<string, string> };

const aboutKey = z.object({ key: z.string() });
const aboutPlace = aboutKey.extend({ kind: z.enum(['sql', 'json']) });

/** Of which key result a form is. */
export function readKey(metadata: string): string {
  return aboutKey.parse(JSON.parse(metadata)).key;
}

/** Of which key result and kind the second form is. */
export function readPlaceMetadata(metadata: string): z.output<typeof aboutPlace> {
  return aboutPlace.parse(JSON.parse(metadata));
}

type Values = Record<string, string | null>;

/** What was chosen in the first form. */
export function readKind(values: Values): Kind | 'none' {
  return z.enum(['none', 'webhook', 'json', 'sql']).parse(values['kind']);
}

/** What stands in the second form: a place that can be tried, or what is missing. */
export function readPlace(
  kind: Place['kind'],
  values: Values,
): Accepted<{ place: Place; every: Every }> | FieldErrors {
  const every = z.enum(['hour', 'day', 'week']).catch('day').parse(values['every']);
  const text = (field: string): string => values[field]?.trim() ?? '';
  const errors: Record<string, string> = {};
  if (kind === 'sql') {
    const place = { kind, connection: text('connection'), query: text('query') };
    if (place.connection === '') errors['connection'] = 'Pick a connection.';
    if (place.query === '') errors['query'] = 'Write a query that gives one number.';
    return Object.keys(errors).length > 0 ? { ok: false, errors } : accepted({ place, every });
  }
  const place = { kind, url: text('url'), pointer: text('pointer') };
  if (place.url === '') errors['url'] = 'Write an address like https://bi.example/number.json.';
  if (!isPointer(place.pointer))
    errors['pointer'] = 'A JSON pointer begins with a slash, such as /data/rate.';
  return Object.keys(errors).length > 0 ? { ok: false, errors } : accepted({ place, every });
}
