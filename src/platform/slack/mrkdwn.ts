import { hitMarks } from '../core/hit-marks.ts';

/** Slack's three control characters, as its documentation asks them to be escaped. */
const control: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Keeps what somebody wrote from becoming a mention, a link or a new line of our own message. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => control[character] ?? character);
}

/**
 * What Slack reads as formatting, its wide forms as well, and the look-alikes that it does not. Slack has no escape
 * for these, and spaces of no width around one make it format where it would not have.
 */
const lookAlikes: Record<string, string> = {
  '*': '\u2217',
  '\uff0a': '\ufe61',
  _: '\u02cd',
  '\uff3f': '\u2e0f',
  '`': '\u02cb',
  '\uff40': '\u02cb',
  '~': '\u223c',
};

/** The same for names and titles that stand inside a line: line breaks are folded, and nothing formats. */
export function inline(text: string): string {
  // Overrides and isolates of direction would turn the words after the name around.
  const line = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\s\p{Cc}]+/gu, ' ');
  return (
    escaped(line.trim())
      // Inside a word an underscore formats nothing, and names such as failed_rate are to be copied as they are.
      .replace(
        /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[*`~\uff0a\uff3f\uff40]/g,
        (mark) => lookAlikes[mark] ?? mark,
      )
      // At the beginning of a line it would make a quote of all that follows; a soft hyphen is not seen.
      .replace(/^(?:&gt;|\uff1e)/, '\u00ad$&')
  );
}

/** A snippet of somebody's words on one line, in which nothing formats but its hits, which are bold. */
export function inlineHits(snippet: string): string {
  return inline(snippet).replaceAll(hitMarks.begin, '*').replaceAll(hitMarks.end, '*');
}

/**
 * Words of a person as a quote: each line marked, so that nothing of it can look like ours. Formatting in a line
 * ends with it; a block of code would go on until the next one, through words of ours.
 */
export function quoted(text: string): string {
  return escaped(text)
    .replace(/[`\uff40]{3,}/g, (marks) => '\u02cb'.repeat(marks.length))
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
