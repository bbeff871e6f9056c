import type { Temporal } from 'temporal-polyfill';
import { finishAction } from '../../../../src/features/actions/operations.ts';
import { releaseDeparture } from '../../../../src/features/departures/release-operations.ts';
import { askForRock, handOver } from '../../../../src/features/handoffs/ask-operations.ts';
import { askBack } from '../../../../src/features/handoffs/back-operations.ts';
import { offerBulk } from '../../../../src/features/handoffs/batches/bulk-operations.ts';
import { offerAgain, readBrief, suggestChanges } from '../../../../src/features/handoffs/brief-operations.ts';
import type { Handoff } from '../../../../src/features/handoffs/core/handoff.ts';
import { returnLoan } from '../../../../src/features/handoffs/loan-operations.ts';
import { offerHandoff, offerWork } from '../../../../src/features/handoffs/offer-operations.ts';
import {
  acceptHandoff,
  declineHandoff,
  withdrawHandoff,
} from '../../../../src/features/handoffs/operations.ts';
import { findHandoff } from '../../../../src/features/handoffs/store.ts';
import { completeWork } from '../../../../src/features/handoffs/work-operations.ts';
import { retireRock } from '../../../../src/features/ownership/register/retire-operations.ts';
import { setDownRock } from '../../../../src/features/ownership/register/standing-operations.ts';
import { takeRock } from '../../../../src/features/ownership/take-operations.ts';
import { type Actor, isActor } from '../../../../src/features/people/core/person.ts';
import { findPersonById } from '../../../../src/features/people/operations.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { companyNow } from '../../../../src/platform/db/company-time.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import type { Chosen } from './choosing.ts';
import type { Step } from './steps.ts';
import { onRockMoved, type World } from './world.ts';

/** Does what was chosen, on these connections; null where there is nothing to do it with. */
export async function act(
  world: World,
  step: Step,
  by: Actor,
  chosen: Chosen,
  on: Database,
): Promise<Result<unknown> | null> {
  const { workspaceId } = world;
  const { rockId, handoff } = chosen;
  const to = world.person(chosen.toId);
  const moving = { db: on, onRockMoved };
  const today = (await companyNow(on, workspaceId)).toZonedDateTimeISO('UTC').toPlainDate();
  const later = today.add({ days: step.some * 5 - 1 });
  const words = world.newWords();
  switch (chosen.do) {
    case 'work':
      return await offerWork(on, workspaceId, by, { work: 'launch deck', to, words, dueOn: later });
    case 'bulk':
      return await offerBulk(on, workspaceId, by, {
        personId: world.personAt(step.by).id,
        choice: new Map(world.rocks.map((rock) => [rock, to.id])),
        why: 'A new team.',
        stands: words.whereItStands,
      });
    case 'release': {
      const departure = await on
        .selectFrom('departures')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return departure === undefined ? null : await releaseDeparture(moving, workspaceId, by, departure.id);
    }
  }
  if (rockId !== null) {
    switch (chosen.do) {
      case 'offer':
      case 'lend':
      case 'assign': {
        const kind = chosen.do === 'offer' ? 'give' : chosen.do;
        const overlapDays = step.some * 7;
        return await offerHandoff(on, workspaceId, by, {
          kind,
          rockId,
          to,
          words,
          untilOn: later,
          overlapDays,
        });
      }
      case 'ask':
        return await askForRock(on, workspaceId, by, rockId, 'I would like it.');
      case 'back':
        return await askBack(on, workspaceId, by, rockId, step.some === 0 ? null : 'I have time again.');
      case 'take':
        return await takeRock(moving, workspaceId, by, rockId);
      case 'set-down':
        return await setDownRock(moving, workspaceId, by, rockId, { reason: 'Not now.', lookAgainOn: later });
      case 'retire':
        // Seldom: nothing happens to it any more.
        return step.some > 0 ? null : await retireRock(moving, workspaceId, by, rockId, { reason: 'Over.' });
    }
  }
  return handoff === undefined ? null : await answer(world, step, by, { ...chosen, handoff }, later, on);
}

async function answer(
  world: World,
  step: Step,
  by: Actor,
  { do: what, handoff: { id } }: Chosen & { handoff: Handoff },
  untilOn: Temporal.PlainDate,
  on: Database,
): Promise<Result<unknown> | null> {
  const { workspaceId } = world;
  const given = { words: world.newWords(), reason: null, overlapDays: step.some };
  switch (what) {
    case 'read':
      return await read(world, by, id, on);
    case 'suggest':
      await readAsAwaited(world, id, on);
      return await suggestChanges(on, workspaceId, by, id, 'Say more about wallets.');
    case 'accept': {
      // Mostly it was read, so that only who presses is to be refused.
      if (step.some > 0) await readAsAwaited(world, id, on);
      const accepted = await acceptHandoff(on, workspaceId, by, id);
      if (accepted.ok) world.accepted.push(keyOf(accepted.value, by));
      return accepted;
    }
    case 'agree':
      return await handOver(on, workspaceId, by, id, given);
    case 'offer-again':
      return await offerAgain(on, workspaceId, by, id, { ...given, untilOn });
    case 'decline':
      return await declineHandoff(on, workspaceId, by, id, null);
    case 'withdraw':
      return await withdrawHandoff(on, workspaceId, by, id);
    case 'return':
      return await returnLoan(on, workspaceId, by, id);
    case 'finish':
      return await finishAction(on, workspaceId, by, { handoffId: id }, [completeWork]);
    default:
      return null;
  }
}

/** Whoever has to say yes reads the brief, if they are there. */
async function readAsAwaited(world: World, id: number, on: Database): Promise<void> {
  const handoff = await findHandoff(on, world.workspaceId, id);
  if (handoff === undefined) return;
  const { sender, to } = handoff;
  const person = await findPersonById(on, world.workspaceId, (handoff.kind === 'back' ? sender : to).id);
  if (person.ok && isActor(person.value)) await read(world, person.value, id, on);
}

async function read(world: World, by: Actor, id: number, on: Database) {
  const brief = await readBrief(on, world.workspaceId, by, id);
  if (brief.ok) world.read.add(keyOf(brief.value.handoff, by));
  return brief;
}

function keyOf({ id, words }: Handoff, by: Actor): string {
  return `handoff ${id} by ${by.name}: ${words.whereItStands ?? 'a wish'}`;
}
