import { departuresJob } from '../../../../src/features/departures/jobs.ts';
import { handoffJob } from '../../../../src/features/handoffs/jobs.ts';
import { isActor } from '../../../../src/features/people/core/person.ts';
import { findPersonById } from '../../../../src/features/people/operations.ts';
import { companyNow, turnCompanyClock } from '../../../../src/platform/db/company-time.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import { setDeactivated } from '../../departures/support.ts';
import { act } from './acting.ts';
import { choose } from './choosing.ts';
import type { Step } from './steps.ts';
import { onRockMoved, type World } from './world.ts';

/** How far the clock goes: to reminders, to leads, to what expires; the playground's can be turned back too. */
const hours = [2, 26, 24 * 4, 24 * 15, -20];

/** Whether something was done, and by whom; null: by nobody in particular. */
export type Done = { isDone: boolean; by: number | null };

/** Does what a step says, as of this moment and on these connections. Whoever is not let in has done nothing. */
export async function perform(world: World, step: Step, on: Database): Promise<Done> {
  const { workspaceId } = world;
  switch (step.do) {
    case 'clock': {
      const now = await companyNow(on, workspaceId);
      await turnCompanyClock(on, workspaceId, now.add({ hours: hours[step.some] ?? 1 }));
      const beat = () => handoffJob({ db: on, log: world.kept.log }, workspaceId).run();
      await Promise.all([beat(), beat()]);
      return { isDone: true, by: null };
    }
    case 'leave':
    case 'come-back': {
      const { id } = world.personAt(step.to);
      // Somebody must be there who can release.
      if (id !== world.adminId) await setDeactivated(on, id, step.do === 'leave');
      await departuresJob({ db: on, onRockMoved }, workspaceId).run();
      return { isDone: true, by: null };
    }
  }
  const chosen = await choose(world, step, on);
  const by = await findPersonById(on, workspaceId, chosen.byId);
  if (!by.ok || !isActor(by.value)) return { isDone: false, by: null };
  const result = await act(world, step, by.value, chosen, on);
  return { isDone: result?.ok === true, by: by.value.id };
}
