import type { Button } from '@slack/types';

/** One step of the guided path of `/cairn setup`: how it stands, and what can be done there. */
export type GuideStep = {
  key: 'who' | 'people' | 'rocks' | 'owners' | 'starter' | 'ritual';
  title: string;
  isDone: boolean;
  /** How it stands, in a line or two, escaped. */
  lines: readonly string[];
  buttons: readonly Button[];
};
