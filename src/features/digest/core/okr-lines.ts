import type { Temporal } from 'temporal-polyfill';
import {
  type Commitment,
  type Health,
  healthOf,
  healthWords,
  type SaidHealth,
} from '../../okrs/core/health.ts';
import { type Measured, progressOf } from '../../okrs/core/key-result.ts';
import { expectedProgress, isBehind, isKept } from '../../okrs/core/pace.ts';
import type { HealthCounts, Line, Person, Said } from './digest.ts';
import { intentWeight, riskWeight } from './weights.ts';

/** A key result of the cycles that go on, as far as everybody may see it. */
export type DigestKeyResult = Measured & {
  id: number;
  title: string;
  objectiveId: number;
  commitment: Commitment;
  confidence: number | null;
  healthOverruled: SaidHealth | null;
  isOutdated: boolean;
  startsOn: Temporal.PlainDate;
  endsOn: Temporal.PlainDate;
  owner: Person | null;
  /** The last answer: its words, and who gave it. */
  last: { words: string | null; by: Person } | null;
  /** How sure they were before what is told of here. */
  confidenceBefore: number | null;
};

const order: readonly Health[] = ['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered'];
const troubled: readonly Health[] = ['at-risk', 'off-track', 'outdated'];

export function countHealth(keyResults: readonly DigestKeyResult[]): HealthCounts {
  const counts: HealthCounts = { 'on-track': 0, 'at-risk': 0, 'off-track': 0, outdated: 0, unanswered: 0 };
  for (const keyResult of keyResults) counts[healthOf(keyResult)] += 1;
  return counts;
}

/** "12 on track (2 more), 3 at risk (1 fewer)": what there is or was of each, beside the last digest's. */
export function healthSums(now: HealthCounts, before: HealthCounts | null): string | undefined {
  const parts = order.flatMap((health) => {
    const change = before === null ? 0 : now[health] - before[health];
    // That nobody is left who has not answered yet is seen from the others.
    if (now[health] === 0 && (change === 0 || health === 'unanswered')) return [];
    const changed = change === 0 ? '' : change > 0 ? ` (${change} more)` : ` (${-change} fewer)`;
    return [`${healthWords[health].mark} ${now[health]} ${healthWords[health].words}${changed}`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** A line for each key result that needs a look, with why. */
export function riskLines(keyResults: readonly DigestKeyResult[], on: Temporal.PlainDate): Line[] {
  return keyResults.flatMap((keyResult): Line[] => {
    const health = healthOf(keyResult);
    if (!troubled.includes(health)) return [];
    const { id, title, commitment, confidence, confidenceBefore, owner } = keyResult;
    const fall = Math.max(0, (confidenceBefore ?? 0) - (confidence ?? confidenceBefore ?? 0));
    const progress = progressOf(keyResult);
    const expected = expectedProgress(keyResult, on);
    const behind = isBehind(keyResult, keyResult, on) ? expected - (progress ?? 0) : 0;
    const facts = [
      commitment,
      healthWords[health].words,
      ...sureWords(confidence, fall, confidenceBefore),
      ...(progress === null
        ? keptWords(keyResult)
        : [`${percent(progress)} of the way, ${percent(expected)} expected`]),
      owner === null ? 'nobody owns it' : owner.name,
    ];
    return [
      {
        key: `risk-${id}`,
        section: 'risk',
        counted: 'at-risk',
        weight: riskWeight({ health, commitment, fall, behind }),
        opens: { kind: 'key-result', id },
        mark: healthWords[health].mark,
        title,
        facts,
        said: saidIn(keyResult),
        owner,
      },
    ];
  });
}

function sureWords(confidence: number | null, fall: number, before: number | null): string[] {
  if (confidence === null) return [];
  return [fall > 0 ? `confidence ${confidence}, was ${before}` : `confidence ${confidence}`];
}

function keptWords(keyResult: DigestKeyResult): string[] {
  return keyResult.direction === 'maintain' && isKept(keyResult) === false
    ? ['not kept where it should be']
    : [];
}

function saidIn({ last }: DigestKeyResult): Said | null {
  const words = last?.words?.trim() ?? '';
  return last === null || words === '' ? null : { words, by: last.by };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export type DigestIntent = { id: number; title: string; keyResults: readonly DigestKeyResult[] };

/** A line for each intent that is measured: how many of its key results stand how. */
export function intentLines(intents: readonly DigestIntent[]): Line[] {
  return intents
    .filter(({ keyResults }) => keyResults.length > 0)
    .map(({ id, title, keyResults }) => {
      const counts = countHealth(keyResults);
      const all = keyResults.length;
      const bad = troubled.reduce((sum, health) => sum + counts[health], 0);
      return {
        key: `intent-${id}`,
        section: 'strategy',
        counted: 'intent',
        weight: intentWeight({ all, troubled: bad }),
        opens: { kind: 'intent', id },
        mark: '',
        title,
        facts: [healthSums(counts, null) ?? ''],
        said: null,
        owner: null,
      };
    });
}

/** "Version 4, published on …. 2 of 5 intents have key results that need a look." */
export function strategySums(
  version: { number: number; publishedOn: string } | null,
  intents: readonly DigestIntent[],
): string | undefined {
  if (version === null) return undefined;
  const bad = intents.filter(({ keyResults }) =>
    keyResults.some((it) => troubled.includes(healthOf(it))),
  ).length;
  const standing =
    intents.length === 0
      ? 'It has no intents.'
      : bad === 0
        ? 'No key result of its intents needs a look.'
        : `${bad} of ${intents.length} ${intents.length === 1 ? 'intent has' : 'intents have'} key results that need a look.`;
  return `Version ${version.number}, published on ${version.publishedOn}. ${standing}`;
}
