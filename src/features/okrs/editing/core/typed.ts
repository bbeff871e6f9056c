type Right<T> = { ok: true; value: T };
type Wrong = { ok: false; words: string; field?: string };
/** What was typed, or words beside its field, without formatting. `field` where the reader cannot know it otherwise. */
export type Typed<T> = Right<T> | Wrong;

export const right = <T>(value: T): Right<T> => ({ ok: true, value });
export const wrong = (words: string, field?: string): Wrong =>
  field === undefined ? { ok: false, words } : { ok: false, words, field };

/** The most characters of each text, as a file may have them. */
export const longest = { title: 200, unit: 20, why: 500 };

/** A title in one line. `example` shows what is meant. */
export function readTitle(text: string | null | undefined, example: string): Typed<string> {
  const title = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (title === '') return wrong(`Give it a title, such as “${example}”.`);
  if (Array.from(title).length > longest.title)
    return wrong(
      `A title has ${longest.title} characters at most; this one has ${Array.from(title).length}.`,
    );
  return right(title);
}

/** Why something changes, or null where nothing is said. */
export function readWhy(text: string | null | undefined): Typed<string | null> {
  const why = text?.trim() ?? '';
  return why.length > longest.why
    ? wrong(`${longest.why} characters are the most; these are ${why.length}.`)
    : right(why || null);
}
