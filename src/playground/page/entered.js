// @ts-check
import { store } from './store.js';

const key = 'cairn-entered';

/**
 * What people have entered into the modals that they have open, by view: it outlives an update of the view, as in
 * Slack, and a reload of the page.
 * @typedef {{ as: string, entries: Map<string, unknown>, texts: Map<string, string> }} Entered
 * @type {Map<string, Entered>}
 */
const entered = read();

/** @param {string} view @returns {Entered} */
export function enteredIn(view) {
  const known = entered.get(view) ?? { as: store.as, entries: new Map(), texts: new Map() };
  entered.set(view, known);
  return known;
}

/** What was entered into modals that this person has closed is forgotten. @param {string[]} open ids of views */
export function forgetClosed(open) {
  const gone = [...entered].filter(([view, { as }]) => as === store.as && !open.includes(view));
  for (const [view] of gone) entered.delete(view);
  if (gone.length > 0) keepEntered();
}

export function keepEntered() {
  const plain = [...entered].map(([view, { as, entries, texts }]) => [view, as, [...entries], [...texts]]);
  sessionStorage.setItem(key, JSON.stringify(plain));
}

function read() {
  try {
    const plain = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return new Map(
      plain.map(([view, as, entries, texts]) => [
        view,
        { as, entries: new Map(entries), texts: new Map(texts) },
      ]),
    );
  } catch {
    return new Map();
  }
}
