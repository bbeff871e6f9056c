import type { Rituals } from './cadence/ritual.ts';
import { importStep, starterStep } from './features/imports/steps.ts';
import { proposalsStep } from './features/ownership/proposals/steps.ts';
import type { StepReader } from './features/setup/guide/guide.ts';
import { peopleStep, whoStep } from './features/setup/guide/steps.ts';
import { ritualStep } from './features/setup/live/steps.ts';

/** The steps of the guided path, in its order, each from the feature that does it. */
export const guideSteps = (rituals: Rituals): readonly StepReader[] => [
  whoStep,
  peopleStep,
  importStep,
  proposalsStep,
  starterStep,
  async (db, workspaceId) => await ritualStep({ db, rituals }, workspaceId),
];
