import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { type StepKey, stepKeys } from './core/path.ts';
import type { WhoForm } from './who-blocks.ts';

const stepKey = z.enum(stepKeys);
const metadata = z.object({ step: stepKey, stamp: z.string().max(64).optional() });

/** Which step a button leads to. */
export function readStep(value: string): StepKey {
  return stepKey.parse(value);
}

/** Which step was sent off, and the stamp of what its fields were filled with. */
export function readStepSubmission(submission: Submission): { step: StepKey; stamp: string } {
  const { step, stamp = '' } = metadata.parse(JSON.parse(submission.metadata));
  return { step, stamp };
}

export function readWhoForm({ values, lists }: Submission): WhoForm {
  return {
    admins: lists['admins'] ?? [],
    productOperations: values['productOperations'] || null,
    leaders: values['leaders'] || null,
  };
}
