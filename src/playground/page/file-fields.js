// @ts-check
import { attachFile } from './api.js';
import { el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { sampleFor, sampleLine } from './samples.js';
import { sizeInWords } from './size.js';
import { store } from './store.js';

const mostFiles = 10;

/**
 * Files to be sent along with a form: chosen, dropped, or the sample's. The browser's own field lies over the whole
 * place, so that it takes the keyboard and a screen reader as it always does.
 */
const fileInput = (element, { key, given, changed, remember, textOf }, attributes) => {
  const most = element.max_files ?? mostFiles;
  const types = element.filetypes ?? [];
  const chosen = () => [...(given([]) ?? [])];
  const input = el('input.file-picker', {
    ...attributes,
    type: 'file',
    multiple: most > 1,
    accept: types.map((type) => `.${type}`).join(','),
    data: { key },
    onchange: () => void add([...input.files]),
  });
  const list = el('ul.files', null);
  const news = el('p.unseen', { role: 'status' });
  const place = el(
    'div.field.file-place',
    {
      ondragenter: () => place.classList.add('over'),
      ondragleave: () => place.classList.remove('over'),
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => {
        event.preventDefault();
        place.classList.remove('over');
        void add([...event.dataTransfer.files]);
      },
    },
    icon('upload'),
    el(
      'span',
      { 'aria-hidden': 'true' },
      most > 1 ? 'Choose files, or drop them here' : 'Choose a file, or drop it here',
    ),
    types.length > 0 &&
      el('small', { 'aria-hidden': 'true' }, types.map((type) => type.toUpperCase()).join(', ')),
    input,
  );
  const show = () => fill(list, chosen().map(entry));

  const entry = (id) => {
    const { name, size } = JSON.parse(textOf(id) === id ? '{}' : textOf(id));
    return el(
      'li.file',
      null,
      icon('file'),
      el('span.file-name', null, name ?? id),
      el('small', null, sizeInWords(size ?? 0)),
      el(
        'button.clear',
        {
          type: 'button',
          'aria-label': `Remove ${name ?? id}`,
          data: { key: `${key} ${id}` },
          onclick: () => remove(id, name),
        },
        icon('close'),
      ),
    );
  };

  async function add(files) {
    // One and the same file can be chosen again after it was removed.
    input.value = '';
    const wrong = files.find(({ name }) => types.length > 0 && !types.includes(endOf(name)));
    if (wrong) return toast(`${wrong.name} cannot be attached here: ${types.join(', ')} can.`);
    const before = most === 1 ? [] : chosen();
    if (before.length + files.length > most) return toast(`No more than ${most} can be attached here.`);
    for (const file of files) {
      fill(list, chosen().map(entry), el('li.file', null, `Uploading ${file.name}…`));
      const attached = await attachFile(store.as, file);
      if (attached === undefined) return show();
      remember(attached.id, JSON.stringify(attached));
      before.push(attached.id);
      news.textContent = `${attached.name} is attached.`;
      changed([...before]);
    }
    show();
  }

  function remove(id, name) {
    changed(chosen().filter((it) => it !== id));
    news.textContent = `${name} is removed.`;
    show();
    input.focus();
  }

  show();
  const sample = sampleFor(types);
  return el('div.file-field', null, place, list, news, sample && sampleLine(sample, (file) => add([file])));
};

const endOf = (name) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

export const fileFields = { file_input: fileInput };
