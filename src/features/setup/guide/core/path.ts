/** The steps of the guided path, in the order in which they are walked. */
export const stepKeys = ['who', 'people', 'rocks', 'owners', 'starter', 'ritual'] as const;
export type StepKey = (typeof stepKeys)[number];

/** Null after the last one. */
export function stepAfter(key: StepKey): StepKey | null {
  return stepKeys[stepKeys.indexOf(key) + 1] ?? null;
}

/** Null before the first one. */
export function stepBefore(key: StepKey): StepKey | null {
  return stepKeys[stepKeys.indexOf(key) - 1] ?? null;
}

/** What each step is for, before anything of it is known. */
export const promises: Readonly<Record<StepKey, string>> = {
  who: '*Who sets Cairn up*, and where product operations and leaders meet',
  people: '*People, zones and teams* from Slack: you pick groups and channels',
  rocks: '*Rocks*, the things that people carry, from your spreadsheet or your channels',
  owners: '*Owners* say whether what is listed as theirs is right',
  starter: '*What is often forgotten*, such as pricing or release notes: pick from a list',
  ritual: '*A first ritual*, rehearsed to you alone, then live for one team',
};

/** How far a workspace is. */
export function progressOf(steps: readonly { isDone: boolean }[]): { done: number; of: number } {
  return { done: steps.filter(({ isDone }) => isDone).length, of: steps.length };
}
