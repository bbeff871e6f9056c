import type { Temporal } from 'temporal-polyfill';
import { rewriteAll, tellAll } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { resay, sayAll, unsay } from '../../daily/operations.ts';
import type { Cycle } from '../core/cycle.ts';
import { gradedPart, parentBlocks, promptPart } from './blocks.ts';
import type { Calibration } from './core/calibration.ts';
import type { GradeRow } from './core/grade-row.ts';
import { tallyOf } from './core/tally.ts';
import { resultsBlocks } from './results-blocks.ts';
import { type GradingMessage, insertAsked, insertMessagesOf, listAsked, listMessages } from './store.ts';

type Of = { workspaceId: string; cycle: Pick<Cycle, 'id' | 'key'> };

/** What the message of the day says of grading to a person. */
export function partKey(cycleId: number, personId: number): string {
  return `grade:${cycleId}:${personId}`;
}

/** What a channel is told of: a private objective is nobody's business there. */
export function toldIn(
  rows: readonly GradeRow[],
  { channelId, isWhole }: Pick<GradingMessage, 'channelId' | 'isWhole'>,
) {
  const own = rows.filter((row) => isWhole || row.channelId === channelId);
  return own.filter(({ visibility }) => visibility === 'workspace');
}

/** Tells the channels and, once, whoever owns key results of a cycle that it is being graded. */
export async function tellGrading(
  tx: Tx,
  { workspaceId, cycle }: Of,
  rows: readonly GradeRow[],
  { at, channelId }: { at: Temporal.Instant; channelId: number | null },
): Promise<void> {
  const homes = [
    ...new Set(rows.flatMap((row) => (row.visibility === 'workspace' ? (row.channelId ?? []) : []))),
  ];
  const channels = [
    ...homes.filter((id) => id !== channelId).map((id) => ({ channelId: id, isWhole: false })),
    ...(channelId === null ? [] : [{ channelId, isWhole: true }]),
  ];
  const ids = await tellAll(
    tx,
    channels.map((channel) => ({
      workspaceId,
      dedupeKey: `grading:${cycle.id}:${channel.channelId}`,
      to: { channelId: channel.channelId },
      content: parentBlocks(cycle, tallyOf(toldIn(rows, channel))),
      dueAt: at,
    })),
  );
  await insertMessagesOf(
    tx,
    workspaceId,
    cycle.id,
    channels.map((channel, index) => ({ ...channel, messageId: ids[index] ?? 0 })),
  );
  const asked = byAsked(rows);
  await insertAsked(tx, workspaceId, cycle.id, [...asked.keys()]);
  await sayAll(
    tx,
    [...asked].map(([personId, own]) => ({
      workspaceId,
      personId,
      key: partKey(cycle.id, personId),
      at,
      content: promptPart(cycle, tallyOf(own)),
    })),
  );
}

/** Lets the channels' messages, and those of the people whose grades these are, say how far the grading is. */
export async function showGrading(
  tx: Tx,
  { workspaceId, cycle }: Of,
  rows: readonly GradeRow[],
  keyResultIds: readonly number[],
): Promise<void> {
  const isOf = (row: GradeRow) => keyResultIds.includes(row.id);
  const messages = (await listMessages(tx, cycle.id)).filter((it) => toldIn(rows, it).some(isOf));
  await rewriteAll(
    tx,
    messages.map((it) => ({ id: it.messageId, content: parentBlocks(cycle, tallyOf(toldIn(rows, it))) })),
  );
  const told = new Set(await listAsked(tx, cycle.id));
  for (const [personId, own] of byAsked(rows)) {
    if (!told.has(personId) || !own.some(isOf)) continue;
    await resay(tx, workspaceId, partKey(cycle.id, personId), promptPart(cycle, tallyOf(own)));
  }
}

/** Posts the results, and lets what was asked say that the cycle is closed, and to each how sure they were in it. */
export async function tellResults(
  tx: Tx,
  { workspaceId, cycle }: Of,
  rows: readonly GradeRow[],
  {
    at,
    nextKey,
    sure,
  }: { at: Temporal.Instant; nextKey: string | null; sure: ReadonlyMap<number, Calibration> },
): Promise<void> {
  const messages = await listMessages(tx, cycle.id);
  await rewriteAll(
    tx,
    messages.map((it) => ({
      id: it.messageId,
      content: parentBlocks(cycle, tallyOf(toldIn(rows, it)), { isClosed: true }),
    })),
  );
  await tellAll(
    tx,
    messages.map((it) => ({
      workspaceId,
      dedupeKey: `results:${cycle.id}:${it.channelId}`,
      to: { channelId: it.channelId },
      content: resultsBlocks(cycle, toldIn(rows, it), nextKey),
      dueAt: at,
    })),
  );
  const graded = byAsked(rows);
  const asked = await listAsked(tx, cycle.id);
  const isTold = (personId: number) => graded.get(personId)?.some(({ score }) => score !== null) === true;
  await sayAll(
    tx,
    asked.filter(isTold).map((personId) => ({
      workspaceId,
      personId,
      key: partKey(cycle.id, personId),
      at,
      content: gradedPart(cycle, graded.get(personId) ?? [], sure.get(personId) ?? null),
    })),
  );
  const left = asked.filter((personId) => !isTold(personId)).map((personId) => partKey(cycle.id, personId));
  await unsay(tx, workspaceId, left, `${cycle.key} is closed, so nothing is left to grade.`);
}

/** What each of those who are asked grades. */
export function byAsked(rows: readonly GradeRow[]): Map<number, GradeRow[]> {
  const asked = new Map<number, GradeRow[]>();
  for (const row of rows) {
    if (row.askedId !== null) asked.set(row.askedId, [...(asked.get(row.askedId) ?? []), row]);
  }
  return asked;
}
