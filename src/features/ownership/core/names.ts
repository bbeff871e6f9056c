/** Longer than any rock's name; whoever types more than this is not typing a name. */
export const longestName = 200;

/**
 * Accents, and the vowel points that Arabic and Hebrew may leave out. Other scripts (Devanagari, Thai, kana)
 * tell words apart by their marks, so those stay.
 */
const accents =
  /[[\p{M}&&[\p{Script=Inherited}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]]--[\u3099\u309a]]/gv;

/**
 * A name as it is compared: without case, accents, hyphens, punctuation and plural.
 * "Résumé-imports" and "resume import" are the same name.
 */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .replace(/[øł]/g, (letter) => (letter === 'ø' ? 'o' : 'l'))
    .replaceAll('ß', 'ss')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}#+]+/gu, ' ')
    .trim()
    .split(' ')
    .map(singular)
    .join(' ');
}

/** English plurals alone: "payments" and "payment", "policies" and "policy"; "status" and "sms" stay. */
function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
