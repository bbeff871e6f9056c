// @ts-check
/**
 * Builds an element. Text is always text: nothing here ever parses markup.
 * @param {string} tag `button.primary.small` gives classes
 * @param {Record<string, any> | null} [props] `on…` are listeners, `data` a dataset, the rest properties or attributes
 * @param {...(Node | string | null | undefined | false | Array<Node | string | null | undefined | false>)} children
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
  node.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

/** Puts these children in place of what is there. */
export function fill(node, ...children) {
  node.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
}

/** Draws again only when what it is drawn from has changed; what a person is typing into stays. */
export function drawOnce(node, basis, draw) {
  const signature = JSON.stringify(basis);
  if (node.signature === signature) return;
  const focused = node.contains(document.activeElement)
    ? document.activeElement?.getAttribute('data-key')
    : null;
  node.signature = signature;
  draw();
  if (focused) node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** @param {string} words @param {'bad' | 'good'} [kind] */
export function toast(words, kind = 'bad') {
  const node = el(`div.toast.${kind}`, null, words);
  document.getElementById('toasts')?.append(node);
  setTimeout(() => node.remove(), 7000);
}
