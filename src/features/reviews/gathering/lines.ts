import { Temporal } from 'temporal-polyfill';
import { lengthWords, shortDateWords } from '../../../platform/core/time-words.ts';
import { inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { healthWords } from '../../okrs/core/health.ts';
import type { ItemChange } from '../../roadmap/core/item.ts';
import type { Branch, StrategyTree } from '../../strategy/core/tree.ts';
import type { GatheredLine, Subject } from '../core/line.ts';
import type { Drop, Need, SlippedKeyResult, StaleKeyResult } from './okr-store.ts';
import type { Unowned, WaitingHandoff } from './ownership-store.ts';
import type { Deferred, LateAction, OpenDecision } from './talk-store.ts';

/** So much of what people wrote stands in a line of an agenda. */
const longestWords = 180;
const words = (text: string) => shortenedMrkdwn(inline(text), longestWords);
const who = (person: { slackId: string | null; name: string } | null) =>
  person === null ? 'nobody owns it' : personMention(person);

function line(
  source: GatheredLine['source'],
  subject: Subject | null,
  title: string,
  facts: readonly (string | null)[],
  owedBy: readonly (number | null | undefined)[] = [],
): GatheredLine {
  return {
    source,
    subject,
    title,
    facts: facts.filter((fact) => fact !== null).join(' · '),
    fromLineId: null,
    owedBy: owedBy.flatMap((id) => id ?? []),
  };
}

/** Words of a line for a day of its own. */
const day = (iso: string, on: Temporal.PlainDate) => shortDateWords(Temporal.PlainDate.from(iso), on);

/** The first line of its facts is who put it off; what was known then follows. */
export function deferredLine(
  { id, title, source, facts, subject, by, deferredOn }: Deferred,
  on: Temporal.PlainDate,
): GatheredLine {
  const put = `put off by ${personMention(by)} on ${day(deferredOn, on)}`;
  // One that was put off before says only who did so last.
  const [, ...known] = source === 'deferred' ? facts.split('\n') : ['', facts];
  const said = [put, ...known.filter((words) => words !== '')].join('\n');
  return { ...line('deferred', subject, title, [said]), fromLineId: id };
}

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
  const first = item.firstDueOn === null ? null : `first ${shortDateWords(item.firstDueOn, on)}`;
  const facts = [
    `slipped from ${shortDateWords(last.from, on)} to ${shortDateWords(last.to, on)}`,
    item.slips > 1 ? `${item.slips} times in all` : null,
    first,
    who(item.owner),
    last.why === null ? null : words(last.why),
  ];
  return [...changed, line('slips', subject, item.title, facts, [item.owner?.id])];
}

export function slippedLine(it: SlippedKeyResult, on: Temporal.PlainDate): GatheredLine {
  const facts = [
    `now due ${day(it.dueOn, on)}, first ${day(it.firstDueOn, on)}`,
    it.slips > 1 ? `slipped ${it.slips} times` : null,
    who(it.owner),
    it.words === null ? null : words(it.words),
  ];
  return line('slips', { kind: 'key-result', id: it.id }, it.title, facts, [it.owner?.id]);
}

export function staleLine(it: StaleKeyResult, now: Temporal.Instant): GatheredLine {
  const seconds = (now.epochMilliseconds - it.outdatedSince.epochMilliseconds) / 1000;
  const facts = [`no answer for ${lengthWords(seconds)}`, who(it.owner), inline(it.objective)];
  return line('stale-key-results', { kind: 'key-result', id: it.id }, it.title, facts, [it.owner?.id]);
}

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

export function unownedLine(it: Unowned): GatheredLine {
  const facts = [
    'nobody carries it',
    it.importance === null ? null : it.importance.replaceAll('-', ' '),
    it.team === null ? null : inline(it.team),
  ];
  return line('unowned-rocks', { kind: 'rock', id: it.id }, it.name, facts, [it.leadId]);
}

export function handoffLine(it: WaitingHandoff, now: Temporal.Instant): GatheredLine {
  const seconds = (now.epochMilliseconds - it.offeredAt.epochMilliseconds) / 1000;
  const from = it.from === null ? '' : `${personMention(it.from)} to `;
  const facts = [`${from}${personMention(it.to)}`, `waits for ${lengthWords(seconds)}`];
  return line('waiting-handoffs', { kind: 'handoff', id: it.id }, `Handoff of ${it.rock}`, facts);
}

