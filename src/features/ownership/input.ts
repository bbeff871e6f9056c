import { spoken, type Word } from '../../platform/slack/command-text.ts';
import type { Question } from './core/rock.ts';

/** What `/owner …` asks for; null when nothing was typed. Reserved words win, quotes make a name of them. */
export function readQuestion(words: readonly Word[]): Question | null {
  const [first, ...more] = words;
  if (first === undefined) return null;
  if (more.length > 0) return { kind: 'name', text: spoken(words) };
  switch (first.kind) {
    case 'person':
      return { kind: 'person', slackId: first.slackId, name: first.name };
    case 'channel':
      return { kind: 'channel', slackId: first.slackId, name: first.name };
    case 'url':
      return { kind: 'url', url: first.url };
    case 'group':
      return { kind: 'group', slackId: first.slackId, name: first.name };
    case 'word': {
      const word = first.text.toLowerCase();
      if (!first.isQuoted && (word === 'unowned' || word === 'stale')) return { kind: word };
      return { kind: 'name', text: first.text };
    }
  }
}
