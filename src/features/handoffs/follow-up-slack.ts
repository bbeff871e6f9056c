import { z } from 'zod';
import type { Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { admitting, pressWithModal } from '../people/admitting.ts';
import type { Person } from '../people/core/person.ts';
import { meet } from '../people/operations.ts';
import { askersModal, askersModalId, missingModal, missingModalId } from './follow-up-blocks.ts';
import { answerFollowUp, checkFollowUp, reportMissing, sendAskers } from './follow-up-operations.ts';
import { textOf } from './input.ts';
import { type HandoffDeps, pressStep, submitStep } from './presses.ts';

const metadata = z.object({ followUp: z.int().positive() });

/** Tells Slack's side of the questions after a handoff. */
export function registerFollowUps(slack: Registry, deps: HandoffDeps): void {
  const { db } = deps;
  for (const [action, answer] of [
    ['handoff:let-go', 'let-go'],
    ['handoff:complete', 'complete'],
  ] as const) {
    slack.press(action, async (press) => {
      await pressStep(
        deps,
        press,
        (actor, id) => answerFollowUp(db, press.workspaceId, actor, id, answer),
        'answered',
      );
    });
  }
  for (const [action, modalOf] of [
    ['handoff:still-asked', askersModal],
    ['handoff:missing', missingModal],
  ] as const) {
    slack.press(action, async (press) => {
      await pressWithModal(deps, press, async (actor, id) => {
        const asked = await checkFollowUp(db, press.workspaceId, actor, id);
        return asked.ok ? { modal: modalOf(asked.value.handoff, id) } : { reply: plain(asked.words) };
      });
    });
  }
  slack.submission(
    askersModalId,
    admitting(deps, 'Handoff', (submission) => sendThem(deps, submission)),
  );
  slack.submission(
    missingModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const words = textOf(submission, 'words');
      if (words === null) return { errors: { words: 'A sentence is enough: what would you need to know?' } };
      return await submitStep(deps, submission, 'What is missing', (actor) =>
        reportMissing(db, submission.workspaceId, actor, followUpOf(submission), words),
      );
    }),
  );
}

async function sendThem(deps: HandoffDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const askers: Person[] = [];
  for (const slackId of submission.lists['askers'] ?? []) {
    const person = await meet(deps, workspaceId, slackId);
    if (person !== undefined) askers.push(person);
  }
  return await submitStep(
    deps,
    submission,
    'Send askers on',
    (actor) => sendAskers(deps.db, workspaceId, actor, followUpOf(submission), askers),
    (code) => (code === 'unseen' || code === 'nobody' ? 'askers' : null),
  );
}

function followUpOf(submission: Submission): number {
  return metadata.parse(JSON.parse(submission.metadata)).followUp;
}
