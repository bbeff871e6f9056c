/** A short name, by which a file refers to somebody. */
export function isHandle(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,79}$/.test(text);
}

/** An e-mail address. ASCII alone: of other letters, PostgreSQL and JavaScript disagree about which are the same in capitals. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[!-~]+$/.test(text) && /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(text);
}

/** A member ID of Slack. */
export function isMemberId(text: string): boolean {
  return text.length <= 30 && /^[UW][A-Z0-9]+$/.test(text);
}

export type Nameless = { id: number; name: string; email: string | null; slackId: string | null };

/**
 * Short names for people who have none yet: of their name, else of their address, else of their member ID. The same
 * people get the same ones every time: whoever has been here longer gets the plain one. `taken` are those of others.
 */
export function handlesFor(people: readonly Nameless[], taken: Iterable<string>): Map<number, string> {
  const used = new Set(taken);
  const handles = new Map<number, string>();
  for (const { id, name, email, slackId } of [...people].sort((a, b) => a.id - b.id)) {
    const plain = slug(name) || slug(email?.split('@')[0] ?? '') || slug(slackId ?? '') || `person-${id}`;
    let handle = plain;
    for (let count = 2; used.has(handle); count += 1) handle = `${plain}-${count}`;
    used.add(handle);
    handles.set(id, handle);
  }
  return handles;
}

/** The letters and digits of a text that a short name may have: "Ana Sørensen" is `ana-sorensen`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[øłđß]/g, (letter) => ({ ø: 'o', ł: 'l', đ: 'd', ß: 'ss' })[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
