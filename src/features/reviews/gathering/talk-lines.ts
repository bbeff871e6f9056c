import { Temporal } from 'temporal-polyfill';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import type { GatheredLine } from '../core/line.ts';
import { day, line, words } from './line-of.ts';
import type { Deferred, LateAction, OpenDecision } from './talk-store.ts';

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

/** A point of the page itself. */
export function pointLine(title: string): GatheredLine {
  return line('point', null, title, []);
}

/** A decision that waits to be made. */
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

/** A decision that is due for another look, with what was decided. */
export function lookAgainLine(it: OpenDecision, on: Temporal.PlainDate): GatheredLine {
  const facts = [
    `decision ${it.number} was to be looked at again${it.lookAgainOn === null ? '' : ` on ${day(it.lookAgainOn, on)}`}`,
    `“${words(it.outcome ?? '')}”`,
    `driver ${personMention(it.driver)}`,
  ];
  return line('look-again', { kind: 'decision', id: it.id }, it.question, facts, [it.driver.id]);
}

/** An action that is open still. */
export function lateActionLine(it: LateAction, on: Temporal.PlainDate): GatheredLine {
  const due = it.dueOn === null ? null : `${it.isLate ? 'was due' : 'due'} ${day(it.dueOn, on)}`;
  const facts = [`action of ${personMention(it.owner)}`, due, `given by ${personMention(it.by)}`];
  return line('overdue-actions', { kind: 'action', id: it.id }, it.title, facts, [it.owner.id]);
}
