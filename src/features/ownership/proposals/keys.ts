/** The parts of people's direct messages that these questions write, once and for all. */
export const proposalKey = (id: number): string => `proposals:${id}`;
export const proposalNudgeKey = (id: number): string => `proposals-nudge:${id}`;
