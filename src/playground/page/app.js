// @ts-check
import { announce } from './announce.js';
import { drawChannel } from './channel.js';
import { drawClock } from './clock.js';
import { drawDrawer } from './drawer.js';
import { forgetLog } from './log.js';
import { drawModal } from './modal.js';
import { drawSidebar } from './sidebar.js';
import { fromAddress, here, onDraw, redraw, refresh, store, titleOf } from './store.js';
import { drawThread } from './thread.js';

const part = (id) => /** @type {any} */ (document.getElementById(id));

onDraw(() => {
  if (store.seen === null) return;
  drawClock(part('clock'));
  drawSidebar(part('sidebar'));
  drawChannel(part('channel'));
  drawThread(part('thread'));
  drawDrawer(part('drawer'));
  drawModal();
  announce(part('news'));
  // What the sidebar covers on a phone can be neither seen nor reached meanwhile.
  for (const id of ['channel', 'thread', 'drawer']) part(id).inert = store.menuOpen;
  part('scrim').hidden = !store.menuOpen;
  const channel = here();
  if (channel) document.title = `${titleOf(channel)} · ${store.seen.team.name}`;
});

for (const change of ['popstate', 'hashchange']) {
  addEventListener(change, () => {
    fromAddress();
    void refresh();
  });
}

function closeMenu() {
  store.menuOpen = false;
  redraw();
  /** @type {any} */ (document.querySelector('[data-key="menu"]'))?.focus();
}
part('scrim').addEventListener('click', closeMenu);
part('sidebar').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.menuOpen && !event.target.closest(':popover-open')) closeMenu();
});
document.addEventListener('click', (event) => {
  // A list that is open closes when one presses elsewhere.
  for (const open of document.querySelectorAll('details[open].turn')) {
    if (event.target instanceof Node && !open.contains(event.target)) open.removeAttribute('open');
  }
});

/** @type {EventSource | undefined} */
let stream;

/** A page that nobody looks at asks for nothing; when it is looked at again the stream begins with a change. */
function listen() {
  stream?.close();
  if (document.visibilityState === 'hidden') return;
  stream = new EventSource('/_fake/stream');
  stream.addEventListener('open', forgetLog);
  stream.addEventListener('changed', () => void refresh());
}

document.addEventListener('visibilitychange', listen);
fromAddress();
void refresh();
listen();
