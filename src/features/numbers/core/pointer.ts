import { accepted, type Refusal, type Result } from '../../../platform/core/result.ts';

const asNumber = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a text is a JSON pointer (RFC 6901): empty for the whole, else parts that each begin with a slash. */
export function isPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);
}

/** The number at `pointer` in a parsed JSON document; a text that is nothing but a number is one. Refuses all else. */
export function numberAt(document: unknown, pointer: string): Result<number> {
  let here: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    // A list's own names are its indexes and `length`, which is none of its values.
    const isName = !Array.isArray(here) || /^(?:0|[1-9]\d*)$/.test(name);
    if (!isObject(here) || !isName || !Object.hasOwn(here, name))
      return no(`There is nothing at ${pointer}.`);
    here = here[name];
  }
  const value = typeof here === 'string' && asNumber.test(here.trim()) ? Number(here) : here;
  if (typeof value === 'number' && Number.isFinite(value)) return accepted(value);
  return no(`At ${pointer === '' ? 'the top' : pointer} there is ${nameOf(here)}, not a number.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function no(words: string): Refusal {
  return { ok: false, code: 'no-number', words, field: 'pointer' };
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
