/**
 * Texts that people could write to make a message of ours ping, break, turn around or burst, as long as the
 * file and the modals let them be.
 */
export const worstTexts: [string, (length: number) => string][] = [
  ['long', filled('A name that goes on and on ')],
  ['mentions', filled('<!channel> <!here> <@U1> ')],
  ['formatting', filled('*_~`*_~` x')],
  ['control characters of Slack', filled('&<>|')],
  ['right to left', filled('مدفوعات \u202eالبطاقات ')],
  ['Chinese and emoji', filled('支付与钱包🚀')],
  ['line breaks', filled('one\n')],
  ['quotes, fences and wide marks', filled('>>> ```＊＿｀＞ :tada: x')],
];

/** Each field has the next of the worst texts. */
export function textsInTurns(): (length: number) => string {
  let turn = 0;
  return (length) => {
    const [, text] = worstTexts[turn++ % worstTexts.length] ?? ['', (n: number) => 'x'.repeat(n)];
    return text(length);
  };
}

function filled(piece: string): (length: number) => string {
  return (length) =>
    piece
      .repeat(Math.ceil(length / piece.length))
      .slice(0, length)
      .replace(/[\ud800-\udbff]$/, 'z');
}
