/** Somebody who could lead a team: a full member who is in it. `title` is their profile's, '' where it says nothing. */
export type Candidate = { slackId: string; name: string; title: string };

/** What is known of where a team comes from; a group and picked people have neither topic nor creator. */
export type Signs = { topic: string; purpose: string; creatorId: string | null };

/** Who is proposed, and why. */
export type ProposedLead = { slackId: string; why: 'topic' | 'creator' | 'title' };

const word = String.raw`\b(?:team[ -]?lead|lead|led by|head|manager|owner|owned by|pm|em)\b`;
const leads = new RegExp(String.raw`${word}\s*(?:is|:|=|-|–)?\s*(?:by\s+)?`, 'giu');
const titled = /\b(?:lead|head|manager|director)\b/i;

/**
 * Who might lead a team: whom the channel's topic or purpose names as its lead, else who created the channel, else the
 * one member whose title says so. Null where nobody, or more than one by title, comes to mind.
 */
export function proposeLead(candidates: readonly Candidate[], signs: Signs): ProposedLead | null {
  const named = namedIn(signs.topic, candidates) ?? namedIn(signs.purpose, candidates);
  if (named !== null) return { slackId: named.slackId, why: 'topic' };
  const creator = candidates.find(({ slackId }) => slackId === signs.creatorId);
  if (creator !== undefined) return { slackId: creator.slackId, why: 'creator' };
  const [first, second] = candidates.filter(({ title }) => titled.test(title));
  return first === undefined || second !== undefined ? null : { slackId: first.slackId, why: 'title' };
}

/** Who is named right behind a word for it: by mention, by @name or by name, whole or the first alone if that is sure. */
function namedIn(text: string, candidates: readonly Candidate[]): Candidate | null {
  for (const found of text.matchAll(leads)) {
    const rest = text.slice(found.index + found[0].length);
    const mention = /^<@([A-Z0-9]+)/.exec(rest)?.[1];
    if (mention !== undefined) {
      const meant = candidates.find(({ slackId }) => slackId === mention);
      if (meant !== undefined) return meant;
      continue;
    }
    const plain = rest.replace(/^@/, '').toLowerCase();
    const begins = (name: string) =>
      plain.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(plain.slice(name.length));
    const whole = candidates.filter(({ name }) => begins(name));
    const first = candidates.filter(({ name }) => begins(name.split(' ')[0] ?? name));
    const [meant, other] = whole.length > 0 ? whole : first;
    if (meant !== undefined && other === undefined) return meant;
  }
  return null;
}
