import type { AgendaSource } from '../../playbook/core/sources.ts';

/** Where a line of an agenda comes from: what is gathered, or a point of the page itself. */
export type LineSource = AgendaSource | 'point';

export type SubjectKind =
  | 'rock'
  | 'objective'
  | 'key-result'
  | 'item'
  | 'decision'
  | 'action'
  | 'handoff'
  | 'line';
export type Subject = { kind: SubjectKind; id: number };

/** A line before it stands on an agenda. */
export type GatheredLine = {
  source: LineSource;
  /** What it is about; null: a point of the page, or several things at once. */
  subject: Subject | null;
  /** In the words of people, unescaped. */
  title: string;
  /** What is known of it, in words for Slack: what people wrote in it is escaped. */
  facts: string;
  /** The line of an earlier review that was deferred to this one. */
  fromLineId: number | null;
  /** Who should say something about it, by their ids: they are asked beforehand. */
  owedBy: number[];
};

/** A line of an agenda, with what came of it so far. */
export type Line = Omit<GatheredLine, 'owedBy'> & {
  id: number;
  position: number;
  page: number;
  deferredBy: { slackId: string | null; name: string } | null;
  decisions: {
    id: number;
    number: number;
    outcome: string;
    approver: { slackId: string | null; name: string };
  }[];
  actions: {
    id: number;
    title: string;
    owner: { slackId: string | null; name: string };
    dueOn: string | null;
    state: 'open' | 'done' | 'dropped';
  }[];
};

/** Whether anything came of a line. */
export function isTouched({ deferredBy, decisions, actions }: Line): boolean {
  return deferredBy !== null || decisions.length + actions.length > 0;
}
