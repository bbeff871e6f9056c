import type { Handoff } from '../../../../src/features/handoffs/core/handoff.ts';
import { type Transition, transitionOf } from '../../../../src/features/handoffs/core/machine.ts';
import { handoffs } from '../../../../src/features/handoffs/store.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import { ownerOf } from '../support.ts';
import type { Step } from './steps.ts';
import type { World } from './world.ts';

/** What an answer does with a handoff. */
const stepOf: Partial<Record<Step['do'], Transition['step']>> = {
  read: 'accept',
  accept: 'accept',
  agree: 'hand-over',
  suggest: 'suggest',
  'offer-again': 'offer-again',
  decline: 'decline',
  withdraw: 'withdraw',
  return: 'return',
  finish: 'finish',
};

/** What is done by whom, with what; ids, as of the moment at which somebody sees it and decides. */
export type Chosen = {
  do: Step['do'];
  byId: number;
  rockId: number | null;
  toId: number;
  handoff: Handoff | undefined;
};

/**
 * What a step comes to. What is theirs is done by whoever is up to it, with what waits for it; where nothing does, a
 * rock is offered instead, so that something does. What is anybody's may be done by the wrong one, with a stale button.
 */
export async function choose(world: World, step: Step, on: Database): Promise<Chosen> {
  const all = await handoffs(on, world.workspaceId).orderBy('h.id', 'desc').execute();
  const anybody = { byId: world.personAt(step.by).id, toId: world.personAt(step.to).id };
  const answer = stepOf[step.do];
  const waiting = all.filter(({ kind, state }) => answer && transitionOf(kind, state, answer) !== undefined);
  const awaited = waiting[step.rock % Math.max(waiting.length, 1)];
  if (!step.isTheirs) {
    const rockId = world.rocks[step.rock] ?? null;
    const oldest = all.findLast(({ rock }) => (rock?.id ?? null) === rockId);
    const isStale = step.some % 2 === 1 || awaited === undefined;
    return { ...anybody, do: step.do, rockId, handoff: isStale ? oldest : awaited };
  }
  if (answer !== undefined && awaited !== undefined) {
    const byId = whoAnswers(awaited, answer);
    return { ...anybody, do: step.do, byId, rockId: null, handoff: awaited };
  }
  const rockId = world.rocks[step.rock % world.rocks.length] ?? null;
  const last = all.find(({ rock }) => rock?.id === rockId);
  const owner = rockId === null ? null : await ownerOf(on, world.workspaceId, rockId);
  const leader = step.some % 2 === 0 ? world.leadId : world.adminId;
  const theirs = { ...anybody, rockId, handoff: last };
  switch (step.do) {
    case 'ask':
    case 'take':
    case 'work':
      return { ...theirs, do: step.do };
    case 'back':
      return { ...theirs, do: 'back', byId: last?.from?.id ?? anybody.byId };
    case 'assign':
    case 'bulk':
    case 'release':
      return { ...theirs, do: step.do, byId: step.do === 'assign' ? leader : world.adminId };
    case 'set-down':
    case 'retire':
    case 'lend':
      return { ...theirs, do: step.do, byId: owner ?? leader };
    default:
      return { ...theirs, do: owner === null ? 'assign' : 'offer', byId: owner ?? leader };
  }
}

/** Whom core's table lets take it; what the table says of sides is checked when the story is told again. */
function whoAnswers({ kind, state, sender, to }: Handoff, step: Transition['step']): number {
  return transitionOf(kind, state, step)?.by.includes('sender') === true ? sender.id : to.id;
}
