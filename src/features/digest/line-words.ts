import { inline, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Line } from './core/digest.ts';

/** A line as people read it, at most so many characters; words of a person never without their name. */
export function lineWords({ mark, title, facts, said }: Line, most: number): string {
  const begin = mark === '' ? '' : `${mark} `;
  const what = `${begin}*${inline(shortened(title, 90))}* · ${facts.map((fact) => factWords(fact)).join(' · ')}`;
  if (said === null) return shortenedMrkdwn(what, most);
  const by = `”, ${inline(shortened(said.by.name, 60))}`;
  const first = shortenedMrkdwn(what, Math.max(100, most - 120));
  const room = most - first.length - by.length - 2;
  const words = shortenedMrkdwn(inline(said.words), Math.max(1, room));
  return `${first}\n“${words}${by}`;
}

/** A fact is ours with names and titles in it; its marks and figures stay as they are. */
function factWords(fact: string): string {
  return inline(shortened(fact, 140));
}
