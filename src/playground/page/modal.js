// @ts-check
import { act } from './api.js';
import { drawBlocks } from './blocks.js';
import { el, fill, keepingFocus, toast, toastPlace, whileBusy } from './dom.js';
import { enteredIn, forgetClosed, keepEntered } from './entered.js';
import { icon } from './icons.js';
import { words } from './mrkdwn.js';
import { entriesOf, placeOf } from './place.js';
import { store } from './store.js';

let signature = '';
let shownView = '';
let shownErrors = '';
/** @type {{ node: any, key: string | null | undefined }} what had the focus before there was a modal */
let opener = { node: null, key: null };

const content = el('div.modal-content', null);
const dialog = el(
  'dialog.modal',
  {
    'aria-labelledby': 'modal-title',
    oncancel: (event) => {
      event.preventDefault();
      close(false);
    },
  },
  content,
  toastPlace(),
);

/** Shows the modal on top of this person's stack, or none. */
export function drawModal() {
  const stack = store.seen.modals;
  const view = stack.at(-1);
  const now = view === undefined ? '' : JSON.stringify([store.as, store.names, stack.length, view]);
  if (now === signature) return;
  signature = now;
  forgetClosed(stack.map((it) => it.id));
  if (view === undefined) return hide();
  if (!dialog.open) {
    const node = document.activeElement;
    opener = { node, key: node?.getAttribute('data-key') };
    document.body.append(dialog);
    dialog.showModal();
  }
  const isSame = shownView === view.id;
  const scroll = isSame ? (content.querySelector('.modal-body')?.scrollTop ?? 0) : 0;
  shownView = view.id;
  keepingFocus(dialog, () => fill(content, form(view, stack.length)));
  const body = content.querySelector('.modal-body');
  body.scrollTop = scroll;
  setFocus(view, isSame);
}

/** On the first field that is wrong; else where it was; else where the view wants it, or on its first field. */
function setFocus(view, isSame) {
  const errors = JSON.stringify(view.errors);
  const wrong = errors !== shownErrors && content.querySelector('.wrong :is(input, textarea)');
  shownErrors = errors;
  if (wrong) {
    wrong.focus();
    // With its words, which stand below the field.
    return wrong.closest('.wrong').scrollIntoView({ block: 'nearest' });
  }
  if (isSame && content.contains(document.activeElement)) return;
  const wanted = view.blocks.find((it) => it.element?.focus_on_load);
  const key = wanted && CSS.escape(`${wanted.block_id}/${wanted.element.action_id}`);
  const first =
    (key && content.querySelector(`[data-key="${key}"]`)) ??
    content.querySelector('.modal-body :is(input, textarea)') ??
    content.querySelector('.modal-foot .primary') ??
    content.querySelector('.modal-foot button');
  first?.focus();
}

/** The focus goes back to what was pressed; a message that was drawn anew meanwhile has it under the same key. */
function hide() {
  shownView = '';
  if (!dialog.open) return;
  dialog.close();
  dialog.remove();
  fill(content);
  const again = opener.key && document.querySelector(`[data-key="${CSS.escape(opener.key)}"]`);
  const back = opener.node?.isConnected && opener.node !== document.body ? opener.node : again;
  /** @type {any} */ (back || document.getElementById('composer'))?.focus();
}

function form(view, depth) {
  const { entries, texts } = enteredIn(view.id);
  const where = { view_id: view.id };
  const { blocks, errors } = view;
  const place = placeOf({ where, blocks, errors, entries, texts, keep: keepEntered });
  const submitButton =
    view.submit && el('button.btn.primary', { type: 'submit', data: { key: 'submit' } }, words(view.submit));
  const closeLabel = view.close ? words(view.close) : depth > 1 ? 'Back' : 'Cancel';
  return el(
    'form',
    {
      noValidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        if (submitButton) void whileBusy(submitButton, () => submit(view, place));
      },
    },
    el(
      'header.modal-head',
      null,
      depth > 1 &&
        el(
          'button.back',
          { type: 'button', 'aria-label': 'Back', onclick: () => close(false), data: { key: 'back' } },
          icon('back'),
        ),
      el('h2', { id: 'modal-title' }, words(view.title)),
      depth > 1 && el('span.depth', null, `${depth} of 3`),
      el(
        'button.close',
        { type: 'button', 'aria-label': 'Close', onclick: () => close(true), data: { key: 'close-all' } },
        icon('close'),
      ),
    ),
    view.trouble && el('p.trouble', { role: 'alert' }, view.trouble),
    el('div.modal-body.blocks', null, drawBlocks(place)),
    el(
      'footer.modal-foot',
      null,
      el('button.btn', { type: 'button', onclick: () => close(false), data: { key: 'close' } }, closeLabel),
      submitButton,
    ),
  );
}

async function submit(view, place) {
  const result = await act('submit', { as: store.as, view_id: view.id, entries: entriesOf(place) });
  if (result?.ok === false && result.by === 'slack')
    toast(`${store.seen.bot.name} did not answer: ${result.error}`);
}

function close(all) {
  void act('close', { as: store.as, ...(all ? { all: true } : {}) });
}
