/** Where in a file: keys of maps and places of lists, from the top. */
export type Path = readonly (string | number)[];

/** Something wrong with a file: what it is and, after a semicolon, how to mend it. */
export type Finding = {
  path: Path;
  words: string;
  /** Where it stands, when the path alone does not tell (a key that is there twice). */
  offset?: number;
  /** Where another program's file says what this is about. */
  place?: { file: string; line: number; label: string };
};

/** A path as people read it: `rocks[3].owner`. What is no plain word is quoted, so that nothing hides in it. */
export function pathWords(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\p{L}\p{N}_.@-]{1,80}$/u.test(part)) return `[${shown(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** A value of the file as it is quoted back: control characters escaped, and never long. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? 'nothing';
  const letters = Array.from(text);
  return letters.length <= 62 ? text : `${letters.slice(0, 60).join('')}…"`;
}
