import type { Word } from '../../platform/slack/command-text.ts';

export type ListQuestion = { of: 'asker' } | { of: { slackId: string | null; name: string | null } };

/** `/okr`, `/okr list` and `/okr list @ana`; null for anything else. */
export function readListQuestion(words: readonly Word[]): ListQuestion | null {
  const [verb, person, ...more] = words;
  if (verb === undefined) return { of: 'asker' };
  if (verb.kind !== 'word' || verb.text.toLowerCase() !== 'list' || more.length > 0) return null;
  if (person === undefined) return { of: 'asker' };
  return person.kind === 'person' ? { of: person } : null;
}
