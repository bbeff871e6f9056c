import type { Temporal } from 'temporal-polyfill';
import { may, type Operation, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvents } from '../../platform/db/events.ts';
import { sortOut } from '../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { statesOf } from './core/state.ts';
import { emptyStrategy, type Strategy } from './core/strategy.ts';
import { isEditor, listWhomToAsk } from './editor-store.ts';
import { findDraft, findInForce, insertVersion, lockStrategy, saveStrategy } from './store.ts';

/** Why the actor may not do this with the strategy, and whom to ask; null: they may. A named editor is an owner of it. */
export async function strategyRefusal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  operation: Operation,
): Promise<Refusal | null> {
  const roles = rolesInWorkspace(actor);
  if (await isEditor(db, workspaceId, actor.id)) roles.push('owner');
  if (may(operation, roles)) return null;
  if (operation === 'name editors of the strategy')
    return refused('not-an-admin', 'Who writes the strategy is for admins to say. Ask one of them.');
  const people = await listWhomToAsk(db, workspaceId);
  const whom = people.length === 0 ? 'one of your Cairn admins' : people.map(personMention).join(' or ');
  return refused(
    'not-an-editor',
    `The strategy is written by its editors, so that it has one voice. If you would change something in it, tell ${whom}.`,
  );
}

/** What an edit works on: the draft as it is, in the transaction that keeps what comes of it. */
export type Editing = { tx: Tx; at: Temporal.Instant; draft: Strategy };

/**
 * Changes the draft, which is made of the version in force where there is none. Whoever may not is refused; a refusal of
 * `work` must come before it has changed anything. Every line that differs is an event.
 */
export async function editDraft(
  db: Database,
  workspaceId: string,
  actor: Actor,
  work: (editing: Editing) => Promise<Result<Strategy>>,
): Promise<Result<Strategy>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockStrategy(tx, workspaceId);
      const problem = await strategyRefusal(tx, workspaceId, actor, 'write the strategy');
      if (problem !== null) return problem;
      const present = await findDraft(tx, workspaceId);
      const before = present?.strategy ?? (await findInForce(tx, workspaceId))?.strategy ?? emptyStrategy;
      const at = await companyNow(tx, workspaceId);
      const edited = await work({ tx, at, draft: before });
      if (!edited.ok) return edited;
      const versionId = present?.id ?? (await insertVersion(tx, workspaceId, at, null));
      await saveStrategy(tx, workspaceId, versionId, edited.value, at);
      await recordEdit(tx, { workspaceId, actor, at, versionId }, before, edited.value);
      return accepted(edited.value);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function recordEdit(
  tx: Tx,
  {
    workspaceId,
    actor,
    at,
    versionId,
  }: { workspaceId: string; actor: Actor; at: Temporal.Instant; versionId: number },
  before: Strategy,
  after: Strategy,
): Promise<void> {
  const common = { workspaceId, at, doer: { kind: 'person' as const, personId: actor.id } };
  const was = statesOf(before);
  const is = statesOf(after);
  const { added, changed } = sortOut(is, was);
  const ids = new Map([...before.lines, ...after.lines].map(({ id, key }) => [key, id]));
  const subject = (key: string) => ({ kind: 'line', id: ids.get(key) ?? 0 });
  const gone = [...was.keys()].filter((key) => !is.has(key));
  await recordEvents(tx, [
    ...added.map(({ key, wanted }) => ({
      ...common,
      type: 'line.created',
      subject: subject(key),
      after: wanted,
    })),
    ...changed.map(({ key, ...change }) => ({
      ...common,
      type: 'line.changed',
      subject: subject(key),
      before: change.before,
      after: change.after,
    })),
    ...gone.map((key) => ({ ...common, type: 'line.dropped', subject: subject(key), before: was.get(key) })),
    ...(before.vision === after.vision
      ? []
      : [
          {
            ...common,
            type: 'strategy.changed',
            subject: { kind: 'strategy', id: versionId },
            before: { vision: before.vision },
            after: { vision: after.vision },
          },
        ]),
  ]);
}
