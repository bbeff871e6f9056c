// @ts-check
import { composer } from './composer.js';
import { drawOnce, el, fill } from './dom.js';
import { icon } from './icons.js';
import { messageNode, withDays } from './message.js';
import { here, redraw, store } from './store.js';

const list = el('ol.messages', { 'aria-label': 'Replies', tabIndex: 0 });
const entry = composer({ id: 'reply', label: () => 'Reply…', thread: () => store.thread });
const head = el(
  'header.channel-head',
  null,
  el('h1', null, 'Thread'),
  el(
    'button.close',
    {
      type: 'button',
      'aria-label': 'Close thread',
      onclick: () => {
        store.thread = null;
        redraw();
      },
    },
    icon('close'),
  ),
);

/** The thread beside the channel, when one is open. @param {any} node */
export function drawThread(node) {
  if (node.childElementCount === 0) node.append(head, list, entry.form);
  const channel = here();
  const parent = channel?.messages.find((it) => it.ts === store.thread);
  node.hidden = parent === undefined;
  if (parent === undefined) return;
  const replies = channel.messages.filter((it) => it.thread_ts === parent.ts);
  drawOnce(list, [store.as, store.names, parent, replies], () => {
    const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
    fill(
      list,
      messageNode(parent, { inThread: true }),
      el('li.day', null, el('span', null, count)),
      withDays(replies, { inThread: true }).filter((it) => !it.classList.contains('day')),
    );
    list.scrollTop = list.scrollHeight;
  });
  entry.update();
}
