import { stampOf } from '../../platform/core/stamp.ts';
import type { ModalOrReply } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Actor } from '../people/core/person.ts';
import { teamChoices } from '../people/teams.ts';
import { type Decision, longest } from './core/decision.ts';
import { entryOf } from './core/form.ts';
import { entryModal, type Filled } from './entry-blocks.ts';
import type { DecisionDeps } from './forms.ts';
import { keepModal, makeModal, supersedeModal } from './making-blocks.ts';
import { readChangeable } from './operations.ts';
import { readDecision } from './reading-operations.ts';

/** The form of a new decision. Words that are longer than a question are cut: whoever writes it down sees them. */
export async function openNew(
  { db }: DecisionDeps,
  workspaceId: string,
  actor: Actor,
  given: { question: string; sourceUrl: string | null },
): Promise<ModalOrReply> {
  const filled: Filled = {
    question: given.question.replace(/\s+/g, ' ').trim().slice(0, longest.question),
    options: [],
    driver: actor.slackId,
    approver: null,
    contributors: [],
    informed: [],
    viewers: [],
    due: null,
    about: null,
    team: null,
    visibility: 'workspace',
  };
  return { modal: entryModal(filled, await teamChoices(db, workspaceId), { sourceUrl: given.sourceUrl }) };
}

/** The form of an open decision, for who may change it at this moment. */
export async function openChange(
  { db }: DecisionDeps,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
): Promise<ModalOrReply> {
  const decision = await readChangeable(db, workspaceId, actor, decisionId);
  if (!decision.ok) return { reply: plain(decision.words) };
  const { id, number } = decision.value;
  const of = { decisionId: id, number, stamp: stampOf(entryOf(decision.value)) };
  return { modal: entryModal(filledWith(decision.value), await teamChoices(db, workspaceId), of) };
}

function filledWith(decision: Decision): Filled {
  const ids = (people: readonly { slackId: string | null }[]) =>
    people.flatMap(({ slackId }) => slackId ?? []);
  return {
    question: decision.question,
    options: decision.options,
    driver: decision.driver.slackId,
    approver: decision.approver.slackId,
    contributors: ids(decision.contributors),
    informed: ids(decision.informed),
    viewers: ids(decision.viewers),
    due: decision.dueOn?.toString() ?? null,
    about: decision.about[0] ?? null,
    team: decision.team === null ? null : String(decision.team.id),
    visibility: decision.visibility,
  };
}

/** The form in which an open decision is made, another takes its place, or it still holds; which depends on how it stands. */
export async function openMaking(
  { db }: DecisionDeps,
  workspaceId: string,
  actor: Actor,
  decisionId: number,
  what: 'decide' | 'supersede' | 'keep',
): Promise<ModalOrReply> {
  const read = await readDecision(db, workspaceId, actor, { id: decisionId });
  if (!read.ok) return { reply: plain(read.words) };
  const { decision } = read.value;
  const { number, state, supersededBy } = decision;
  if (state === 'superseded')
    return { reply: plain(`Decision ${number} was superseded by decision ${supersededBy}.`) };
  if (what === 'decide')
    return state === 'open'
      ? { modal: makeModal(decision) }
      : { reply: plain(`Decision ${number} is made already: \`/decide show ${number}\`.`) };
  if (state === 'open') return { reply: plain(`Decision ${number} is still open. Decide it first.`) };
  return { modal: what === 'supersede' ? supersedeModal(decision) : keepModal(decision) };
}
