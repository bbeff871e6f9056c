import { proposalsStep } from './features/ownership/proposals/steps.ts';
import { promises, type StepKey } from './features/setup/guide/core/path.ts';
import type { StepReader } from './features/setup/guide/guide.ts';
import { peopleStep, whoStep } from './features/setup/guide/steps.ts';

/** The steps of the guided path, in its order, each from the feature that does it. */
export const guideSteps: readonly StepReader[] = [
  whoStep,
  peopleStep,
  plainStep('rocks', 'Rocks from what you have'),
  proposalsStep,
  plainStep('starter', 'What is often forgotten'),
  plainStep('ritual', 'A first ritual'),
];

/** A step that only says what it is for. */
function plainStep(key: StepKey, title: string): StepReader {
  return async () => ({ key, title, isDone: false, lines: [promises[key]], buttons: [] });
}
