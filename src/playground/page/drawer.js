// @ts-check
import { el, fill } from './dom.js';
import { drawFaults } from './faults.js';
import { icon } from './icons.js';
import { drawLog } from './log.js';
import { redraw, store } from './store.js';
import { drawWorkspace } from './workspace.js';

/** What the drawer holds; each part is drawn only while it is looked at. */
const parts = {
  log: { title: 'What crossed', draw: drawLog },
  faults: { title: 'Faults', draw: drawFaults },
  workspace: { title: 'Workspace', draw: drawWorkspace },
};
let open = 'log';

const panels = Object.fromEntries(
  Object.keys(parts).map((name) => [
    name,
    el('div.panel', { id: `panel-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}`, tabIndex: 0 }),
  ]),
);
const tabs = Object.entries(parts).map(([name, { title }]) =>
  el(
    'button.tab',
    {
      type: 'button',
      id: `tab-${name}`,
      role: 'tab',
      'aria-controls': `panel-${name}`,
      onclick: () => show(name),
      onkeydown: walk,
    },
    title,
  ),
);
const frame = [
  el(
    'header.channel-head',
    null,
    el('h2', { id: 'drawer-title' }, 'Behind the scenes'),
    el('button.close', { type: 'button', 'aria-label': 'Close', onclick: close }, icon('close')),
  ),
  el('div.drawer-tabs', { role: 'tablist', 'aria-labelledby': 'drawer-title' }, tabs),
  Object.values(panels),
];

/** What goes on between Cairn and its Slack, and how to make that go wrong. Closed, it asks for nothing. @param {any} node */
export function drawDrawer(node) {
  if (node.childElementCount === 0) {
    fill(node, frame);
    node.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && close());
  }
  const wasHidden = node.hidden;
  node.hidden = !store.drawerOpen;
  if (node.hidden) return;
  for (const [index, name] of Object.keys(parts).entries()) {
    const isOpen = name === open;
    tabs[index].setAttribute('aria-selected', String(isOpen));
    tabs[index].tabIndex = isOpen ? 0 : -1;
    panels[name].hidden = !isOpen;
  }
  if (wasHidden) tabs[Object.keys(parts).indexOf(open)].focus();
  parts[open].draw(panels[open]);
}

function show(name) {
  open = name;
  redraw();
}

function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const to = tabs.at((tabs.indexOf(event.currentTarget) + step) % tabs.length);
  to?.focus();
  to?.click();
}

function close() {
  store.drawerOpen = false;
  redraw();
  /** @type {any} */ (document.querySelector('[data-key="backstage"]'))?.focus();
}
