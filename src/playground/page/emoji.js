// @ts-check
/** Every emoji of Slack by its short name, with skin tones: from Slack's own list, which the server makes small. */
const known = await fetch('/playground/lib/emoji.json').then((response) => response.json());

/** The short names without their skin tones, as the message box offers them. */
export const emojiNames = Object.keys(known).filter((name) => !name.includes('::'));

/** @param {string} name `wave` or `wave::skin-tone-3` @returns {string | undefined} */
export function emoji(name) {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

export const shortName = ":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):";

/** Plain text with the short names replaced; others stay as they are written. @param {string} text */
export function withEmoji(text) {
  return text.replace(new RegExp(shortName, 'g'), (all, name) => emoji(name) ?? all);
}
