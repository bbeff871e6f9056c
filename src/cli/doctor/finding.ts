/** What one look has found: it is well; it is worth knowing; or it has to be mended, and how. */
export type Finding = { about: string; state: 'ok' | 'note' | 'mend'; words: string };

export const well = (about: string, words: string): Finding => ({ about, state: 'ok', words });
export const note = (about: string, words: string): Finding => ({ about, state: 'note', words });
export const mend = (about: string, words: string): Finding => ({ about, state: 'mend', words });

/** One line each: `ok    Database: …`. */
export function lineOf({ about, state, words }: Finding): string {
  return `${state.padEnd(4)}  ${about}: ${words}`;
}
