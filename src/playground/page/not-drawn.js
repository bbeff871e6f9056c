// @ts-check
import { el } from './dom.js';

/** A gap in this page must be seen, not guessed. @param {string} what */
export function notDrawn(what) {
  return el('span.not-drawn', { role: 'alert' }, `This page cannot draw the ${what}.`);
}
