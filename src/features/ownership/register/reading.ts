import { stampOf } from '../../../platform/core/stamp.ts';
import type { Database } from '../../../platform/db/database.ts';
import { linesToSupport } from '../../strategy/operations.ts';
import type { RockCard } from '../core/rock.ts';
import { stateNow } from './changing.ts';
import { type FormChoices, linkLines } from './core/entry.ts';
import type { Filled } from './entry-blocks.ts';
import { findPeople, readChoices } from './people-store.ts';

/** What the form of a rock begins with, as the register has it now, and the stamp of that. */
export async function readForm(
  db: Database,
  workspaceId: string,
  { id }: RockCard,
): Promise<{ filled: Filled; choices: FormChoices; stamp: string }> {
  const state = await stateNow(db, workspaceId, id);
  const contributors = state.contributors.map(({ person }) => person);
  const people = await findPeople(db, workspaceId, [...state.backups, ...state.viewers, ...contributors]);
  const slackIds = new Map(people.map((person) => [person.id, person.slackId]));
  // Whom Slack does not know cannot stand in its menus: they stay as they are.
  const known = (ids: readonly number[]) => [...new Set(ids.flatMap((person) => slackIds.get(person) ?? []))];
  return {
    filled: {
      ...state,
      teamId: state.team_id,
      lineId: state.line_id,
      channel: null,
      backups: known(state.backups),
      contributors: known(contributors),
      viewers: known(state.viewers),
    },
    choices: await choicesFor(db, workspaceId, state.channel_id),
    stamp: stampOf(state),
  };
}

/** What an empty form offers. */
export async function readEmptyChoices(db: Database, workspaceId: string): Promise<FormChoices> {
  return await choicesFor(db, workspaceId, null);
}

async function choicesFor(db: Database, workspaceId: string, channelId: number | null): Promise<FormChoices> {
  const lines = await linesToSupport(db, workspaceId);
  return {
    ...(await readChoices(db, workspaceId, channelId)),
    lines: lines.map(({ id, title, kind }) => ({ id, name: kind === 'intent' ? title : `› ${title}` })),
  };
}

/**
 * What a form cannot show of a rock: people whom Slack does not know, what each contributor does, links for which there
 * is no room; and the aliases that it has, of which one may have a comma in it.
 */
export async function readHidden(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<{
  backups: number[];
  viewers: number[];
  contributors: { person: number; discipline: string; isShown: boolean }[];
  channelId: number | null;
  links: readonly { label: string; url: string }[];
  aliases: readonly string[];
}> {
  const state = await stateNow(db, workspaceId, rockId);
  const ids = [...state.backups, ...state.viewers, ...state.contributors.map(({ person }) => person)];
  const people = await findPeople(db, workspaceId, ids);
  const shown = new Set(people.flatMap(({ id, slackId }) => (slackId === null ? [] : [id])));
  const channel = await readChoices(db, workspaceId, state.channel_id);
  return {
    backups: state.backups.filter((id) => !shown.has(id)),
    viewers: state.viewers.filter((id) => !shown.has(id)),
    contributors: state.contributors.map((it) => ({ ...it, isShown: shown.has(it.person) })),
    // A channel that Slack has not told of cannot stand in the menu either.
    channelId: channel.channel === null ? state.channel_id : null,
    links: linkLines(state.links).kept,
    aliases: state.aliases,
  };
}
