// @ts-check
import { el } from './dom.js';
import { textObject, words } from './mrkdwn.js';

/** Asks what the element's confirm object says; true without one. @returns {Promise<boolean>} */
export function confirmFirst(confirm) {
  if (confirm === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    let answer = false;
    const button = (tag, text, isYes) =>
      el(
        tag,
        {
          type: 'button',
          onclick: () => {
            answer = isYes;
            dialog.close();
          },
        },
        words(text),
      );
    const dialog = el(
      'dialog.modal.confirm',
      {
        role: 'alertdialog',
        'aria-labelledby': 'confirm-title',
        'aria-describedby': 'confirm-text',
        onclose: () => {
          dialog.remove();
          resolve(answer);
        },
      },
      el('header.modal-head', null, el('h2', { id: 'confirm-title' }, words(confirm.title))),
      el('div.modal-body', { id: 'confirm-text' }, textObject(confirm.text)),
      el(
        'footer.modal-foot',
        null,
        button('button.btn', confirm.deny, false),
        button(`button.btn.${confirm.style === 'danger' ? 'danger' : 'primary'}`, confirm.confirm, true),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
