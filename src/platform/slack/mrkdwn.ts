/** Slack's three control characters, as its documentation asks them to be escaped. */
const control: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Keeps what somebody wrote from becoming a mention, a link or a new line of our own message. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => control[character] ?? character);
}

/** The same for names and titles that stand inside a line: line breaks are folded, and `*_~` stay as typed. */
export function inline(text: string): string {
  // Overrides and isolates of direction would turn the words after the name around.
  const line = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
  // A zero-width space keeps Slack from reading the character after it as formatting.
  return escaped(line.trim()).replace(/[*_~`]/g, '\u200b$&\u200b');
}

/** Words of a person as a quote: each line marked, so that nothing of it can look like ours. */
export function quoted(text: string): string {
  return escaped(text)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `> ${line}`)
    .join('\n');
}

/** A person as Slack shows people; somebody whom Slack does not know yet is shown by name. */
export function personMention(person: { slackId: string | null; name: string }): string {
  return person.slackId === null ? inline(person.name) : `<@${person.slackId}>`;
}

export function channelMention(channel: { slackId: string | null; name: string }): string {
  return channel.slackId === null ? `#${inline(channel.name)}` : `<#${channel.slackId}>`;
}

/** A link whose label cannot end it early. `url` was checked to be http(s) when it was saved. */
export function link(url: string, label: string): string {
  const safe = url.replace(/[<>|\s]/g, (character) => encodeURIComponent(character)).replaceAll('&', '&amp;');
  return `<${safe}|${inline(label).replaceAll('|', '¦') || 'link'}>`;
}

/** Shortens to Slack's limit for a field; an ellipsis shows that something was cut. */
export function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : `${beginning(text, limit - 1)}…`;
}

/** The same for words of our own around escaped ones: no mention, link or escaped character is cut in two. */
export function shortenedMrkdwn(mrkdwn: string, limit: number): string {
  if (mrkdwn.length <= limit) return mrkdwn;
  return `${beginning(mrkdwn, limit - 1).replace(/(?:<[^<>]*|&[a-z]*)$/, '')}…`;
}

/** At most `length` of the text, without half a character at its end. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
