/**
 * An expected no: a code for programs and words for the person. Surprises throw instead. `field` is the block of a form
 * that it is about: words beside a field are without formatting.
 */
export type Refusal = { ok: false; code: string; words: string; field?: string };
export type Accepted<T> = { ok: true; value: T };
export type Result<T> = Accepted<T> | Refusal;

export function accepted<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refused(code: string, words: string): Refusal {
  return { ok: false, code, words };
}
