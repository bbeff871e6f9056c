import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { type Edits, type Line, type Said, withWords } from './core/digest.ts';
import type { Digest, DigestForm } from './core/draft.ts';
import { ownsKeyResult } from './people-store.ts';
import { showDraft } from './showing.ts';
import { findDigest, lockDigest, saveEdits } from './store.ts';

const gone = refused('gone', 'That digest is not there any more.');
const sent = refused('sent', 'The digest has gone out already.');
const notAnAdmin = refused(
  'not-an-admin',
  "The digest is edited by product operations, who are Cairn's admins. Ask one of them.",
);
const notYours = refused('not-yours', 'Only whoever answers for it adds words to that line.');
const noLine = refused('no-line', 'That line is not in the digest any more.');
const changed = refused(
  'changed',
  'Somebody has changed the digest meanwhile. Open it again, so that nothing of theirs is lost.',
);

/** What tells one state of a draft from another. */
export function stampOfEdits({ edits }: Digest): string {
  return stampOf(edits);
}

/** A draft that the actor may edit. */
export async function readDraft(
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
): Promise<Result<Digest>> {
  return editable(await findDigest(db, workspaceId, id), actor);
}

function editable(digest: Digest | undefined, actor: Actor): Result<Digest> {
  if (!may('edit the digest', rolesInWorkspace(actor))) return notAnAdmin;
  if (digest === undefined) return gone;
  return digest.state === 'sent' ? sent : accepted(digest);
}

/**
 * Changes a draft; the preview and what owners were told say so. Words that were changed carry the name of whoever changed
 * them. Refuses whoever is no admin, what has gone out, and a form that somebody else's change has overtaken.
 */
export async function editDigest(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, stamp, form }: { id: number; stamp: string; form: DigestForm },
): Promise<Result<Digest>> {
  return await change(db, workspaceId, actor, id, async (_, digest) => {
    const may = editable(digest, actor);
    if (!may.ok) return may;
    if (stampOfEdits(digest) !== stamp) return changed;
    const known = new Set(digest.content.gathered.named.map(({ key }) => key));
    return accepted({
      note: form.note,
      hidden: form.hidden.filter((key) => known.has(key)),
      said: { ...digest.edits.said, ...wordsChanged(digest, form, actor) },
    });
  });
}

function wordsChanged(digest: Digest, { words }: DigestForm, actor: Actor): Record<string, Said> {
  const { id, slackId, name } = actor;
  return Object.fromEntries(
    linesAtRisk(digest).flatMap((line) => {
      const typed = words[line.key]?.trim();
      const isSame = typed === undefined || typed === (withWords(line, digest.edits).said?.words ?? '');
      return isSame ? [] : [[line.key, { words: typed, by: { id, slackId, name } }]];
    }),
  );
}

/** The lines whose words can be changed. */
export function linesAtRisk({ content }: Digest): Line[] {
  return content.gathered.named.filter(({ section }) => section === 'risk');
}

/** A line at risk to which the actor may add words: they own its key result at this moment. */
export async function readOwnLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, key }: { id: number; key: string },
): Promise<Result<{ digest: Digest; line: Line }>> {
  return await ownLine(db, workspaceId, actor, await findDigest(db, workspaceId, id), key);
}

async function ownLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  digest: Digest | undefined,
  key: string,
): Promise<Result<{ digest: Digest; line: Line }>> {
  if (digest === undefined) return gone;
  if (digest.state === 'sent') return sent;
  const line = linesAtRisk(digest).find((it) => it.key === key);
  if (line === undefined) return noLine;
  if (!(await ownsKeyResult(db, workspaceId, actor.id, line.opens.id))) return notYours;
  return digest.edits.hidden.includes(key) ? noLine : accepted({ digest, line });
}

/** The owner's words take the place of what was gathered, with their name; empty ones bring that back. */
export async function addWords(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, key, words }: { id: number; key: string; words: string },
): Promise<Result<Digest>> {
  return await change(db, workspaceId, actor, id, async (tx, digest) => {
    const own = await ownLine(tx, workspaceId, actor, digest, key);
    if (!own.ok) return own;
    const { [key]: _, ...others } = digest.edits.said;
    const by = { id: actor.id, slackId: actor.slackId, name: actor.name };
    const said = words === '' ? others : { ...others, [key]: { words, by } };
    return accepted({ ...digest.edits, said });
  });
}

async function change(
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
  decide: (tx: Tx, digest: Digest) => Promise<Result<Edits> | Refusal>,
): Promise<Result<Digest>> {
  return await inTransaction(
    db,
    async (tx) => {
      const digest = await lockDigest(tx, workspaceId, id);
      if (digest === undefined) return gone;
      const edits = await decide(tx, digest);
      if (!edits.ok) return edits;
      if (stampOf(edits.value) === stampOfEdits(digest)) return accepted(digest);
      const at = await companyNow(tx, workspaceId);
      await saveEdits(tx, id, edits.value, { personId: actor.id, at });
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'digest.edited',
        subject: { kind: 'digest', id },
        before: digest.edits,
        after: edits.value,
      });
      const now = await findDigest(tx, workspaceId, id);
      if (now === undefined) return gone;
      await showDraft(tx, workspaceId, now);
      return accepted(now);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}
