// @ts-check
import { el } from './dom.js';
import { textObject, words } from './mrkdwn.js';

/** Asks what the element's confirm object says; true without one. @returns {Promise<boolean>} */
export function confirmFirst(confirm) {
  if (confirm === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const dialog = el(
      'dialog.modal.confirm',
      { 'aria-labelledby': 'confirm-title', oncancel: () => answer(false) },
      el('header.modal-head', null, el('h2', { id: 'confirm-title' }, words(confirm.title))),
      el('div.modal-body', null, textObject(confirm.text)),
      el(
        'footer.modal-foot',
        null,
        el('button.btn', { type: 'button', onclick: () => answer(false) }, words(confirm.deny)),
        el(
          `button.btn.${confirm.style === 'danger' ? 'danger' : 'primary'}`,
          { type: 'button', onclick: () => answer(true) },
          words(confirm.confirm),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
