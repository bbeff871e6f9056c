import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { historyOf } from '../../check-ins/history-operations.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Cycle } from '../core/cycle.ts';
import { isHit } from '../core/score.ts';
import { countMembers, type Final, listFinals } from './calibration-store.ts';
import { type Calibration, calibrationOf, fewest, type Sureness } from './core/calibration.ts';
import type { GradeRow } from './core/grade-row.ts';

/** How sure somebody was, in their own answers, against what came of it; for nobody but them. */
export async function howSure(db: Database, workspaceId: string, actor: Actor): Promise<Calibration | null> {
  const finals = await listFinals(db, workspaceId, { answeredById: actor.id });
  const said = await surenessOf(db, workspaceId, finals);
  return calibrationOf(said.filter(({ who }) => who === actor.slackId));
}

const tooFew = refused(
  'too-few',
  'I say this for teams of five people or more only, of whom five have answered: else one could read out of it what a single person said.',
);

/** The same of a team together, in closed cycles. Refuses a team of fewer than five, and fewer than five who answered. */
export async function howSureTogether(
  db: Database,
  workspaceId: string,
  teamId: number,
): Promise<Result<Calibration>> {
  if ((await countMembers(db, workspaceId, teamId)) < fewest) return tooFew;
  const said = await surenessOf(db, workspaceId, await listFinals(db, workspaceId, { teamId }));
  if (new Set(said.map(({ who }) => who)).size < fewest) return tooFew;
  const calibration = calibrationOf(said);
  return calibration === null ? tooFew : accepted(calibration);
}

/** How sure each who was asked for grades was in a cycle, by their id; those who never answered are left out. */
export async function howSureInCycle(
  db: Database,
  workspaceId: string,
  { startsOn, endsOn }: Pick<Cycle, 'startsOn' | 'endsOn'>,
  rows: readonly GradeRow[],
): Promise<Map<number, Calibration>> {
  const finals = rows.flatMap(({ id, score, commitment }) =>
    score === null ? [] : [{ id, score, commitment, startsOn, endsOn }],
  );
  const byPerson = Map.groupBy(await surenessOf(db, workspaceId, finals), ({ who }) => who);
  const sure = new Map<number, Calibration>();
  for (const { askedId, askedSlackId } of rows) {
    const calibration = calibrationOf(byPerson.get(askedSlackId ?? '') ?? []);
    if (askedId !== null && calibration !== null) sure.set(askedId, calibration);
  }
  return sure;
}

/** What each person said of each key result in the middle of its cycle and last. */
async function surenessOf(
  db: Database,
  workspaceId: string,
  finals: readonly Final[],
): Promise<(Sureness & { who: string })[]> {
  const history = await historyOf(
    db,
    workspaceId,
    finals.map(({ id }) => id),
  );
  return finals.flatMap(({ id, score, commitment, startsOn, endsOn }) => {
    const middleOn = startsOn.add({ days: Math.floor(startsOn.until(endsOn).days / 2) });
    const byPerson = Map.groupBy(history.get(id) ?? [], ({ person }) => person.slackId ?? '');
    return [...byPerson].flatMap(([who, answers]) => {
      const last = answers.at(-1);
      if (who === '' || last === undefined) return [];
      const before = answers.filter(({ on }) => Temporal.PlainDate.compare(on, middleOn) <= 0);
      const middle = before.at(-1)?.confidence ?? null;
      return [{ who, middle, last: last.confidence, isHit: isHit(score, commitment) }];
    });
  });
}