export function openDecisionLine(it: OpenDecision, on: Temporal.PlainDate): GatheredLine {
  const isLate = it.dueOn !== null && Temporal.PlainDate.compare(Temporal.PlainDate.from(it.dueOn), on) < 0;
  const facts = [
    `decision ${it.number}`,
    it.dueOn === null ? null : `${isLate ? 'was due' : 'by'} ${day(it.dueOn, on)}`,
    `driver ${personMention(it.driver)}`,
    `approver ${personMention(it.approver)}`,
  ];
  return line('open-decisions', { kind: 'decision', id: it.id }, it.question, facts, [it.driver.id]);
}

export function lookAgainLine(it: OpenDecision, on: Temporal.PlainDate): GatheredLine {
  const facts = [
    `decision ${it.number} was to be looked at again${it.lookAgainOn === null ? '' : ` on ${day(it.lookAgainOn, on)}`}`,
    `“${words(it.outcome ?? '')}”`,
    `driver ${personMention(it.driver)}`,
  ];
  return line('look-again', { kind: 'decision', id: it.id }, it.question, facts, [it.driver.id]);
}

export function needLine(it: Need): GatheredLine {
  const facts = [
    `${it.team === null ? 'it' : inline(it.team)} needs ${it.needs.map(inline).join(', ')}`,
    who(it.owner),
  ];
  return line('needs', { kind: it.kind, id: it.id }, it.title, facts, [it.owner?.id, ...it.leadIds]);
}

export function lateActionLine(it: LateAction, on: Temporal.PlainDate): GatheredLine {
  const due = it.dueOn === null ? null : `${it.isLate ? 'was due' : 'due'} ${day(it.dueOn, on)}`;
  const facts = [`action of ${personMention(it.owner)}`, due, `given by ${personMention(it.by)}`];
  return line('overdue-actions', { kind: 'action', id: it.id }, it.title, facts, [it.owner.id]);
}

/** Each intent with how the work below it stands. */
export function intentLines({ tree }: StrategyTree): GatheredLine[] {
  return tree.intents.map((intent) => {
    const objectives = [intent, ...intent.initiatives].flatMap((branch: Branch) => branch.objectives);
    const health = objectives.flatMap((objective) => objective.health);
    const tally = (['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered'] as const).flatMap(
      (kind) => {
        const count = health.filter((it) => it === kind).length;
        return count === 0 ? [] : [`${count} ${healthWords[kind].words}`];
      },
    );
    const { line: it } = intent;
    const facts = [
      objectives.length === 0
        ? 'no objective serves it'
        : `${objectives.length} objectives: ${tally.join(', ') || 'no key results'}`.replace(
            /^1 objectives/,
            'one objective',
          ),
      it.measure === null ? null : `measure: ${words(it.measure)}`,
      who(it.owner),
    ];
    return line('intents', { kind: 'line', id: it.id }, it.title, facts, [it.owner?.id]);
  });
}

/** Lines of the strategy without work, and work without a line, each together on one line. */
export function looseLines({ tree, looseRocks }: StrategyTree): GatheredLine[] {
  const named = (titles: readonly string[], total = titles.length) =>
    `${titles.slice(0, 5).map(words).join(', ')}${total > 5 ? ` and ${total - 5} more` : ''}`;
  const bare = tree.bare.map(({ title }) => title);
  const loose = tree.loose.filter(({ depth }) => depth === 0).map(({ title }) => title);
  return [
    ...(bare.length === 0 ? [] : [line('loose-lines', null, 'Strategy without work', [named(bare)])]),
    ...(loose.length === 0
      ? []
      : [line('loose-lines', null, 'Objectives without a line of the strategy', [named(loose)])]),
    ...(looseRocks.total === 0
      ? []
      : [
          line('loose-lines', null, 'Rocks without a line of the strategy', [
            named(looseRocks.names, looseRocks.total),
          ]),
        ]),
  ];
}

/** A point of the page itself. */
export function pointLine(title: string): GatheredLine {
  return line('point', null, title, []);
}
