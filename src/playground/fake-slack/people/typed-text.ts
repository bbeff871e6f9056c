import type { World } from '../world.ts';

const link = /\bhttps?:\/\/[^\s<>]+|\bwww\.[a-z0-9-]+\.[^\s<>]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/gi;
const mention = /(^|[\s("'“‘[{,;:/])@([a-z0-9][a-z0-9._-]*)/gi;
const channelName = /(^|[\s("'“‘[{,;:/])#([a-z0-9][a-z0-9_-]*)/gi;
const already = /<(?:[@#!][^<>\s]*|https?:[^<>\s]*)>/g;

/**
 * What a person typed, as Slack sends it: `& < >` escaped, and @names, #channels and links in angle brackets.
 * A command carries names beside the ids (`<@U0ANA|ana>`, `<!subteam^S0TEAM|@team>`); a message the id alone.
 * Mentions that are typed in Slack's own form stay as they are, since clients send them so.
 */
export function linkedText(world: World, typed: string, form: 'command' | 'message'): string {
  return outside(typed, already, (plain) =>
    outside(escapeText(plain), link, (rest) => withNames(world, rest, form), linked),
  );
}

/** Slack's escaping of plain text. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function linked(address: string): string {
  // The full stop that ends a sentence is no part of the address.
  const end = /[.,;:!?)'"]*$/.exec(address)?.[0] ?? '';
  const bare = address.slice(0, address.length - end.length);
  if (/^https?:/i.test(bare)) return `<${bare}>${end}`;
  return bare.includes('@') ? `<mailto:${bare}|${bare}>${end}` : `<http://${bare}|${bare}>${end}`;
}

function withNames(world: World, text: string, form: 'command' | 'message'): string {
  const people = text.replace(mention, (all: string, before: string, name: string) => {
    if (/^(here|channel|everyone)$/i.test(name)) return `${before}<!${name.toLowerCase()}>`;
    const found = longest(name, (candidate) => mentionOf(world, candidate, form));
    return found === undefined ? all : `${before}${found.item}${found.rest}`;
  });
  return people.replace(channelName, (all: string, before: string, name: string) => {
    const channel = world.workspace.findChannel(name);
    return channel === undefined ? all : `${before}<#${channel.id}|${channel.name}>`;
  });
}

/** A person or a user group by this name, as Slack writes a mention of them. */
function mentionOf(world: World, name: string, form: 'command' | 'message'): string | undefined {
  const user = world.workspace.findUser(name);
  if (user !== undefined) return form === 'command' ? `<@${user.id}|${user.name}>` : `<@${user.id}>`;
  const group = world.workspace.findUsergroup(name);
  if (group === undefined) return undefined;
  return form === 'command' ? `<!subteam^${group.id}|@${group.handle}>` : `<!subteam^${group.id}>`;
}

/** Names may end in a full stop or have one after them: the longest that somebody bears wins. */
function longest<T>(
  name: string,
  find: (candidate: string) => T | undefined,
): { item: T; rest: string } | undefined {
  for (let end = name.length; end > 0; end -= 1) {
    const item = find(name.slice(0, end));
    const rest = name.slice(end);
    if (item !== undefined && /^[._-]*$/.test(rest)) return { item, rest };
  }
  return undefined;
}

/** Changes the text outside of what the pattern matches, and each match by its own rule. */
function outside(
  text: string,
  pattern: RegExp,
  change: (plain: string) => string,
  changeMatch: (match: string) => string = (match) => match,
): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    result += change(text.slice(from, match.index)) + changeMatch(match[0]);
    from = match.index + match[0].length;
  }
  return result + change(text.slice(from));
}
