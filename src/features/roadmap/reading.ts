import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { findPeople } from '../people/operations.ts';
import { linesToSupport } from '../strategy/operations.ts';
import { editRefusal, unknownItem } from './changing.ts';
import { horizons, isOver } from './core/item.ts';
import type { ItemPage, Listed, MovedPage, Of } from './core/page.ts';
import type { FilledItem, ItemChoices } from './form-blocks.ts';
import { listLinkable, listTeams } from './linking-store.ts';
import { type Called, changedSince, findItemNamed, itemsById, listItems } from './operations.ts';
import { listSlips } from './reading-store.ts';
import { findItem, type ItemRow } from './store.ts';

/** The roadmap, or a part of it, on the actor's day. */
export async function readList(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { of, horizon }: Pick<Listed, 'of' | 'horizon'>,
): Promise<Listed> {
  const all = await listItems(db, workspaceId, actor.id, { horizons, ...filterOf(of) });
  const items = all.filter((item) =>
    horizon === 'all' ? true : horizon === null ? !isOver(item.horizon) : item.horizon === horizon,
  );
  const besides = (what: 'shipped' | 'stopped') =>
    horizon === null ? all.filter((item) => item.horizon === what).length : 0;
  return {
    of,
    horizon,
    today: await todayOf(db, workspaceId, actor),
    items,
    over: { shipped: besides('shipped'), stopped: besides('stopped') },
  };
}

function filterOf(of: Of) {
  switch (of.kind) {
    case 'all':
      return {};
    case 'person':
      return { ownerId: of.id };
    case 'team':
      return { teamId: of.id };
    default:
      return { supports: { kind: of.kind, id: of.id } };
  }
}

/** All of one item. Refuses one that is gone. */
export async function readPage(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
): Promise<Result<ItemPage>> {
  const [item] = await itemsById(db, workspaceId, actor.id, [itemId]);
  if (item === undefined) return unknownItem;
  const slips = await listSlips(db, workspaceId, { itemIds: [itemId], since: null });
  return accepted({
    item,
    today: await todayOf(db, workspaceId, actor),
    timezone: actor.timezone,
    slips,
    mayAnswer: item.horizon === 'shipped' && item.owner?.id === actor.id && item.outcome !== 'moved',
  });
}

/** What moved since the beginning of a day, where the actor lives. */
export async function readMoved(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { since, today }: { since: Temporal.PlainDate; today: Temporal.PlainDate },
): Promise<MovedPage> {
  const from = since.toZonedDateTime(actor.timezone).toInstant();
  return { since, today, changes: await changedSince(db, workspaceId, actor.id, from) };
}

/** What somebody means by a key or a title. Refuses what nothing is called, and what several are. */
export async function findMeant(
  db: Database,
  workspaceId: string,
  verb: string,
  text: string,
): Promise<Result<Called>> {
  if (text === '') return refused('which', `Which one? For example \`/roadmap ${verb} smart-retries\`.`);
  const [only, other, ...more] = await findItemNamed(db, workspaceId, text);
  const typed = inline(shortened(text, 80));
  if (only === undefined) return refused('unknown', `I don't know a roadmap item called “${typed}”.`);
  if (other === undefined) return accepted(only);
  const keys = [only, other, ...more].slice(0, mostNamed).map(({ key }) => `\`${inline(key)}\``);
  return refused('unsure', `Several are called “${typed}”. Say which one: ${keys.join(' or ')}.`);
}

/** As many as are named where several are called the same. */
const mostNamed = 5;

/** An item for who may change it at this moment: asked before a form is opened. */
export async function reach(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
): Promise<Result<ItemRow>> {
  const item = await findItem(db, workspaceId, itemId);
  if (item === undefined) return unknownItem;
  return (await editRefusal(db, workspaceId, actor, item)) ?? accepted(item);
}

/** An empty form of an item: the actor's own, of their team. */
export async function readNewItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  title: string,
): Promise<{ filled: FilledItem; choices: ItemChoices }> {
  const teams = await listTeams(db, workspaceId, actor.id);
  const mine = teams.filter(({ isMine }) => isMine);
  return {
    filled: {
      ...{ title, summary: null, rock: null, supports: null, needs: [], due: null },
      owner: actor.slackId,
      team: mine.length === 1 ? String(mine[0]?.id) : null,
    },
    choices: await choicesOf(db, workspaceId, actor, teams, null),
  };
}

/** The form of an item as it is; what the actor does not see of it is left open. */
export async function readItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { state, supportsOn }: ItemRow,
): Promise<{ filled: FilledItem; choices: ItemChoices }> {
  const [owner] = state.owner_id === null ? [] : await findPeople(db, workspaceId, [state.owner_id]);
  const rock = state.rock_id === null ? undefined : await findCard(db, workspaceId, state.rock_id, actor.id);
  const linkedId = supportsOn?.kind === 'objective' ? supportsOn.id : null;
  return {
    filled: {
      title: state.title,
      summary: state.summary,
      owner: owner?.slackId ?? null,
      team: state.team_id === null ? null : String(state.team_id),
      rock: rock === undefined ? null : { id: String(rock.id), name: rock.name },
      supports: supportsOn === null ? null : `${supportsOn.kind}-${supportsOn.id}`,
      needs: state.needs.map(String),
      due: state.horizon === 'now' ? state.due_on : null,
    },
    choices: await choicesOf(db, workspaceId, actor, await listTeams(db, workspaceId, actor.id), linkedId),
  };
}

async function choicesOf(
  db: Database,
  workspaceId: string,
  actor: Actor,
  teams: readonly { id: number; name: string }[],
  linkedId: number | null,
): Promise<ItemChoices> {
  const lines = await linesToSupport(db, workspaceId);
  const objectives = await listLinkable(db, workspaceId, actor.id, linkedId);
  return {
    teams: teams.map(({ id, name }) => ({ id: String(id), name })),
    supports: [
      ...lines.map(({ id, title, kind }) => ({
        id: `line-${id}`,
        name: kind === 'intent' ? title : `› ${title}`,
      })),
      ...objectives.map(({ id, title, cycle }) => ({ id: `objective-${id}`, name: `${cycle}: ${title}` })),
    ],
  };
}

/** Whether an item supports something in force: a line of the strategy, or an objective of a cycle that is open. */
export async function supportsWhatIsInForce(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { supportsOn }: ItemRow,
): Promise<boolean> {
  if (supportsOn === null) return false;
  if (supportsOn.kind === 'line')
    return (await linesToSupport(db, workspaceId)).some(({ id }) => id === supportsOn.id);
  return (await listLinkable(db, workspaceId, actor.id, null)).some(({ id }) => id === supportsOn.id);
}

export async function todayOf(db: Database, workspaceId: string, actor: Actor): Promise<Temporal.PlainDate> {
  return (await companyNow(db, workspaceId)).toZonedDateTimeISO(actor.timezone).toPlainDate();
}
