// @ts-check
/** Drawn here, since not every machine has a font with emoji. */
const paths = {
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  run: 'M7.5 5 18.5 12 7.5 19z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  reply: 'M4 5h16v11H10l-4 3.5V16H4z',
  send: 'M4 4.5 20.5 12 4 19.5 6.5 12zm2.5 7.5H13',
  down: 'm6 9.5 6 6 6-6',
  close: 'm6 6 12 12M18 6 6 18',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'm14.5 6-6 6 6 6',
  upload: 'M12 16V5m0 0L7.5 9.5M12 5l4.5 4.5M5 16v3h14v-3',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4',
  plus: 'M12 5v14M5 12h14',
  backstage: 'M4 5h16v14H4zM4 15h16M8 18h.01M12 18h.01M7 9l2.5 2L7 13',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13',
  warning: 'M12 4 21 19.5H3zm0 6v4.5m0 2.2v.3',
};

/** @param {keyof typeof paths} name @returns {Node} */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
