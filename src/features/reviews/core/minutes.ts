import { isTouched, type Line } from './line.ts';

type Named = { slackId: string | null; name: string };

/** Why a review closed by itself: two working days were over, the time that its cadence names, or the next one began. */
export type ClosedFor = 'two-days' | 'over' | 'newer';

/** What came of a review, as it was when it ended. */
export type Minutes = {
  /** Null: somebody closed it. */
  closedFor: ClosedFor | null;
  decided: { line: string; number: number; outcome: string; approver: Named }[];
  actions: { line: string; title: string; owner: Named; dueOn: string | null }[];
  deferred: { line: string }[];
  /** Lines of which nothing came. */
  untouched: string[];
};

/** All that came of the lines, in the order of the agenda. */
export function minutesOf(lines: readonly Line[], closedFor: ClosedFor | null = null): Minutes {
  return {
    closedFor,
    decided: lines.flatMap(({ title, decisions }) =>
      decisions.map(({ number, outcome, approver }) => ({ line: title, number, outcome, approver })),
    ),
    actions: lines.flatMap(({ title: line, actions }) =>
      actions.map(({ title, owner, dueOn }) => ({ line, title, owner, dueOn })),
    ),
    deferred: lines.flatMap(({ title, deferredBy }) => (deferredBy === null ? [] : [{ line: title }])),
    untouched: lines.filter((line) => !isTouched(line)).map(({ title }) => title),
  };
}

/** "3 decisions, one action, 2 lines put off"; null where nothing came of it. */
export function sumWords({ decided, actions, deferred }: Minutes): string | null {
  const count = (many: number, one: string, several: string) =>
    many === 0 ? [] : [many === 1 ? `one ${one}` : `${many} ${several}`];
  const parts = [
    ...count(decided.length, 'decision', 'decisions'),
    ...count(actions.length, 'action', 'actions'),
    ...count(deferred.length, 'line put off', 'lines put off'),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
