import type { HandoffKind, HandoffState } from '../../../../src/features/handoffs/core/handoff.ts';
import { type Side, type Step, transitionOf } from '../../../../src/features/handoffs/core/machine.ts';
import type { World } from './world.ts';

export type Told = {
  id: number;
  type: string;
  actor: string;
  actorId: number | null;
  subjectId: number;
  before: unknown;
  after: unknown;
};
export type Retold = {
  owners: Map<number, number | null>;
  /** Who has a rock on loan. */
  loans: Map<number, number | null>;
  handoffs: Map<number, RetoldHandoff>;
};
type RetoldHandoff = {
  kind: HandoffKind;
  state: HandoffState;
  rockId: number | null;
  from: number | null;
  to: number;
  by: number | null;
};

const stepsOf: Record<string, Step> = {
  accepted: 'accept',
  declined: 'decline',
  withdrawn: 'withdraw',
  'changes-suggested': 'suggest',
  'offered-again': 'offer-again',
  returned: 'return',
  finished: 'finish',
  expired: 'expire',
  completed: 'end-overlap',
  dropped: 'drop',
};
const beginnings: Record<string, HandoffState> = { drafted: 'draft', asked: 'asked', offered: 'offered' };

/**
 * Tells the story of a company again, from its events alone: whatever each of them says must have been possible as of
 * then, and allowed to whoever did it. Events of one rock are in the order in which its lock was held.
 */
export function retell(world: World, events: readonly Told[]): { retold: Retold; problems: string[] } {
  const owners = new Map(world.atFirst);
  const loans = new Map<number, number | null>();
  const handoffs = new Map<number, RetoldHandoff>();
  const formers = new Map([...owners].map(([rock, owner]) => [rock, new Set([owner])]));
  const problems: string[] = [];

  const isLead = (rockId: number, personId: number | null): boolean =>
    personId === world.adminId || (personId === world.leadId && world.leads(rockId));

  function mayBegin(handoff: RetoldHandoff, actorId: number | null): boolean {
    const { kind, rockId, from, to } = handoff;
    if (kind === 'work') return actorId === from && to !== from;
    if (rockId === null) return false;
    const owner = owners.get(rockId) ?? null;
    if (from !== owner || to === owner) return false;
    if (kind === 'give' || kind === 'lend') return actorId === owner;
    if (kind === 'assign') return isLead(rockId, actorId) && to !== actorId;
    return actorId === to && (kind === 'ask' || formers.get(rockId)?.has(actorId) === true);
  }

  function retellHandoff({ type, actor, actorId, subjectId, after }: Told): boolean {
    const what = type.slice('handoff.'.length);
    const handoff = handoffs.get(subjectId);
    if (handoff === undefined) {
      const state = beginnings[what];
      const to = numberIn(after, 'to');
      if (state === undefined || to === null) return false;
      const begun: RetoldHandoff = {
        kind: kindIn(after),
        state,
        rockId: numberIn(after, 'rock'),
        from: numberIn(after, 'from'),
        to,
        by: actorId,
      };
      handoffs.set(subjectId, begun);
      return mayBegin(begun, actorId);
    }
    const { kind, state, rockId, from, to, by } = handoff;
    const isLapsed = what === 'lapsed';
    const lapse = kind === 'work' ? 'withdraw' : 'lapse';
    const offer = state === 'draft' ? 'release' : 'hand-over';
    const step = isLapsed ? lapse : what === 'offered' ? offer : stepsOf[what];
    const transition = step === undefined ? undefined : transitionOf(kind, state, step);
    if (transition === undefined) return false;
    handoff.state = transition.to;
    const sides: Side[] = actor === 'clock' ? ['clock'] : [];
    // Whoever moves the rock ends what was under way for it.
    if (isLapsed || step === 'end-overlap') sides.push('register', ...(kind === 'work' ? transition.by : []));
    if (actorId !== null) {
      if (actorId === to) sides.push('receiver');
      if (actorId === (kind === 'assign' ? by : from)) sides.push('sender');
      if (rockId !== null && actorId === owners.get(rockId)) sides.push('owner');
    }
    return transition.by.some((side) => sides.includes(side));
  }

  /** By what somebody owns a rock from now on, or nobody does. */
  function retellOwner({ type, actorId, actor, subjectId: rockId, before, after }: Told): boolean {
    const owner = owners.get(rockId) ?? null;
    const next = numberIn(after, 'owner');
    owners.set(rockId, next);
    formers.get(rockId)?.add(next);
    if (numberIn(before, 'owner') !== owner || owner === next) return false;
    const handoff = handoffs.get(numberIn(after, 'handoff') ?? 0);
    switch (type) {
      case 'rock.claimed':
        return owner === null && next === actorId;
      case 'rock.handed-over':
      case 'rock.assigned': {
        if (handoff === undefined || handoff.rockId !== rockId) return false;
        const isBack = handoff.kind === 'back';
        return (
          (type === 'rock.assigned') === (handoff.kind === 'assign') &&
          handoff.from === owner &&
          handoff.to === next &&
          handoff.state === (isBack ? 'asked' : 'offered') &&
          actorId === (isBack ? owner : next)
        );
      }
      case 'rock.left': {
        const isReleased = stringIn(after, 'ended') === 'released';
        return isReleased ? actorId === world.adminId : actorId === owner || isLead(rockId, actorId);
      }
      case 'rock.acting':
        return actorId === world.adminId;
      default:
        return type === 'rock.restored' && actor === 'clock';
    }
  }

  function retellLoan({ type, subjectId: rockId, before, after }: Told): boolean {
    const lent = loans.get(rockId) ?? null;
    const to = numberIn(fieldIn(after, 'lent'), 'to');
    loans.set(rockId, to);
    return type === 'rock.lent'
      ? lent === null && to !== null
      : lent !== null && to === null && numberIn(fieldIn(before, 'lent'), 'to') === lent;
  }

  const ownings = ['claimed', 'handed-over', 'assigned', 'left', 'acting', 'restored'];
  function retellOne(event: Told): boolean {
    const { type, actorId, subjectId, before } = event;
    if (type.startsWith('handoff.')) return retellHandoff(event);
    if (ownings.some((one) => type === `rock.${one}`)) return retellOwner(event);
    if (type === 'rock.lent' || type === 'rock.returned') return retellLoan(event);
    if (type === 'rock.set-down' || type === 'rock.retired')
      return actorId === numberIn(before, 'owner') || isLead(subjectId, actorId);
    return true;
  }

  for (const event of events)
    if (!retellOne(event)) problems.push(`could not be or was not allowed: ${JSON.stringify(event)}`);
  return { retold: { owners, loans, handoffs }, problems };
}

function fieldIn(state: unknown, name: string): unknown {
  return typeof state === 'object' && state !== null
    ? Object.entries(state).find(([key]) => key === name)?.[1]
    : undefined;
}

export function numberIn(state: unknown, name: string): number | null {
  const value = fieldIn(state, name);
  return typeof value === 'number' ? value : null;
}

function stringIn(state: unknown, name: string): string | null {
  const value = fieldIn(state, name);
  return typeof value === 'string' ? value : null;
}

const kinds: readonly HandoffKind[] = ['give', 'lend', 'ask', 'assign', 'back', 'work'];
function kindIn(state: unknown): HandoffKind {
  const kind = kinds.find((one) => one === stringIn(state, 'kind'));
  if (kind === undefined) throw new Error(`no kind in ${JSON.stringify(state)}`);
  return kind;
}
