import type { Button } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { actions, button, type Content, section } from '../../platform/slack/elements.ts';
import { escaped, inline } from '../../platform/slack/mrkdwn.ts';
import { type Source, sourceLine, tellAfter } from './core/source.ts';

export const openAction = 'numbers:open';

/** Opens the form in which a key result's source is chosen. Pressed by whoever may not, it says so. */
export function numbersButton(keyResultKey: string): Button {
  return button('Number from elsewhere', openAction, keyResultKey);
}

/** To a key result's owner, once: no value comes any more. */
export function failingBlocks(
  { key, title }: { key: string; title: string },
  source: Source,
  now: Temporal.Instant,
  zone: string,
): Content {
  const about = `No number comes for ${inline(title)}: I tried ${tellAfter} times.`;
  const after =
    'Until one comes again, your check-in suggests no new one. I go on trying at the usual times.';
  const text = [about, escaped(sourceLine(source, now, zone)), after].join('\n');
  return { text, blocks: [section(text), actions(numbersButton(key))] };
}
