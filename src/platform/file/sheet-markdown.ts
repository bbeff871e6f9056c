import type { Grid } from '../core/sheet-grid.ts';

const rule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Whether lines are a table as Markdown has it: the second one is a rule. */
export function isMarkdownTable(text: string): boolean {
  const [head = '', second = ''] = text.split(/\r?\n/, 2);
  return head.includes('|') && second.includes('-') && second.length < 2_000 && rule.test(second);
}

/** The cells of such a table, without its rule. `\|` is a bar in a cell, `<br>` a line break. */
export function readMarkdownTable(text: string): Grid {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (index === 1) return [];
    const inner = line
      .trim()
      .replace(/^\|/, '')
      .replace(/(?<!\\)\|$/, '');
    const cells = inner.split(/(?<!\\)\|/).map((cell) =>
      cell
        .replaceAll('\\|', '|')
        .replace(/<br ?\/?>/gi, '\n')
        .trim(),
    );
    return [{ line: index + 1, cells }];
  });
}
