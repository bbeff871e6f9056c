import { readPastDate } from '../../platform/core/date-words.ts';
import type { Caller, CommandCall, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { commandWithModal, pressOpening, pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { type RoadmapDeps, registerForms } from './forms.ts';
import { roadmapActions } from './frame-blocks.ts';
import { readAnswerButton } from './input.ts';
import { answerList, show, showNamed, turn } from './listing-slack.ts';
import { openAdd, openMeant, openMove, openOn } from './opening.ts';
import { outcomeModal } from './outcome-blocks.ts';
import { checkOutcome } from './outcome-operations.ts';
import { type Question, readQuestion } from './question.ts';
import { readMoved, todayOf } from './reading.ts';
import { movedBlocks } from './show-blocks.ts';

export type { RoadmapDeps };

const usage = [
  {
    typed: '/roadmap',
    does: 'what is planned now, next and later; also `now`, `shipped`, `stopped`, `all`, and of `@ana`, a team, an initiative, an intent or an objective',
  },
  { typed: '/roadmap add Smart retries', does: 'puts something on it' },
  { typed: '/roadmap show smart-retries', does: 'all of one item; `edit` changes it' },
  { typed: '/roadmap move smart-retries now', does: 'or to next, later, shipped, stopped' },
  { typed: '/roadmap score smart-retries', does: 'its priority: impact × alignment ÷ effort' },
  { typed: '/roadmap moved since 1 Nov', does: 'what was added, moved, slipped, shipped or stopped' },
  { typed: '/roadmap review', does: 'the review of the roadmap' },
];

/** Tells Slack's side of `/roadmap`. */
export function registerRoadmap(slack: Registry, deps: RoadmapDeps): void {
  slack.command({ noun: 'roadmap', usage, run: async (call) => await run(deps, call) });
  registerForms(slack, deps);
  slack.press(roadmapActions.page, async (press) => await turn(deps, press));
  slack.press(roadmapActions.show, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    const shown = await show(deps, press, actor.value, idInput.parse(press.value));
    await press.reply(shown, { replace: true });
  });
  slack.press(
    roadmapActions.add,
    async (press) => await pressOpening(deps, press, async (actor) => await openAdd(deps, press, actor, '')),
  );
  for (const verb of ['edit', 'score'] as const)
    slack.press(
      roadmapActions[verb],
      async (press) =>
        await pressWithModal(deps, press, async (actor, id) => await openOn(deps, press, actor, verb, id)),
    );
  slack.press(
    roadmapActions.move,
    async (press) =>
      await pressWithModal(deps, press, async (actor, id) => await openMove(deps, press, actor, id, null)),
  );
  slack.press(
    roadmapActions.outcome,
    async (press) =>
      await pressOpening(deps, press, async (actor) => {
        const { itemId, outcome } = readAnswerButton(press.value);
        const item = await checkOutcome(deps.db, press.workspaceId, actor, itemId);
        return item.ok ? { modal: outcomeModal(item.value, outcome) } : { reply: plain(item.words) };
      }),
  );
}

async function run(deps: RoadmapDeps, call: CommandCall): Promise<Content | undefined> {
  const question = readQuestion(call.words);
  switch (question.verb) {
    case 'add':
      return await commandWithModal(
        deps,
        call,
        async (actor) => await openAdd(deps, call, actor, question.text),
      );
    case 'edit':
    case 'score':
    case 'move':
      return await openMeant(deps, call, question);
    default: {
      const actor = await admit(deps, call);
      return actor.ok ? await read(deps, call, actor.value, question) : plain(actor.words);
    }
  }
}

type Reading = Extract<
  Question,
  { verb: 'list' } | { verb: 'show' } | { verb: 'moved' } | { verb: 'review' }
>;

async function read(deps: RoadmapDeps, call: CommandCall, actor: Actor, question: Reading): Promise<Content> {
  switch (question.verb) {
    case 'list':
      return await answerList(deps, call, actor, question);
    case 'show':
      return await showNamed(deps, call, actor, question.text);
    case 'moved':
      return await moved(deps, call, actor, question.since);
    case 'review':
      return await deps.review(call);
  }
}

/** So far back `/roadmap moved` looks where nobody says since when. */
const weeksBack = 4;

async function moved(
  { db }: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  typed: string | null,
): Promise<Content> {
  const today = await todayOf(db, workspaceId, actor);
  const since = typed === null ? null : readPastDate(typed, today);
  if (since !== null && !since.ok) return plain(since.words);
  const day = since?.value ?? today.subtract({ weeks: weeksBack });
  if (day.since(today).days > 0) return plain('That day is still to come. Say one that is over.');
  return movedBlocks(await readMoved(db, workspaceId, actor, { since: day, today }));
}
