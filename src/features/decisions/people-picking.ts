import type { PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import type { DecisionEntry } from './core/form.ts';
import type { EntryForm } from './input.ts';

type Errors = { errors: Record<string, string> };

/** The entry that a form gives, its people looked up: each a full member, or words beside the field. */
export async function entryFrom(
  deps: PeopleDeps,
  workspaceId: string,
  form: EntryForm,
): Promise<DecisionEntry | Errors> {
  const { driver, approver, contributors, informed, viewers, ...rest } = form;
  const found: Record<string, number[]> = {};
  const asked: [string, string[], string][] = [
    ['driver', driver === null ? [] : [driver], 'can drive a decision'],
    ['approver', approver === null ? [] : [approver], 'can approve a decision'],
    ['contributors', contributors, 'can contribute to a decision'],
    ['informed', informed, 'are told of decisions'],
    ['viewers', viewers, 'can see a decision'],
  ];
  for (const [field, slackIds, whatFor] of asked) {
    const picked = await pickedPeople(deps, workspaceId, slackIds, whatFor);
    if (!picked.ok) return { errors: { [field]: picked.words } };
    found[field] = picked.value.map(({ id }) => id);
  }
  const [driverId] = found['driver'] ?? [];
  const [approverId] = found['approver'] ?? [];
  if (driverId === undefined || approverId === undefined)
    throw new Error('a decision was read without its driver or its approver');
  return {
    ...rest,
    driverId,
    approverId,
    contributorIds: found['contributors'] ?? [],
    informedIds: found['informed'] ?? [],
    viewerIds: found['viewers'] ?? [],
  };
}

/** The person who approved, looked up. */
export async function approverFrom(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string,
): Promise<{ id: number } | Errors> {
  const picked = await pickedPeople(deps, workspaceId, [slackId], 'can approve a decision');
  if (!picked.ok) return { errors: { approver: picked.words } };
  const [person] = picked.value;
  if (person === undefined) throw new Error('a picked person is not there');
  return person;
}
