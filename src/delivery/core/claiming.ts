/** A delivery that may be the next one in its lane, as the claim finds it. */
export type Candidate = {
  id: string;
  lane: string;
  isNudge: boolean;
  /** Whether an answer waits in this lane; what is before it has to go out first. */
  beforeAnswer: boolean;
  /** Why it must not go out any more; null: it may. */
  ended: Ended | null;
};

/** How a message ends that never goes out. */
export type Ended = { state: 'dead' | 'expired' | 'cancelled'; reason: string };

export type Allowance = {
  /** Posts that the workspace may make now; parts of one are saved up. */
  tokens: number;
  /** So many of them are kept for answers. */
  reserve: number;
  /** What this process can have under way besides. */
  most: number;
};

export type Heads = {
  /** The first of each lane, those before an answer foremost, each kind in the order given. */
  heads: Candidate[];
  /** What stood before a head, or in its place, and ends here. */
  ended: { id: string; ended: Ended }[];
};

/** Finds the head of each lane among candidates that come in the order in which they shall go out. */
export function headsOf(candidates: readonly Candidate[]): Heads {
  const ended = new Map<string, Ended>();
  const heads = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (candidate.ended !== null) ended.set(candidate.id, candidate.ended);
    else if (!heads.has(candidate.lane)) heads.set(candidate.lane, candidate);
    else if (candidate.beforeAnswer) hasten(heads, candidate.lane);
  }
  const all = [...heads.values()];
  return {
    heads: [...all.filter((head) => head.beforeAnswer), ...all.filter((head) => !head.beforeAnswer)],
    ended: [...ended].map(([id, how]) => ({ id, ended: how })),
  };
}

function hasten(heads: Map<string, Candidate>, lane: string): void {
  const head = heads.get(lane);
  if (head !== undefined) heads.set(lane, { ...head, beforeAnswer: true });
}

/** What may go out now of these heads: answers as long as there are tokens, others as long as the reserve stays. */
export function affordable(heads: readonly Candidate[], { tokens, reserve, most }: Allowance): Candidate[] {
  const chosen: Candidate[] = [];
  for (const head of heads) {
    const left = tokens - chosen.length;
    if (chosen.length < most && left >= (head.beforeAnswer ? 1 : reserve + 1)) chosen.push(head);
  }
  return chosen;
}

/** Milliseconds until the bucket allows one more of these; 0 when it does so now. */
export function waitForToken(
  isAnswer: boolean,
  { tokens, reserve }: Pick<Allowance, 'tokens' | 'reserve'>,
  perSecond: number,
): number {
  const missing = (isAnswer ? 1 : reserve + 1) - tokens;
  return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1000);
}
