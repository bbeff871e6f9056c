import { bodyOf, failureOf } from '../outbound/post.ts';
import { sendToCairn } from '../outbound/send.ts';
import { CannotDo, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { runOwnCommand } from './invite.ts';
import { actor, channelNameFor, placeOf, sayAsSlackbot } from './person.ts';
import { applyResponse } from './responses.ts';
import { linkedText } from './typed-text.ts';

export type CommandResult = { ok: true; status: number } | { ok: false; error: string };

/**
 * A person sends a slash command, typed as in Slack (`/owner @ana`). What Cairn acknowledges with becomes a message;
 * what goes wrong is told to the person by Slackbot, in Slack's words.
 */
export async function runCommand(
  world: World,
  as: string,
  typed: string,
  where: string,
): Promise<CommandResult> {
  const user = actor(world, as);
  const channel = placeOf(world, user, where);
  const [, name = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed.trimEnd()) ?? [];
  if (name === '') throw new CannotDo('a command begins with a slash');
  if (await runOwnCommand(world, user, channel, name, rest)) return { ok: true, status: 200 };
  const command = world.manifest.features.slash_commands.find((it) => it.command === name.toLowerCase());
  if (command === undefined) {
    await sayAsSlackbot(world, user, channel, notACommand(name));
    world.changes.tell();
    return { ok: false, error: 'not_a_command' };
  }
  const { team, bot } = world.workspace;
  const fields = {
    token: 'fake-verification-token',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelNameFor(channel),
    user_id: user.id,
    user_name: user.name,
    command: command.command,
    text: command.should_escape ? linkedText(world, rest, 'command') : rest,
    api_app_id: bot.app_id,
    is_enterprise_install: 'false',
    response_url: responseUrl(world, { user: user.id, channel: channel.id }),
    trigger_id: world.triggers.issue(user.id),
  };
  const began = world.now();
  const outcome = await sendToCairn(world, { type: 'slash_commands', payload: fields });
  const answer = bodyOf(outcome);
  const { status } = outcome;
  world.journal.cross(
    { from: 'slack', kind: 'command', name: command.command, request: fields, status, answer },
    began,
  );
  const failure = failureOf(outcome);
  if (failure !== undefined) {
    await sayAsSlackbot(world, user, channel, `${command.command} failed with the error "${failure}"`);
    world.changes.tell();
    return { ok: false, error: failure };
  }
  const result = await showAnswer(world, { user: user.id, channel: channel.id }, command.command, answer);
  world.changes.tell();
  return result;
}

/** A fresh response_url for this person here. */
export function responseUrl(
  world: World,
  asked: { user: string; channel: string; origin?: { channel: string; ts: string } },
): string {
  return `${world.connection.publicUrl()}/api/response/${world.responseUrls.issue(asked).key}`;
}

async function showAnswer(
  world: World,
  asked: { user: string; channel: string },
  command: string,
  answer: unknown,
): Promise<CommandResult> {
  if (answer === undefined) return { ok: true, status: 200 };
  try {
    await applyResponse(world, asked, answer);
    return { ok: true, status: 200 };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { messages } = error;
    world.journal.refuse({
      method: `the answer to ${command}`,
      error: error.error,
      messages,
      arguments: answer,
    });
    return { ok: false, error: error.error };
  }
}

function notACommand(name: string): string {
  return (
    `${name} is not a valid command. In Slack, all messages that start with the "/" symbol are interpreted as commands.` +
    '\n\nIf you are trying to send a message and not run a command, try preceding the "/" with an empty space.'
  );
}
