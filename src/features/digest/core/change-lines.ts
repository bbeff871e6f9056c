import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../platform/core/time-words.ts';
import type { Commitment } from '../../okrs/core/health.ts';
import { type KeyResult, valueWords } from '../../okrs/core/key-result.ts';
import type { Counted, Line, Subject } from './digest.ts';
import { changeWeights, type ItemChange } from './weights.ts';

export type AcceptedHandoff = {
  id: number;
  rockId: number;
  rock: string;
  isCritical: boolean;
  from: string | null;
  to: string;
  isLoan: boolean;
};
export type MadeDecision = { id: number; number: number; question: string; outcome: string; by: string };
export type ChangedItem = {
  id: number;
  title: string;
  change: ItemChange;
  horizon: string;
  owner: string | null;
  whyStopped: string | null;
  /** Of one that slipped. */
  slip: { from: Temporal.PlainDate; to: Temporal.PlainDate; times: number } | null;
};
export type ChangedTarget = Pick<KeyResult, 'type' | 'unit' | 'title'> & {
  keyResultId: number;
  commitment: Commitment;
  from: number;
  to: number;
  by: string | null;
};
export type Changes = {
  strategies: { id: number; number: number }[];
  cycles: { id: number; key: string; state: 'active' | 'grading' | 'closed' }[];
  handoffs: AcceptedHandoff[];
  decisions: MadeDecision[];
  items: ChangedItem[];
  targets: ChangedTarget[];
};

const cycleWords = { active: 'has started', grading: 'is being graded', closed: 'is closed' };

/** What has changed since the last digest, a line each. */
export function changeLines(changes: Changes): Line[] {
  return [
    ...changes.strategies.map(({ id, number }) =>
      lineOf(
        'strategy',
        { kind: 'strategy', id },
        `Strategy, version ${number}`,
        ['is published'],
        changeWeights.strategy,
      ),
    ),
    ...changes.cycles.map(({ id, key, state }) =>
      lineOf('cycle', { kind: 'cycle', id }, key, [cycleWords[state]], changeWeights.cycle),
    ),
    ...changes.handoffs.map(handoffLine),
    ...changes.decisions.map(({ id, number, question, outcome, by }) =>
      lineOf(
        'decision-made',
        { kind: 'decision', id },
        question,
        [`decision ${number}: ${outcome}`, by],
        changeWeights.decision,
      ),
    ),
    ...changes.items.map(itemLine),
    ...changes.targets.map(targetLine),
  ];
}

function handoffLine({ id, rockId, rock, isCritical, from, to, isLoan }: AcceptedHandoff): Line {
  const who = isLoan
    ? `on loan to ${to}`
    : from === null
      ? `${to} carries it now`
      : `${from} handed it to ${to}`;
  const weight = isCritical ? changeWeights.handoff.critical : changeWeights.handoff.other;
  return { ...lineOf('handoff', { kind: 'rock', id: rockId }, rock, [who], weight), key: `handoff-${id}` };
}

function itemLine({ id, title, change, horizon, owner, whyStopped, slip }: ChangedItem): Line {
  const what: Record<ItemChange, string> = {
    shipped: 'has shipped',
    stopped: whyStopped === null ? 'was stopped' : `was stopped: ${whyStopped}`,
    slipped: slip === null ? 'comes later' : slipWords(slip),
    moved: `is in ${horizon} now`,
    new: `is new in ${horizon}`,
  };
  const facts = [what[change], ...(owner === null ? [] : [owner])];
  return {
    ...lineOf('roadmap-change', { kind: 'item', id }, title, facts, changeWeights.item[change]),
    key: `item-${id}-${change}`,
  };
}

function slipWords({ from, to, times }: NonNullable<ChangedItem['slip']>): string {
  const count = times > 1 ? `, its ${times} slips together` : '';
  return `slipped from ${dateWords(from)} to ${dateWords(to)}${count}`;
}

function targetLine({ keyResultId: id, title, commitment, from, to, by, ...unit }: ChangedTarget): Line {
  const facts = [
    `target ${valueWords(from, unit)} → ${valueWords(to, unit)}`,
    commitment,
    ...(by === null ? [] : [by]),
  ];
  return lineOf('target', { kind: 'key-result', id }, title, facts, changeWeights.target[commitment]);
}

function lineOf(counted: Counted, opens: Subject, title: string, facts: string[], weight: number): Line {
  const key = `${counted}-${opens.id}`;
  return { key, section: 'changes', counted, weight, opens, mark: '', title, facts, said: null, owner: null };
}
