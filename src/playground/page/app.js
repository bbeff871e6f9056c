// @ts-check
import { drawChannel } from './channel.js';
import { drawClock } from './clock.js';
import { drawModal } from './modal.js';
import { drawSidebar } from './sidebar.js';
import { fromAddress, here, onDraw, redraw, refresh, store } from './store.js';
import { drawThread } from './thread.js';

const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

onDraw(() => {
  if (store.seen === null) return;
  drawClock(part('clock'));
  drawSidebar(part('sidebar'));
  drawChannel(part('channel'));
  drawThread(part('thread'));
  drawModal();
  const channel = here();
  document.title = `${channel?.kind === 'im' ? store.seen.bot.name : `#${channel?.name}`} · ${store.seen.team.name}`;
});

addEventListener('popstate', () => {
  fromAddress();
  void refresh();
});
addEventListener('hashchange', () => {
  fromAddress();
  store.thread = null;
  void refresh();
});
document.addEventListener('visibilitychange', () => void refresh());
document.addEventListener('click', (event) => {
  // A menu that is open closes when one presses elsewhere.
  for (const open of document.querySelectorAll('details.overflow[open], details.turn[open]')) {
    if (event.target instanceof Node && !open.contains(event.target)) open.removeAttribute('open');
  }
});

fromAddress();
void refresh();
new EventSource('/_fake/stream').addEventListener('changed', () => void refresh());
setInterval(redraw, 20_000);
