import { Temporal } from 'temporal-polyfill';
import { ago } from '../../../platform/core/time-words.ts';
import { type Measured, valueWords } from '../../okrs/core/key-result.ts';

export type Kind = 'webhook' | 'sql' | 'json';
export type Every = 'hour' | 'day' | 'week';

/** Where a value is looked up. A connection is the NAME of CAIRN_SQL_NAME; an address is https. */
export type Place =
  | { kind: 'sql'; connection: string; query: string }
  | { kind: 'json'; url: string; pointer: string };

/** How a source stands. Instants are company time. */
export type Standing = {
  kind: Kind;
  /** Of an SQL source. */
  connection: string | null;
  createdAt: Temporal.Instant;
  last: { value: number; at: Temporal.Instant } | null;
  lastSuccessAt: Temporal.Instant | null;
  /** Why it failed, as people read it; null: the last try went well. */
  failure: string | null;
};

/** A source with how its values are written. */
export type Source = Standing & { measure: Pick<Measured, 'type'> & { unit: string | null } };

/** Nobody asks a webhook: one that has been silent for longer than this, in days, would have had a check-in without news. */
export const longestSilenceDays = 8;

/** After so many failures in a row the key result's owner is told, once. */
export const tellAfter = 3;

/** Why a source gives no value now, as people read it; null: it works. */
export function failureOf(source: Standing, now: Temporal.Instant): string | null {
  if (source.failure !== null) return source.failure;
  if (source.kind !== 'webhook') return null;
  const since = source.lastSuccessAt ?? source.createdAt;
  const silence = now.since(since, { largestUnit: 'hours' }).hours;
  return silence > longestSilenceDays * 24 ? `Nothing has come for ${Math.floor(silence / 24)} days.` : null;
}

/** "from a webhook": plain text, as it is. */
export function kindWords({ kind, connection }: Pick<Standing, 'kind' | 'connection'>): string {
  if (kind === 'webhook') return 'a webhook';
  return kind === 'json' ? 'a JSON address' : `SQL (${connection})`;
}

/**
 * One line of plain text for `/okr show`: where the number comes from, the last one and its age by the calendar of `zone`,
 * and, when none comes any more, why.
 */
export function sourceLine(source: Source, now: Temporal.Instant, zone = 'UTC'): string {
  const from = kindWords(source);
  const failure = failureOf(source, now);
  const last =
    source.last === null
      ? null
      : `${valueWords(source.last.value, source.measure)}, ${ago(source.last.at, now, zone)}`;
  if (failure !== null) {
    return `The number from ${from} does not come. ${failure}${last === null ? '' : ` The last one: ${last}.`}`;
  }
  return last === null ? `Number from ${from}: none has come yet.` : `Number from ${from}: ${last}.`;
}

/**
 * When a source that has just failed is tried again: within the hour while nobody has been told, so that what is soon over
 * is told to nobody; then at its usual time, `usual`.
 */
export function retryAt(failures: number, now: Temporal.Instant, usual: Temporal.Instant): Temporal.Instant {
  const soon = now.add({ hours: 1 });
  return failures < tellAfter && Temporal.Instant.compare(soon, usual) < 0 ? soon : usual;
}
