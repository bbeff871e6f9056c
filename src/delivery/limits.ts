/** How much a workspace is told in what time. All replicas share these; an operator may set the first two. */
export type Limits = {
  /** Posts a second in a workspace, over time. Slack allows "several hundred a minute". */
  postsPerSecond: number;
  /** How long a call to Slack may take, in milliseconds. */
  slackTimeoutMs: number;
  /** So many posts may go out at once after a quiet time, ... */
  burst: number;
  /** ... of which planned ones leave this many to answers, which somebody waits for. */
  reserve: number;
  /** Between two posts in one channel or to one person, in milliseconds. Slack allows one a second. */
  channelSpacingMs: number;
  /** Edits a minute in a workspace. Slack allows 50 in any minute. */
  editsPerMinute: number;
  /** So many edits may go out at once after a quiet time. */
  editBurst: number;
  /** Pages of messages that are read a minute, in search of those in doubt. Slack allows 50 in any minute. */
  readsPerMinute: number;
  readBurst: number;
  /** Posts that one process has under way at a time. */
  parallel: number;
};

/** What an operator may set; `CAIRN_SLACK_TIMEOUT` and `CAIRN_MESSAGES_PER_SECOND`. */
export type ChosenLimits = Pick<Limits, 'postsPerSecond' | 'slackTimeoutMs'>;

export const usualLimits: Limits = limitsOf({ postsPerSecond: 4, slackTimeoutMs: 10_000 });

/** The rest of the limits, which follow from what Slack documents. */
export function limitsOf({ postsPerSecond, slackTimeoutMs }: ChosenLimits): Limits {
  return {
    postsPerSecond,
    slackTimeoutMs,
    // At four a second: 240 a minute and these, where reports of refusals begin at 300.
    burst: postsPerSecond * 5,
    reserve: Math.ceil(postsPerSecond),
    channelSpacingMs: 1_000,
    // Together 50, whichever minute one looks at.
    editsPerMinute: 40,
    editBurst: 10,
    readsPerMinute: 40,
    readBurst: 10,
    parallel: 10,
  };
}

/** How long a claim is one process's alone, in milliseconds of machine time. */
export function leaseMsOf({ slackTimeoutMs }: Limits): number {
  return slackTimeoutMs * 3;
}

/** How long after its claim a post may begin, so that it ends within its lease. */
export function latestStartMsOf(limits: Limits): number {
  return leaseMsOf(limits) - limits.slackTimeoutMs;
}

/**
 * How long after a look at what Slack has asked others to wait with a post may begin. In between the connection is
 * made, or the process sleeps: by then another one may have been told to wait.
 */
export function longestLookMsOf(limits: Limits): number {
  return limits.slackTimeoutMs / 2;
}

/**
 * How long after its claim a post has certainly come to Slack, or never will: only a reading that begins later can
 * say that it was not sent. Longer than the lease and a call together, whoever is slow.
 */
export function settleMsOf({ slackTimeoutMs }: Limits): number {
  return slackTimeoutMs * 4.5;
}

/**
 * How long one process alone looks for messages in doubt, whose lanes wait meanwhile. Two that look at once do no
 * harm, but cost twice.
 */
export function lookingMsOf(limits: Limits): number {
  return leaseMsOf(limits) * 2;
}

/**
 * Order is kept: behind a message in doubt its lane waits until that one was looked for. So long at most, in
 * milliseconds from its claim, or from when a lease that ran out was noticed: where nobody can look, those behind it matter more.
 */
export const longestDoubtMs = 10 * 60_000;
