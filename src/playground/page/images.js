// @ts-check
import { el } from './dom.js';

/** Where a picture is: on the web, or a file that was uploaded to the workspace, which the fake of Slack serves. */
function sourceOf({ image_url, slack_file }) {
  if (image_url !== undefined) return image_url;
  const id = slack_file?.id ?? /\/(F[A-Z0-9]+)(?:\/|$)/.exec(slack_file?.url ?? '')?.[1];
  return id === undefined ? '' : `/_fake/files/${encodeURIComponent(id)}`;
}

/** A picture with its words; where it does not load, the words stand in its place. @param {string} tag */
export function picture(tag, image) {
  const node = el(tag, {
    src: sourceOf(image),
    alt: image.alt_text,
    title: image.alt_text,
    loading: 'lazy',
    onerror: () =>
      node.replaceWith(el('span.no-picture', { role: 'img', 'aria-label': image.alt_text }, image.alt_text)),
  });
  return node;
}
