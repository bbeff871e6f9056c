import { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../platform/core/time-words.ts';
import { type Content, section } from '../../platform/slack/elements.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Horizon } from './core/item.ts';
import { priorityWords } from './core/priority.ts';
import { placeOf } from './field-blocks.ts';
import { nameOf } from './item-words.ts';

type Saved = { key: string; title: string; horizon: Horizon };

export function addedWords(saved: Saved): Content {
  const how = `\`/roadmap score ${inline(saved.key)}\` gives it a priority.`;
  return said(`${nameOf(saved)} is on the roadmap, ${placeOf(saved.horizon)}. ${how}`);
}

export function editedWords(saved: Saved): Content {
  return said(`${nameOf(saved)} is saved.`);
}

/** "*Smart retries* `smart-retries` is in now, due 1 December 2026. It was in next." */
export function movedWords(moved: Saved & { from: Horizon; dueOn: string | null }): Content {
  const due = moved.dueOn === null ? '' : `, due ${dateWords(Temporal.PlainDate.from(moved.dueOn))}`;
  const later =
    moved.horizon === 'shipped' ? ' In 30 days its owner is asked whether it moved the number.' : '';
  return said(`${nameOf(moved)} is ${placeOf(moved.horizon)}${due}. It was ${placeOf(moved.from)}.${later}`);
}

export function scoredWords(
  saved: Saved & { scores: { impact: number; effort: number; alignment: number } },
): Content {
  return said(`${nameOf(saved)}: ${priorityWords(saved.scores)}.`);
}

function said(text: string): Content {
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}
