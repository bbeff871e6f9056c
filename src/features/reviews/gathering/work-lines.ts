import type { Temporal } from 'temporal-polyfill';
import { lengthWords, shortDateWords } from '../../../platform/core/time-words.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import { healthWords } from '../../okrs/core/health.ts';
import type { ItemChange } from '../../roadmap/core/item.ts';
import type { GatheredLine } from '../core/line.ts';
import { day, line, who, words } from './line-of.ts';
import type { Drop, Need, SlippedKeyResult, StaleKeyResult } from './okr-store.ts';
import type { Unowned, WaitingHandoff } from './ownership-store.ts';

/** What changed of an item, with its slips apart, since they are a line of their own where nothing else changed. */
export function itemLines(
  { item, isAdded, isShipped, isStopped, horizon, slips }: ItemChange,
  on: Temporal.PlainDate,
): GatheredLine[] {
  const subject = { kind: 'item', id: item.id } as const;
  const due = item.dueOn === null || isShipped || isStopped ? null : `due ${shortDateWords(item.dueOn, on)}`;
  const moved = isShipped
    ? 'shipped'
    : isStopped
      ? `stopped${item.whyStopped === null ? '' : `: ${words(item.whyStopped)}`}`
      : horizon !== null
        ? `from ${horizon.from} to ${horizon.to}`
        : isAdded
          ? `new in ${item.horizon}`
          : null;
  const team = item.team === null ? null : inline(item.team.name);
  const changed =
    moved === null
      ? []
      : [line('changed-items', subject, item.title, [moved, who(item.owner), team, due], [item.owner?.id])];
  const last = slips.at(-1);
  if (last === undefined) return changed;
  const first =
    item.firstDueOn === null || item.slips < 2 ? null : `first ${shortDateWords(item.firstDueOn, on)}`;
  const facts = [
    `slipped from ${shortDateWords(last.from, on)} to ${shortDateWords(last.to, on)}`,
    item.slips > 1 ? `${item.slips} times in all` : null,
    first,
    who(item.owner),
    last.why === null ? null : words(last.why),
  ];
  return [...changed, line('slips', subject, item.title, facts, [item.owner?.id])];
}

/** A key result whose date moved. */
export function slippedLine(it: SlippedKeyResult, on: Temporal.PlainDate): GatheredLine {
  const facts = [
    `now due ${day(it.dueOn, on)}, first ${day(it.firstDueOn, on)}`,
    it.slips > 1 ? `slipped ${it.slips} times` : null,
    who(it.owner),
    it.words === null ? null : words(it.words),
  ];
  return line('slips', { kind: 'key-result', id: it.id }, it.title, facts, [it.owner?.id]);
}

/** A key result that nobody answered for. */
export function staleLine(it: StaleKeyResult, now: Temporal.Instant): GatheredLine {
  const seconds = (now.epochMilliseconds - it.outdatedSince.epochMilliseconds) / 1000;
  const facts = [`no answer for ${lengthWords(seconds)}`, who(it.owner), inline(it.objective)];
  return line('stale-key-results', { kind: 'key-result', id: it.id }, it.title, facts, [it.owner?.id]);
}

/** A key result of which its owner is less sure. */
export function dropLine(it: Drop): GatheredLine {
  const said = it.overruled === null ? null : healthWords[it.overruled].words;
  const facts = [
    `confidence from ${it.from} to ${it.to} of 10`,
    said,
    who(it.owner),
    it.words === null || it.owner === null ? null : `“${words(it.words)}”`,
  ];
  return line('confidence-drops', { kind: 'key-result', id: it.id }, it.title, facts, [it.owner?.id]);
}

/** A rock that nobody carries; the lead of its team owes a word. */
export function unownedLine(it: Unowned): GatheredLine {
  const facts = [
    'nobody carries it',
    it.importance === null ? null : it.importance.replaceAll('-', ' '),
    it.team === null ? null : inline(it.team),
  ];
  return line('unowned-rocks', { kind: 'rock', id: it.id }, it.name, facts, [it.leadId]);
}

/** A handoff that waits; why it was offered is between two people. */
export function handoffLine(it: WaitingHandoff, now: Temporal.Instant): GatheredLine {
  const seconds = (now.epochMilliseconds - it.offeredAt.epochMilliseconds) / 1000;
  const from = it.from === null ? '' : `${personMention(it.from)} to `;
  const facts = [`${from}${personMention(it.to)}`, `waits for ${lengthWords(seconds)}`];
  return line('waiting-handoffs', { kind: 'handoff', id: it.id }, `Handoff of ${it.rock}`, facts);
}

/** What is needed of other teams; their leads owe a word, too. */
export function needLine(it: Need): GatheredLine {
  const facts = [
    `${it.team === null ? 'it' : inline(it.team)} needs ${it.needs.map(inline).join(', ')}`,
    who(it.owner),
  ];
  return line('needs', { kind: it.kind, id: it.id }, it.title, facts, [it.owner?.id, ...it.leadIds]);
}
