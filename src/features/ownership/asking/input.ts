import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import type { Question } from '../core/rock.ts';
import { readQuestion } from '../input.ts';

/**
 * What somebody wants of Cairn in a sentence. `isAsked`: they asked in words, so that what is not found is a question
 * without an answer, and not small talk.
 */
export type Wish = { kind: 'help' } | { kind: 'question'; question: Question; isAsked: boolean };

/** How people ask for an owner; what comes after it is the name. The longest first. */
const asking = [
  'who is the owner of',
  "who's the owner of",
  'whos the owner of',
  'who is the owner for',
  "who's the owner for",
  'who is responsible for',
  "who's responsible for",
  'who is accountable for',
  "who's accountable for",
  'who takes care of',
  'who looks after',
  'what does',
  'who owns',
  'who own',
  'who carries',
  'who has',
  'owner of',
  'owner for',
].map((phrase) => phrase.split(' '));

/** At the very beginning these do as well, as in a command. */
const openings = [['/owner'], ['owner']];

/** What people say around a name. */
const fillers = new Set(['please', 'pls', 'thanks', 'thx', 'ty', 'own', 'carry', 'hey', 'hi', 'hello']);
/** A name has rarely more words than this; without a word of asking, more are a sentence. */
const mostWordsOfName = 5;

/** What somebody means who says this to Cairn. */
export function readWish(words: readonly Word[]): Wish {
  const after = phraseEnd(words) ?? opening(words);
  if (after !== null) return question(words.slice(after), true);
  const name = nameIn(words);
  if (name.length > mostWordsOfName) return { kind: 'help' };
  const isQuestion = /[?]\s*$/.test(spoken(words));
  return question(words, isQuestion);
}

function question(words: readonly Word[], isAsked: boolean): Wish {
  const name = nameIn(words);
  const [only] = name;
  if (name.length === 1 && only?.kind === 'word' && only.text.toLowerCase() === 'help')
    return { kind: 'help' };
  const read = readQuestion(name);
  return read === null ? { kind: 'help' } : { kind: 'question', question: read, isAsked };
}

/** The words of the name: up to the end of the question, without articles before and pleasantries around it. */
function nameIn(words: readonly Word[]): Word[] {
  const end = words.findIndex((word) => isPlain(word) && /[?]$/.test(word.text));
  const name = (end < 0 ? [...words] : words.slice(0, end + 1))
    .map((word) => (isPlain(word) ? { ...word, text: word.text.replace(/[?!.,;:…]+$/, '') } : word))
    .filter((word) => !isPlain(word) || word.text !== '');
  const isFiller = (word: Word | undefined): boolean =>
    word !== undefined && isPlain(word) && fillers.has(word.text.toLowerCase());
  while (isFiller(name.at(-1))) name.pop();
  while (isFiller(name[0])) name.shift();
  const [first, ...rest] = name;
  const isArticle = first !== undefined && isPlain(first) && /^(?:the|our)$/i.test(first.text);
  return isArticle && rest.length > 0 ? rest : name;
}

function opening(words: readonly Word[]): number | null {
  const found = openings.find((phrase) => words.length > phrase.length && startsWith(words, 0, phrase));
  return found?.length ?? null;
}

/** Where the first phrase of asking ends. */
function phraseEnd(words: readonly Word[]): number | null {
  for (const at of words.keys()) {
    const phrase = asking.find((one) => startsWith(words, at, one));
    if (phrase !== undefined) return at + phrase.length;
  }
  return null;
}

function startsWith(words: readonly Word[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((part, index) => {
    const word = words[at + index];
    return word !== undefined && isPlain(word) && bare(word.text) === part;
  });
}

/** A word as phrases have it: without case, and without what ends a sentence. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[?!.,;:…]+$/, '');
}

function isPlain(word: Word): word is Extract<Word, { kind: 'word' }> {
  return word.kind === 'word' && !word.isQuoted;
}
