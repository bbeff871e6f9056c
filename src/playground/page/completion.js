// @ts-check
import { emoji, emojiNames } from './emoji.js';
import { store } from './store.js';

const most = 8;

/** @typedef {{ text: string, title: string, more: string, gap: string }} Choice `gap` follows when it is taken */

/**
 * What could be meant by what is being written where the cursor stands.
 * @param {string} before the text up to the cursor @param {boolean} inThread Slack takes no commands there
 * @returns {{ from: number, choices: Choice[] }} `from`: where the word begins that a choice replaces
 */
export function complete(before, inThread) {
  const [, whole, typed] = /^(?:(\/\S+)\s+)?(\/?[\w-]*)$/.exec(before) ?? [];
  const isCommand = whole === undefined ? typed?.startsWith('/') : isWhole(whole) && !typed.startsWith('/');
  if (isCommand && !inThread)
    return { from: before.length - typed.length, choices: commands(whole !== undefined, typed) };
  const word = /(?:^|[\s("'“‘[{,;/])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (word) {
    const find = word[1] === '@' ? peopleAndGroups : channels;
    return { from: before.length - word[2].length - 1, choices: find(word[2].toLowerCase()) };
  }
  const short = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  if (short) return { from: before.length - short[1].length - 1, choices: emojis(short[1]) };
  return { from: 0, choices: [] };
}

/** How the command is used that this text begins with; `/cairn owner` is used as `/owner` is. @param {string} text */
export function hintFor(text) {
  const [, first, second] = /^(\/\S+)\s+(?:(\S+)\s)?/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const all = store.seen?.commands ?? [];
  const inner = isWhole(first) && all.find((it) => it.command === `/${second}`);
  if (inner) return { name: `${first} ${second}`, usage: inner.usage_hint };
  const outer = all.find((it) => it.command === first.toLowerCase());
  return outer && { name: outer.command, usage: outer.usage_hint };
}

/** The one command below which all others work as well: the one with the bot's own name. */
const isWhole = (command) => command.toLowerCase() === `/${store.seen.bot.name.toLowerCase()}`;

/** @returns {Choice[]} */
function commands(below, typed) {
  const wanted = typed.toLowerCase();
  const all = store.seen.commands;
  const choice = (text) => (it) => ({
    text: text(it),
    title: `${text(it)} ${it.usage_hint}`,
    more: it.description,
    gap: ' ',
  });
  if (!below) return all.filter((it) => it.command.startsWith(wanted)).map(choice((it) => it.command));
  const inner = all.filter((it) => !isWhole(it.command)).map(choice((it) => it.command.slice(1)));
  // What the manifest hints at for /cairn itself, as far as it is no command of its own.
  const hints = (all.find((it) => isWhole(it.command))?.usage_hint ?? '')
    .split('|')
    .map((it) => it.trim())
    .filter((it) => it !== '' && !inner.some((one) => one.text === it.split(' ')[0]))
    .map((text) => ({ text, title: text, more: '', gap: ' ' }));
  return [...hints, ...inner].filter((it) => it.text.startsWith(wanted));
}

const including = (query) => (it) => `${it.title} ${it.more}`.toLowerCase().includes(query);

/** @returns {Choice[]} */
function peopleAndGroups(query) {
  const people = store.seen.people
    .filter((it) => !it.deleted)
    .map((it) => ({
      text: `@${it.name}`,
      title: it.real_name,
      more: [`@${it.name}`, it.title].filter(Boolean).join(' · '),
      gap: ' ',
    }));
  const groups = (store.seen.usergroups ?? []).map((it) => ({
    text: `@${it.handle}`,
    title: `@${it.handle}`,
    more: it.name,
    gap: ' ',
  }));
  return [...people, ...groups].filter(including(query)).slice(0, most);
}

/** Every public channel can be named, those too that one is not in. @returns {Choice[]} */
function channels(query) {
  return [...store.seen.channels.filter((it) => it.kind === 'channel'), ...store.seen.others]
    .map((it) => ({
      text: `#${it.name}`,
      title: `#${it.name}`,
      more: it.topic ?? 'you are not in it',
      gap: ' ',
    }))
    .filter(including(query))
    .slice(0, most);
}

/** @returns {Choice[]} */
function emojis(query) {
  const starting = emojiNames.filter((name) => name.startsWith(query));
  const within = emojiNames.filter((name) => !name.startsWith(query) && name.includes(query));
  return [...starting, ...within]
    .slice(0, most)
    .map((name) => ({ text: `:${name}:`, title: `${emoji(name)} :${name}:`, more: '', gap: ' ' }));
}
