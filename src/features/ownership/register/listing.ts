import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Caller, CommandCall } from '../../../platform/slack/calls.ts';
import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { type Content, context } from '../../../platform/slack/elements.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { type PeopleDeps, whoIsMeant } from '../../people/operations.ts';
import { answerBlocks } from '../blocks.ts';
import type { ListSubject } from '../core/rock.ts';
import { listRocksAbout } from '../lookup-operations.ts';
import { findTeam } from './people-store.ts';

/** `/rock list`: the register, or the part of it that is asked for. */
export async function showList(
  deps: PeopleDeps,
  call: CommandCall,
  actor: Actor,
  rest: readonly Word[],
): Promise<Content> {
  const about = await listAbout(deps, call, actor, rest);
  if (!about.ok) return plain(about.words);
  return answerBlocks(await listRocksAbout(deps.db, call.workspaceId, about.value, actor.id), actor);
}

/** `/rock` alone: what is theirs, and what can be done with it. */
export async function showMine(deps: PeopleDeps, { workspaceId }: Caller, actor: Actor): Promise<Content> {
  const about: ListSubject = { kind: 'person', person: actor };
  const mine = answerBlocks(await listRocksAbout(deps.db, workspaceId, about, actor.id), actor);
  const help = '`/rock help` shows all that I can do with rocks.';
  return { text: `${mine.text}\n${help}`, blocks: [...mine.blocks, context(help)] };
}

async function listAbout(
  deps: PeopleDeps,
  { workspaceId }: Caller,
  actor: Actor,
  words: readonly Word[],
): Promise<Result<ListSubject>> {
  const [first] = words;
  if (first === undefined) return accepted({ kind: 'all' });
  if (first.kind === 'channel')
    return accepted({ kind: 'channel', channel: { slackId: first.slackId, name: first.name ?? '' } });
  if (first.kind === 'person') {
    const person = await whoIsMeant(deps, workspaceId, first);
    return person.ok ? accepted({ kind: 'person', person: person.value }) : person;
  }
  if (first.kind === 'word' && first.text.toLowerCase() === 'mine')
    return accepted({ kind: 'person', person: actor });
  const team = await findTeam(deps.db, workspaceId, spoken(words));
  if (team !== undefined) return accepted({ kind: 'team', team });
  return refused(
    'unknown-list',
    `There is no team called “${inline(shortened(spoken(words), 80))}”. \`/rock list\` shows all, \`mine\` yours, and \`@ana\`, \`#checkout\` or a team's name theirs.`,
  );
}
