// @ts-check
import { act } from './api.js';
import { drawBlocks } from './blocks.js';
import { el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { words } from './mrkdwn.js';
import { store } from './store.js';

/** What people have entered, by view: it outlives an update of the view, as in Slack. @type {Map<string, Map<string, unknown>>} */
const entered = new Map();
let signature = '';

const dialog = el('dialog.modal', { 'aria-labelledby': 'modal-title', oncancel: onEscape });
dialog.addEventListener('close', () => dialog.remove());

/** Shows the modal on top of this person's stack, or none. */
export function drawModal() {
  const stack = store.seen.modals;
  const view = stack.at(-1);
  const now = view === undefined ? '' : JSON.stringify([store.as, view]);
  if (now === signature) return;
  signature = now;
  if (view === undefined) {
    if (dialog.open) dialog.close();
    return;
  }
  const focused = document.activeElement?.getAttribute('data-key');
  draw(view, stack.length);
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector('[aria-invalid="true"]');
  const kept = focused && dialog.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  (wrong ?? kept ?? dialog.querySelector('.modal-body .field, .modal-foot .primary'))?.focus();
}

function draw(view, depth) {
  const entries = entered.get(view.id) ?? new Map();
  entered.set(view.id, entries);
  const place = {
    surface: /** @type {const} */ ('modal'),
    entries,
    errors: view.errors,
    press: async ({ action_id, block_id, value }) => {
      const result = await act('press', {
        as: store.as,
        target: action_id,
        block_id,
        view_id: view.id,
        entries: Object.fromEntries(withoutGone(view, entries)),
        ...(value === undefined ? {} : { value }),
      });
      if (result?.ok === false) toast(`${store.seen.bot.name} did not answer: ${result.error}`);
    },
  };
  const closeLabel = view.close ? words(view.close) : depth > 1 ? 'Back' : 'Cancel';
  const submitButton =
    view.submit && el('button.btn.primary', { type: 'submit', data: { key: 'submit' } }, words(view.submit));
  const form = el(
    'form',
    {
      noValidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        submitButton.disabled = true;
        submitButton.classList.add('busy');
        await act('submit', {
          as: store.as,
          view_id: view.id,
          entries: Object.fromEntries(withoutGone(view, entries)),
        });
        submitButton.disabled = false;
        submitButton.classList.remove('busy');
      },
    },
    el(
      'header.modal-head',
      null,
      el('h2', { id: 'modal-title' }, words(view.title)),
      depth > 1 && el('span.depth', null, `${depth} of 3`),
      el(
        'button.close',
        { type: 'button', 'aria-label': 'Close', onclick: () => close(true) },
        icon('close'),
      ),
    ),
    view.trouble && el('p.trouble', { role: 'alert' }, view.trouble),
    el('div.modal-body.blocks', null, drawBlocks(view.blocks, place)),
    el(
      'footer.modal-foot',
      null,
      el('button.btn', { type: 'button', onclick: () => close(false), data: { key: 'close' } }, closeLabel),
      submitButton,
    ),
  );
  const scroll = dialog.querySelector('.modal-body')?.scrollTop ?? 0;
  fill(dialog, form);
  const body = form.querySelector('.modal-body');
  if (body) body.scrollTop = scroll;
}

/** Entries of fields that an update took away are not sent. */
function withoutGone(view, entries) {
  const keys = new Set(
    view.blocks.flatMap((block) =>
      [...(block.elements ?? []), block.element, block.accessory]
        .filter((it) => it?.action_id)
        .map((it) => `${block.block_id}/${it.action_id}`),
    ),
  );
  return [...entries].filter(([key]) => keys.has(key));
}

function onEscape(event) {
  event.preventDefault();
  close(false);
}

function close(all) {
  void act('close', { as: store.as, ...(all ? { all: true } : {}) });
}
