/** One word of a command's text, as Slack sends it (with `should_escape`) or as people type it. */
export type Word =
  | { kind: 'word'; text: string; isQuoted: boolean }
  | { kind: 'person'; slackId: string | null; name: string | null }
  | { kind: 'channel'; slackId: string | null; name: string | null }
  | { kind: 'group'; slackId: string; name: string | null }
  | { kind: 'url'; url: string };

const longest = 3000;

const forms: [RegExp, (match: RegExpExecArray) => Word][] = [
  [
    /^<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/,
    (m) => ({ kind: 'person', slackId: m[1] ?? null, name: m[2] || null }),
  ],
  [
    /^<#([CG][A-Z0-9]+)(?:\|([^>]*))?>/,
    (m) => ({ kind: 'channel', slackId: m[1] ?? null, name: m[2] || null }),
  ],
  [
    /^<!subteam\^([A-Z0-9]+)(?:\|@?([^>]*))?>/,
    (m) => ({ kind: 'group', slackId: m[1] ?? '', name: m[2] || null }),
  ],
  [/^<(https?:\/\/[^>|]+)(?:\|[^>]*)?>/, (m) => ({ kind: 'url', url: unescaped(m[1] ?? '') })],
  [
    /^["“”„](.*?)["“”](?=[\s?!.,;:]|$)/s,
    (m) => ({ kind: 'word', text: unescaped(m[1] ?? '').trim(), isQuoted: true }),
  ],
  [/^https?:\/\/\S+/, (m) => ({ kind: 'url', url: unescaped(m[0]) })],
  [/^@([\p{L}\p{N}._-]+)(?=\s|$)/u, (m) => ({ kind: 'person', slackId: null, name: m[1] ?? null })],
  [/^#([\p{L}\p{N}_-]+)(?=\s|$)/u, (m) => ({ kind: 'channel', slackId: null, name: m[1] ?? null })],
  [/^\S+/, (m) => ({ kind: 'word', text: unescaped(m[0]), isQuoted: false })],
];

/** Splits a command's text into words. Control characters count as spaces; what is over 3,000 characters is cut. */
export function readWords(text: string): Word[] {
  let rest = text
    .slice(0, longest)
    .replace(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e]+/gu, ' ')
    .trimStart();
  const words: Word[] = [];
  while (rest !== '') {
    const [word, length] = readWord(rest);
    words.push(word);
    rest = rest.slice(length).trimStart();
  }
  return words;
}

/** The words as one text again, for a name that was typed without quotes. */
export function spoken(words: readonly Word[]): string {
  return words.map(asTyped).join(' ').trim();
}

function asTyped(word: Word): string {
  switch (word.kind) {
    case 'word':
      return word.text;
    case 'person':
      return `@${word.name ?? word.slackId}`;
    case 'channel':
      return `#${word.name ?? word.slackId}`;
    case 'group':
      return `@${word.name ?? word.slackId}`;
    case 'url':
      return word.url;
  }
}

function readWord(rest: string): [Word, number] {
  for (const [form, read] of forms) {
    const match = form.exec(rest);
    if (match !== null) return [read(match), match[0].length];
  }
  return [{ kind: 'word', text: rest, isQuoted: false }, rest.length];
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
