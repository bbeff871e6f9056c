/** Links as Slack writes them in a text: `<https://…>` or `<https://…|label>`. */
const written = /<(https?:\/\/[^>|\s]+)(?:\|([^>]*))?>/g;

/** Deeper than any message of Slack's nests. */
const deepest = 12;
/** A message may come from anywhere: more links than this are not looked at. */
const mostLinks = 20;

/** All that is a web address in a message of Slack's: in its text, its blocks and its attachments; each once. */
export function linksIn(message: object): string[] {
  const found = new Set<string>();
  gather(message, found, 0);
  return [...found].slice(0, mostLinks);
}

/** What the message says beside its addresses, with the labels of its links and without mentions. */
export function wordsWithoutLinks(text: string): string {
  return text
    .replace(written, (_all, _url, label: string | undefined) => label ?? ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function gather(value: unknown, found: Set<string>, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') {
    for (const [, url = ''] of value.matchAll(written)) found.add(url.replaceAll('&amp;', '&'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (isAddress(name, inner)) found.add(inner);
    else gather(inner, found, depth + 1);
  }
}

/** Links of rich text and buttons, and where an attachment comes from; a picture's address is no page. */
function isAddress(name: string, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^(?:url|from_url|title_link|original_url)$/.test(name) &&
    /^https?:\/\//.test(value)
  );
}
