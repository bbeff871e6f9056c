// @ts-check
import { composer } from './composer.js';
import { drawOnce, el, fill } from './dom.js';
import { icon } from './icons.js';
import { messageNode, walkMessages } from './message.js';
import { here, openThread, store, titleOf } from './store.js';

const list = el('ol.messages', { 'aria-label': 'Replies', tabIndex: 0 });
const entry = composer({ id: 'reply', label: () => 'Reply…', thread: () => store.thread });
const where = el('p.topic', null);
const head = el(
  'header.channel-head',
  null,
  el('h2', { id: 'thread-title' }, 'Thread'),
  where,
  el('button.close', { type: 'button', 'aria-label': 'Close thread', onclick: close }, icon('close')),
);
let shown = '';
walkMessages(list);

/** The thread beside the channel, when one is open. @param {any} node */
export function drawThread(node) {
  if (node.childElementCount === 0) {
    node.append(head, list, entry.form);
    node.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && close());
  }
  const channel = here();
  const parent = channel?.messages.find((it) => it.ts === store.thread);
  node.hidden = parent === undefined;
  if (parent === undefined) {
    shown = '';
    return;
  }
  fill(where, titleOf(channel));
  const replies = channel.messages.filter((it) => it.thread_ts === parent.ts);
  const isNew = shown !== parent.ts;
  const atEnd = isNew || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  drawOnce(list, [store.as, store.names, parent, replies], () => {
    const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
    fill(
      list,
      messageNode(parent, { inThread: true }),
      replies.length > 0 && el('li.day', null, el('span', null, count)),
      replies.map((it) => messageNode(it, { inThread: true })),
    );
    if (atEnd) list.scrollTop = list.scrollHeight;
  });
  entry.update();
  if (isNew) entry.focus();
  shown = parent.ts;
}

/** The focus goes back to the message whose thread it was. */
function close() {
  const ts = store.thread ?? '';
  openThread(null);
  const back = ['replies', 'reply'].map((name) =>
    document.querySelector(`[data-key="${CSS.escape(`${name} ${ts}`)}"]`),
  );
  /** @type {any} */ (back.find((it) => it !== null))?.focus();
}
