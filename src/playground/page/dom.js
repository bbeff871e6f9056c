// @ts-check
/**
 * Builds an element. Text is always text: nothing here ever parses markup.
 * @param {string} tag `button.primary.small` gives classes
 * @param {Record<string, any> | null} [props] `on…` are listeners, `data` a dataset, the rest properties or attributes
 * @param {...any} children nodes, words, lists of these; what is null, undefined or false is left out
 * @returns {any}
 */
export function el(tag, props, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name || 'div');
  if (classes.length > 0) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on') && typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (key === 'data') Object.assign(node.dataset, value);
    else if (key in node && !key.startsWith('aria') && key !== 'list' && key !== 'form') node[key] = value;
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...present(children));
  return node;
}

/** Puts these children in place of what is there; those that are there already do not move, and keep the focus. */
export function fill(node, ...children) {
  const wanted = present(children).map((it) => (it instanceof Node ? it : document.createTextNode(it)));
  const kept = new Set(wanted);
  for (const child of [...node.childNodes]) if (!kept.has(child)) child.remove();
  for (const [index, child] of wanted.entries()) {
    if (node.childNodes[index] !== child) node.insertBefore(child, node.childNodes[index] ?? null);
  }
}

function present(children) {
  return children.flat(Infinity).filter((it) => it !== null && it !== undefined && it !== false);
}

/**
 * Draws again only when what it is drawn from has changed. What had the focus has it again afterwards, with the
 * cursor where it was, if it has a `data-key`.
 */
export function drawOnce(node, basis, draw) {
  const signature = JSON.stringify(basis);
  if (node.signature === signature) return;
  node.signature = signature;
  keepingFocus(node, draw);
}

/** Does the drawing, and gives the focus back to what has the same `data-key` as before. */
export function keepingFocus(node, draw) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.getAttribute('data-key');
  const selection =
    focused && 'selectionStart' in focused ? [focused.selectionStart, focused.selectionEnd] : [];
  draw();
  if (!key || focused?.isConnected) return;
  const again = node.querySelector(`[data-key="${CSS.escape(key)}"]`);
  again?.focus();
  // Only some kinds of field have a cursor to put back.
  if (typeof selection[0] === 'number') again?.setSelectionRange?.(...selection);
}

/**
 * Lets a button do its work once at a time. It stays focusable meanwhile: a disabled one would lose the focus.
 * @param {any} button @param {() => Promise<unknown>} work
 */
export async function whileBusy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** Says in a corner what went wrong or well, above an open dialog too. @param {string} words @param {'bad' | 'good'} [kind] */
export function toast(words, kind = 'bad') {
  const place =
    [...document.querySelectorAll('dialog[open] > .toasts')].at(-1) ?? document.getElementById('toasts');
  const node = el(`div.toast.${kind}`, null, words);
  place?.append(node);
  setTimeout(() => node.remove(), 7000);
}

/** Where toasts go while this dialog is open: what lies under a dialog is neither seen nor read out. */
export const toastPlace = () => el('div.toasts', { role: 'status', 'aria-live': 'polite' });
