import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { portions } from '../../platform/db/importing.ts';
import type { SaidHealth } from '../okrs/core/health.ts';

/** An answer of the past, with all that a table has of it. */
export type KeptAnswer = {
  keyResultId: number;
  occurrenceId: number | null;
  personId: number;
  at: Temporal.Instant;
  value: number;
  /** 0 to 10. */
  confidence: number;
  health: SaidHealth | null;
  words: string | null;
  isLate: boolean;
};

export type KeptRow = Omit<KeptAnswer, 'keyResultId' | 'occurrenceId'> & {
  keyResult: string;
  /** Null: given early, or before there was a check-in. */
  cadence: string | null;
  occurrence: string | null;
};

/** Every answer of a workspace, by key result and time. */
export async function listKept(db: Database, workspaceId: string): Promise<KeptRow[]> {
  const rows = await db
    .selectFrom('check_ins as a')
    .innerJoin('key_results as k', 'k.id', 'a.key_result_id')
    .leftJoin('occurrences as o', 'o.id', 'a.occurrence_id')
    .leftJoin('cadences as c', 'c.id', 'o.cadence_id')
    .where('a.workspace_id', '=', workspaceId)
    .select([
      'k.key as keyResult',
      'c.key as cadence',
      'o.name as occurrence',
      'a.person_id as personId',
      'a.answered_at as at',
      'a.value',
      'a.confidence',
      'a.health',
      'a.words',
      'a.is_late as isLate',
    ])
    .execute();
  // By the letters' numbers and not by the database's language, so that it is the same on every machine.
  return rows.sort(
    (one, other) =>
      (one.keyResult < other.keyResult ? -1 : one.keyResult > other.keyResult ? 1 : 0) ||
      Temporal.Instant.compare(one.at, other.at),
  );
}

/** Keeps answers of the past; where one of that occurrence is there already, that stays. Gives the key results of those that were kept. */
export async function saveKept(
  tx: Tx,
  workspaceId: string,
  answers: readonly KeptAnswer[],
): Promise<{ keyResultId: number; occurrenceId: number | null }[]> {
  const kept: { keyResultId: number; occurrenceId: number | null }[] = [];
  for (const portion of portions(answers)) {
    const rows = portion.map(({ at, ...answer }) => ({
      ...answer,
      at: at.toString(),
      healthWords: answer.health === null ? null : answer.words,
    }));
    const saved = await sql<{ keyResultId: number; occurrenceId: number | null }>`
      insert into check_ins (workspace_id, key_result_id, occurrence_id, person_id, answered_at, value, confidence,
        health, health_words, words, is_late)
      select ${workspaceId}, g."keyResultId", g."occurrenceId", g."personId", g.at, g.value, g.confidence, g.health,
        g."healthWords", g.words, g."isLate"
      from json_to_recordset(${JSON.stringify(rows)}::json) as g ("keyResultId" bigint, "occurrenceId" bigint,
        "personId" bigint, at timestamptz, value numeric, confidence smallint, health text, "healthWords" text,
        words text, "isLate" boolean)
      -- What belongs to no check-in is known by its time.
      where g."occurrenceId" is not null or not exists (select from check_ins c
        where c.key_result_id = g."keyResultId" and c.answered_at = g.at)
      on conflict do nothing
      returning key_result_id as "keyResultId", occurrence_id as "occurrenceId"`.execute(tx);
    kept.push(...saved.rows);
  }
  return kept;
}
