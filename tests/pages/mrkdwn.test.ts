import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, type PageScene, startPageScene } from '../support/fake-slack/page.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';

/** mrkdwn as Slack reads it, and the marks that it becomes. */
const cases: [string, string, string][] = [
  ['bold, italic and struck words', '*b* _i_ ~s~', '<strong>b</strong> <em>i</em> <s>s</s>'],
  ['one in another', '*_both_*', '<strong><em>both</em></strong>'],
  ['next to signs', '(*b*), “*c*”: *d*…', '(<strong>b</strong>), “<strong>c</strong>”: <strong>d</strong>…'],
  ['nothing inside of words', 'a*b*c snake_case_name', 'a*b*c snake_case_name'],
  ['nothing that begins or ends with a space', '* a* 2 * 3 * 4', '* a* 2 * 3 * 4'],
  ['nothing over the end of a line', '*a\nb*', '*a<br>b*'],
  ['nothing but the inner of two stars', '*a *b*', '*a <strong>b</strong>'],
  ['letters of every alphabet as letters', '*ü*ñ *日*', '*ü*ñ <strong>日</strong>'],
  ['code, before a colon too, and nothing in it', '`a *b*`: `c`', '<code>a *b*</code>: <code>c</code>'],
  ['a block of code', 'x ```\na *b*\n``` y', 'x <pre>a *b*</pre> y'],
  ['an unpaired fence as it is', 'x ```y', 'x ```y'],
  ['a quote', '&gt; q *b*\n&gt; r\nx', '<blockquote>q <strong>b</strong><br>r</blockquote>x'],
  ['a quote of all that follows', 'x\n&gt;&gt;&gt;a\nb', 'x<blockquote>a<br>b</blockquote>'],
  ['a list', '• a\n• b', '<ul class="bullets"><li>a</li><li>b</li></ul>'],
  [
    'marks that stand in an address',
    '_see <https://a.example/x_y_z|it>_',
    '<em>see <a href="https://a.example/x_y_z" target="_blank" rel="noopener noreferrer">it</a></em>',
  ],
  ['a link that no browser may follow, as words', '<javascript:alert(1)|press>', '<span>press</span>'],
  [
    'people',
    '<@U0BEN> <@U0ANA> <@U0GONE|gone>',
    '<span class="mention" title="Ben Okafor">@Ben Okafor</span> <span class="mention me" title="Ana Silva">@Ana Silva</span> <span class="mention" title="U0GONE">@gone</span>',
  ],
  [
    'channels, and of a private one only that it is one',
    '<#C0PAYMENTS> <#G0SECRET>',
    '<a class="mention" href="#/ana/C0PAYMENTS">#payments</a> <span class="mention">#private channel</span>',
  ],
  [
    'groups, by name',
    '<!subteam^S0PM> <!subteam^S0NONE|@crew>',
    '<span class="mention" title="Product managers">@pm</span> <span class="mention">@crew</span>',
  ],
  [
    'everybody at once, marked',
    '<!here> <!channel|channel>',
    '<span class="mention loud">@here</span> <span class="mention loud">@channel</span>',
  ],
  [
    'a date in the reader’s zone',
    '<!date^1791187200^{date_num} {time}|then>',
    '<time>2026-10-05 10:00</time>',
  ],
  ['a date near today by its name', '<!date^1791187200^{date_short_pretty}|then>', '<time>today</time>'],
  ['a date that is none by its words', '<!date^soon^{date}|then>', '<time>then</time>'],
  [
    'emoji, with their tones, and only those that there are',
    ':tada: :wave::skin-tone-4: 12:30:45 :nope:',
    '🎉 👋🏽 12:30:45 :nope:',
  ],
  ['escaped signs, once', '&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
  ['no markup', '<b>x</b> &lt;img src=x&gt;', '<span>b</span>x<span>/b</span> &lt;img src=x&gt;'],
];

describe.skipIf(chromium === null)('mrkdwn in Chromium (skipped where there is no Chromium)', () => {
  let scene: PageScene;
  beforeAll(async () => {
    const usergroups = [{ id: 'S0PM', handle: 'pm', name: 'Product managers', members: ['ana'] }];
    scene = await startPageScene({ seed: { ...smallWorkspace, usergroups } });
  });
  afterAll(() => scene?.close());

  it('is read by Slack’s rules', async () => {
    const { page } = await scene.open('ana', 'payments');
    const drawn: string[] = await page.evaluate(
      `import('/playground/mrkdwn.js').then(({ mrkdwn }) => ${JSON.stringify(cases.map(([, text]) => text))}.map((text) => {
        const node = document.createElement('div');
        node.append(...mrkdwn(text));
        return node.innerHTML;
      }))`,
    );
    expect(cases.map(([what], index) => [what, drawn[index]])).toEqual(
      cases.map(([what, , html]) => [what, html]),
    );
  });

  it('takes no time to speak of, whatever is written', async () => {
    const { page } = await scene.open('ana', 'payments');
    const texts = [
      '*_~'.repeat(1_000),
      '*a '.repeat(1_000),
      '<a'.repeat(1_500),
      '`*<a> '.repeat(500),
      '*<a>'.repeat(700),
    ];
    const slowest: number = await page.evaluate(
      `import('/playground/mrkdwn.js').then(({ mrkdwn }) => Math.max(...${JSON.stringify(texts)}.map((text) => {
        const begin = performance.now();
        mrkdwn(text);
        return performance.now() - begin;
      })))`,
    );
    expect(slowest).toBeLessThan(500);
  });
});
