import type { Tx } from '../../platform/db/database.ts';
import { touchedInSlack } from '../../platform/db/import-touched.ts';
import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import { type LineState, patched, statesOf } from './core/state.ts';
import { emptyStrategy, type LineKind } from './core/strategy.ts';
import type { LineEntry, StrategyEntry } from './file.ts';
import { importEditors } from './import-editors.ts';
import {
  findDraft,
  findInForce,
  insertLines,
  insertVersion,
  listLines,
  lockStrategy,
  saveStrategy,
} from './store.ts';

/** Every line that there ever was in the workspace, with its kind and whether it is in force. */
export async function presentLines(
  tx: Tx,
  workspaceId: string,
): Promise<{ key: string; kind: LineKind; isInForce: boolean }[]> {
  await lockStrategy(tx, workspaceId);
  return await listLines(tx, workspaceId);
}

/**
 * Adds and changes lines, and publishes what comes of it as a version of its own, without posting it anywhere. What
 * people changed in Slack stays, and owners too, unless the operator overwrites; what the file leaves out stays. A draft
 * gets the same changes, and stays a draft. Returns the lines in force by key.
 */
export async function importStrategy(
  importing: Importing,
  entry: StrategyEntry | null,
  people: ReadonlyMap<string, number>,
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { tx, workspaceId, at, overwrite, kept } = importing;
  await lockStrategy(tx, workspaceId);
  const inForce = await findInForce(tx, workspaceId);
  const now = inForce?.strategy ?? emptyStrategy;
  const ids = new Map(now.lines.map(({ key, id }) => [key, id]));
  if (entry === null) return { tally: { added: 0, changed: 0, unchanged: 0 }, ids };
  const editors = await importEditors(importing, entry.editors, people);

  const touched = await touchedInSlack(importing, 'line', [...ids.values()]);
  const states = statesOf(now);
  const wanted = new Map(
    entry.lines.map((line) => {
      const told = toldState(line, people);
      const present = states.get(line.key);
      if (present === undefined) return [line.key, told];
      const state = { ...told };
      for (const field of Object.keys(told) as (keyof LineState)[]) {
        const stays = (field === 'owner_id' && !overwrite) || touched(got(ids, line.key), field);
        if (!stays || JSON.stringify(told[field]) === JSON.stringify(present[field])) continue;
        keep(state, field, present);
        kept.push(`strategy.${line.key} ${field === 'owner_id' ? 'owner' : field}`);
      }
      return [line.key, state];
    }),
  );
  const sorted = sortOut<LineState>(wanted, states);
  const vision = entry.vision ?? now.vision;
  const isNewVision = vision !== now.vision;
  const tally = sum(withVision(sorted.tally, now.vision, entry.vision), editors);
  if (sorted.added.length + sorted.changed.length === 0 && !isNewVision) return { tally, ids };

  const added = sorted.added.map(({ key, wanted }) => ({ key, kind: wanted.kind }));
  for (const [key, id] of await insertLines(tx, workspaceId, added)) ids.set(key, id);
  const number = (inForce?.number ?? 0) + 1;
  const versionId = await insertVersion(tx, workspaceId, at, { number });
  await saveStrategy(tx, workspaceId, versionId, { ...patched(now, sorted, ids), vision }, at);
  const draft = await findDraft(tx, workspaceId);
  if (draft !== undefined) {
    const drafted = patched(draft.strategy, sorted, ids);
    const line = isNewVision ? { vision } : {};
    await saveStrategy(tx, workspaceId, draft.id, { ...drafted, ...line }, at);
  }
  await recordImport(importing, [
    ...eventsOf('line', sorted, (key) => got(ids, key)),
    {
      type: 'strategy.published',
      subject: { kind: 'strategy', id: versionId },
      ...(isNewVision ? { before: { vision: now.vision } } : {}),
      after: { number, ...(isNewVision ? { vision } : {}) },
    },
  ]);
  return { tally, ids };
}

function sum(one: Tally, other: Tally): Tally {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
  };
}

/** The vision counts as a line. */
function withVision({ added, changed, unchanged }: Tally, now: string | null, told: string | null): Tally {
  if (told === null) return { added, changed, unchanged };
  if (now === null) return { added: added + 1, changed, unchanged };
  return now === told
    ? { added, changed, unchanged: unchanged + 1 }
    : { added, changed: changed + 1, unchanged };
}

function keep<Field extends keyof LineState>(state: LineState, field: Field, from: LineState): void {
  state[field] = from[field];
}

function toldState(
  { key: _key, owner, ...fields }: LineEntry,
  people: ReadonlyMap<string, number>,
): LineState {
  return {
    kind: fields.kind,
    title: fields.title,
    parent: fields.parent,
    rank: fields.rank,
    owner_id: owner === null ? null : got(people, owner),
    measure: fields.measure,
    horizon: fields.horizon,
    not_doing: fields.not_doing,
    problem: fields.problem,
    metric: fields.metric,
  };
}
