// @ts-check
import { el, toast, whileBusy } from './dom.js';
import { words } from './mrkdwn.js';
import { store } from './store.js';

/** The spreadsheets that come with the playground, as people type them. */
export const samples = {
  rocks: { name: 'rocks.xlsx', what: '120 rocks and who carries them' },
  rocksAsText: { name: 'rocks.csv', what: 'the same as text' },
  okrs: { name: 'okrs.csv', what: 'objectives and key results' },
  roadmap: { name: 'roadmap.csv', what: 'what is worked on now, next and later' },
};

export const addressOf = (name) => `/playground/sample/${name}`;

/** The one that fits the open form, if it takes such files. @param {string[]} types */
export function sampleFor(types) {
  const view = store.seen.modals.at(-1);
  const about = view === undefined ? '' : `${words(view.title)} ${view.callback_id ?? ''}`.toLowerCase();
  const fitting = /okr|objective/.test(about) ? 'okrs' : /roadmap/.test(about) ? 'roadmap' : 'rocks';
  const takes = ({ name }) => types.length === 0 || types.includes(name.slice(name.lastIndexOf('.') + 1));
  const found = samples[fitting];
  if (takes(found)) return found;
  return fitting === 'rocks' && takes(samples.rocksAsText) ? samples.rocksAsText : undefined;
}

/** One press attaches it; it can be kept as well. @param {(file: File) => Promise<void>} use */
export function sampleLine({ name }, use) {
  const button = el(
    'button.btn',
    { type: 'button', onclick: () => whileBusy(button, () => take(name, use)) },
    'Use the sample spreadsheet',
  );
  return el(
    'p.sample',
    null,
    button,
    ' ',
    el('a', { href: addressOf(name), download: name }, `Sample spreadsheet (${name})`),
  );
}

async function take(name, use) {
  const response = await fetch(addressOf(name));
  if (!response.ok) return toast(`${name} could not be read.`);
  await use(new File([await response.blob()], name));
}
