import type { KnownBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import type { Rehearsal } from '../../cadence/ritual.ts';
import { momentWords } from '../../platform/core/time-words.ts';
import { type Content, context, header, section } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';

/** A message holds 50 blocks; what stands around those of the run needs a few. */
const mostBlocks = 46;
const mostNamed = 20;

/** What the next run of a cadence would say, to its reader alone: buttons are named, and do nothing. */
export function rehearsalBlocks(
  { asked, shown }: Rehearsal,
  next: { at: Temporal.Instant; now: Temporal.Instant; zone: string },
): Content {
  const when = momentWords(next.at, next.now, next.zone);
  const title = `A rehearsal, for you alone: the run of ${when}`;
  const whom = `${askedWords(asked, next)} Nothing is sent or kept.`;
  const blocks: KnownBlock[] = [header(title), section(whom)];
  for (const { where, content } of shown) {
    const own = [context(`*${inline(where)}*`), ...content.blocks.map(still), { type: 'divider' } as const];
    if (blocks.length + own.length > mostBlocks) break;
    blocks.push(...own);
  }
  const lines = shown.map(({ where, content }) => `${inline(where)}: ${content.text}`);
  return { text: [title, whom, ...lines].join('\n'), blocks };
}

function askedWords(
  asked: Rehearsal['asked'],
  { now, zone }: { now: Temporal.Instant; zone: string },
): string {
  if (asked.length === 0) return 'It would ask nobody directly, as things stand.';
  const names = asked.slice(0, mostNamed).map((person) => personMention(person));
  if (asked.length > mostNamed) names.push(`${asked.length - mostNamed} more`);
  const times = asked.map(({ at }) => at.epochMilliseconds).sort((one, other) => one - other);
  const first = asked.find(({ at }) => at.epochMilliseconds === times[0])?.at;
  const last = asked.find(({ at }) => at.epochMilliseconds === times.at(-1))?.at;
  const span =
    first === undefined || last === undefined || first.equals(last)
      ? ''
      : `, each in the morning of their own zone, from ${momentWords(first, now, zone)} to ${momentWords(last, now, zone)}`;
  return `It would ask ${names.join(', ')}${span}.`;
}

/** Buttons and menus of a rehearsal are words. */
export function still(block: KnownBlock): KnownBlock {
  if (block.type !== 'actions') return block;
  const labels = block.elements.flatMap((element) => {
    if (element.type === 'button') return [`[ ${inline(element.text.text)} ]`];
    return element.type === 'static_select' ? [`[ ${inline(element.placeholder?.text ?? '')} ]`] : [];
  });
  return context(labels.join('  '));
}
