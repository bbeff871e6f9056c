import { isObject } from '../http.ts';
import type { Answer } from './method.ts';

/** A cursor that an empty page gave out begins so, in the base64 of `later:`; what follows is the cursor it came for. */
const mark = Buffer.from('later:').toString('base64');

/** The arguments with the cursor that was asked for, if an empty page stood before it: that one is over then. */
export function withoutLater(given: Record<string, unknown>): {
  given: Record<string, unknown>;
  isLater: boolean;
} {
  const { cursor, ...rest } = given;
  if (typeof cursor !== 'string' || !cursor.startsWith(mark)) return { given, isLater: false };
  const before = cursor.slice(mark.length);
  return { given: before === '' ? rest : { ...rest, cursor: before }, isLater: true };
}

/** A page of a list without what is on it, whose cursor leads back to it; undefined for what is no page of a list. */
export function emptied(answer: Answer, { cursor }: Record<string, unknown>): Answer | undefined {
  const { response_metadata: metadata } = answer;
  if (!isObject(metadata) || typeof metadata['next_cursor'] !== 'string') return undefined;
  const entries = Object.entries(answer).map(([key, value]) => [key, Array.isArray(value) ? [] : value]);
  const next_cursor = `${mark}${typeof cursor === 'string' ? cursor : ''}`;
  return {
    ...Object.fromEntries(entries),
    ...('has_more' in answer ? { has_more: true } : {}),
    response_metadata: { ...metadata, next_cursor },
  };
}
