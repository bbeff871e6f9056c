// @ts-check
import { el, whileBusy } from './dom.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { words } from './mrkdwn.js';

const openLink = (url) => window.open(url, '_blank', 'noopener,noreferrer');

const button = (element, { key, send }) => {
  const node = el(
    `button.btn${element.style ? `.${element.style}` : ''}`,
    {
      type: 'button',
      'aria-label': element.accessibility_label,
      data: { key },
      onclick: () =>
        whileBusy(node, () => {
          if (element.url) openLink(element.url);
          return send();
        }),
    },
    words(element.text),
    element.url && el('span', { 'aria-hidden': 'true' }, ' ↗'),
  );
  return node;
};

const overflow = (element, { key, send }) =>
  menu({
    label: 'More actions',
    shown: icon('more'),
    key,
    items: element.options.map((option) => ({
      text: words(option.text),
      description: option.description && words(option.description),
      run: () => {
        if (option.url) openLink(option.url);
        return send(option.value ?? option.text.text);
      },
    })),
  });

export const buttons = { button, overflow };
