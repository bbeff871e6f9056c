import {
  type App,
  type BlockAction,
  type BlockElementAction,
  ErrorCode,
  type RespondFn,
  type SlackCommandMiddlewareArgs,
  type ViewOutput,
  type ViewStateValue,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { within } from '../core/within.ts';
import type { Log } from '../log.ts';
import { apologise } from './boundary.ts';
import type {
  Caller,
  MessageShortcut,
  ModalOpener,
  Press,
  Registry,
  Said,
  Search,
  Submission,
  SubmissionAnswer,
} from './calls.ts';
import { readWords } from './command-text.ts';
import { Commands } from './commands.ts';
import { type Choice, offers } from './fields.ts';
import { readFiles, type SlackFile } from './file-object.ts';
import type { InHand } from './in-hand.ts';
import { linksIn, wordsWithoutLinks } from './message-text.ts';
import { homeNotice, notice, openModal, type PlaceOfModal, showNotice } from './modals.ts';
import { readSaid } from './said.ts';

/** A command's answer goes into its acknowledgement until then, and to its response_url afterwards. */
const answerWithinMs = 1_500;

type Run<Call, Answer> = (call: Call) => Promise<Answer>;

/**
 * Listens to everything that Slack sends to `bolt` and hands it to whoever registered for it. Here, once for
 * all features: acknowledging in time, the error boundary, and counting what is in hand.
 */
export function listen(bolt: App, client: WebClient, inHand: InHand, log: Log): Registry {
  const commands = new Commands();
  const presses = new Map<string, Run<Press, void>>();
  const submissions = new Map<string, Run<Submission, SubmissionAnswer>>();
  const shortcuts = new Map<string, Run<MessageShortcut, void>>();
  const searches = new Map<string, Run<Search, readonly Choice[]>>();
  let openHome: Run<Caller, void> | undefined;
  const hearers: { mention?: Run<Said, void>; direct?: Run<Said, void> } = {};

  const opener = (triggerId: string, where: string): ModalOpener => ({
    openModal: (build) => openModal(client, triggerId, build, (error) => apologise(log, where, error)),
  });
  const coverer =
    (triggerId: string, where: string, place: PlaceOfModal): Press['coverWith'] =>
    async (build) => {
      const words = (error: unknown) => apologise(log, where, error);
      await openModal(client, triggerId, async () => ({ modal: await build() }), words, place);
    };

  async function answerCommand({ command, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> {
    const where = command.command;
    const run = async () =>
      await commands.run(command.command, {
        workspaceId: command.team_id,
        slackUserId: command.user_id,
        channelId: command.channel_id,
        words: readWords(command.text ?? ''),
        ...opener(command.trigger_id, where),
      });
    const answer = run().catch((error: unknown) => apologise(log, where, error));
    const inTime = await within(answerWithinMs, answer);
    if (inTime !== undefined) {
      await (inTime.value === undefined ? ack() : ack({ response_type: 'ephemeral', ...inTime.value }));
      return;
    }
    await ack();
    const content = await answer;
    if (content !== undefined) await respond({ response_type: 'ephemeral', ...content });
  }

  // Commands are answered here and not by a listener: Bolt runs the middleware of every listener for each
  // request, and commands are most of what comes.
  bolt.use(async (args) => inHand.track('command' in args ? answerCommand(args) : args.next()));

  bolt.action({ type: 'block_actions', action_id: /.*/ }, async ({ ack, action, body, respond }) => {
    await ack();
    const run = presses.get(listenerOf(action.action_id));
    if (run === undefined) {
      log.warn({ action: action.action_id }, 'nobody listens to this action');
      return;
    }
    const press = readPress(body, {
      reply: replier(client, body, respond),
      ...opener(body.trigger_id, action.action_id),
      coverWith: coverer(body.trigger_id, action.action_id, whereOf(body.view)),
      async redraw(view) {
        if (body.view?.type === 'modal') await client.views.update({ view_id: body.view.id, view });
      },
    });
    await run(press).catch(async (error: unknown) => {
      await press.reply(apologise(log, press.actionId, error));
    });
  });

  bolt.view({ callback_id: /.*/, type: 'view_submission' }, async ({ ack, view, body }) => {
    const run = submissions.get(view.callback_id);
    if (run === undefined) throw new Error(`nobody listens to the modal ${view.callback_id}`);
    const answer = await run({
      workspaceId: body.team?.id ?? '',
      slackUserId: body.user.id,
      ...readState(view.state.values),
      metadata: view.private_metadata,
    }).catch(
      (error: unknown): SubmissionAnswer => ({
        push: notice('Something went wrong', apologise(log, view.callback_id, error)),
      }),
    );
    if (answer === 'close') await ack();
    else if (answer === 'close-all') await ack({ response_action: 'clear' });
    else if ('view' in answer) await ack({ response_action: 'update', view: answer.view });
    else if ('push' in answer) {
      await ack({ response_action: isFull(view) ? 'update' : 'push', view: answer.push });
    } else await ack({ response_action: 'errors', errors: answer.errors });
    if (typeof answer === 'object' && 'later' in answer && answer.later !== undefined) {
      const outcome = await answer
        .later()
        .catch((error: unknown) => notice('Something went wrong', apologise(log, view.callback_id, error)));
      // Whoever has closed it meanwhile does not wait for it.
      await client.views.update({ view_id: view.id, view: outcome }).catch((error: unknown) => {
        log.info({ err: error }, 'a modal was gone before its outcome was there');
      });
    }
  });

  bolt.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home' || openHome === undefined) return;
    const caller = { workspaceId: context.teamId ?? '', slackUserId: event.user };
    await openHome(caller).catch(async (error: unknown) => {
      const view = homeNotice(apologise(log, 'app_home_opened', error));
      await client.views.publish({ user_id: caller.slackUserId, view });
    });
  });

  // Both kinds at once, since Bolt asks every listener about every request.
  bolt.event(/^(app_mention|message)$/, async ({ event, body, context }) => {
    const heard = readSaid(event, context.botUserId);
    const run = heard === null ? undefined : hearers[heard.kind];
    if (heard === null || run === undefined) return;
    const { channelId, threadTs, slackUserId } = heard;
    const said: Said = {
      ...heard,
      workspaceId: context.teamId ?? '',
      eventId: body.event_id,
      async replyPrivately(content) {
        const thread = threadTs === null ? {} : { thread_ts: threadTs };
        await client.chat.postEphemeral({ ...content, ...thread, channel: channelId, user: slackUserId });
      },
    };
    await run(said).catch(async (error: unknown) => {
      await said.replyPrivately(apologise(log, event.type, error));
    });
  });

  bolt.shortcut({ callback_id: /.*/, type: 'message_action' }, async ({ ack, shortcut, respond }) => {
    await ack();
    const run = shortcuts.get(shortcut.callback_id);
    if (run === undefined) {
      log.warn({ shortcut: shortcut.callback_id }, 'nobody listens to this shortcut');
      return;
    }
    const reply: MessageShortcut['reply'] = async (content) => {
      await respond({ ...content, response_type: 'ephemeral', replace_original: false });
    };
    await run({
      workspaceId: shortcut.team?.id ?? '',
      slackUserId: shortcut.user.id,
      channelId: shortcut.channel.id,
      text: wordsWithoutLinks(shortcut.message.text ?? ''),
      links: linksIn(shortcut.message),
      ts: shortcut.message_ts,
      ...opener(shortcut.trigger_id, shortcut.callback_id),
      reply,
    }).catch(async (error: unknown) => {
      await reply(apologise(log, shortcut.callback_id, error));
    });
  });

  bolt.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: /.*/ },
    async ({ ack, options, body }) => {
      const run = searches.get(listenerOf(options.action_id));
      const search = { workspaceId: body.team?.id ?? '', slackUserId: body.user.id, typed: options.value };
      const choices =
        (await run?.(search).catch((error: unknown) => {
          // A menu has no place for words: it offers nothing.
          apologise(log, options.action_id, error);
        })) ?? [];
      await ack({ options: offers(choices) });
    },
  );

  bolt.error(async (error) => {
    // Anybody can send these; a stack trace for each would let them fill the log.
    if (error.code === ErrorCode.AuthorizationError) return log.warn(error.message);
    log.error({ err: error }, 'Bolt could not process a request');
  });

  return {
    command: (command) => commands.add(command),
    press: (actionId, run) => void presses.set(actionId, run),
    submission: (callbackId, run) => void submissions.set(callbackId, run),
    homeOpened: (run) => {
      openHome = run;
    },
    mentioned: (run) => {
      hearers.mention = run;
    },
    saidDirectly: (run) => {
      hearers.direct = run;
    },
    shortcut: (callbackId, run) => void shortcuts.set(callbackId, run),
    options: (actionId, run) => void searches.set(actionId, run),
  };
}

/** Buttons of one block need ids of their own: what follows a slash only tells them apart. */
function listenerOf(actionId: string): string {
  return actionId.split('/')[0] ?? actionId;
}

type Answering = Pick<Press, 'reply' | 'openModal' | 'coverWith' | 'redraw'>;

function readPress(body: BlockAction, answering: Answering): Press {
  const action = body.actions[0];
  if (action === undefined) throw new Error('block_actions without an action');
  return {
    workspaceId: body.team?.id ?? '',
    slackUserId: body.user.id,
    actionId: action.action_id,
    value: chosen(action),
    channelId: body.channel?.id,
    messageTs: body.message?.ts ?? body.container?.['message_ts'],
    triggerId: body.trigger_id,
    values: readState(body.view?.state?.values ?? {}).values,
    metadata: body.view?.private_metadata ?? '',
    ...answering,
  };
}

/** How whoever pressed is answered. Slack gives a response_url for messages alone, and Bolt no `respond` without one. */
function replier(
  client: WebClient,
  { view, trigger_id }: BlockAction,
  respond: RespondFn | undefined,
): Press['reply'] {
  return async (content, { replace = false, inChannel = false } = {}) => {
    if (respond === undefined) return await showNotice(client, trigger_id, content, whereOf(view));
    await respond({
      ...content,
      replace_original: replace,
      response_type: inChannel ? 'in_channel' : 'ephemeral',
    });
  };
}

function chosen(action: BlockElementAction): string {
  if (action.type === 'button') return action.value ?? '';
  if (action.type === 'static_select' || action.type === 'overflow')
    return action.selected_option.value ?? '';
  return '';
}

/** Where a person pressed: in a message or a Home, which nothing covers, in a modal with room above it, or in the third one. */
function whereOf(view: BlockAction['view']): PlaceOfModal {
  if (view?.type !== 'modal') return 'alone';
  return isFull(view) ? { fullAt: view.id } : 'on-modal';
}

/** Slack keeps three modals on each other: above the third there is no place, so what would cover it replaces it. */
function isFull({
  previous_view_id,
  root_view_id,
}: Pick<ViewOutput, 'previous_view_id' | 'root_view_id'>): boolean {
  return previous_view_id !== null && previous_view_id !== root_view_id;
}

/** One input a block: the text that was typed or the id of what was picked, lists of what was picked, and files. */
function readState(
  state: Record<string, Record<string, ViewStateValue>>,
): Pick<Submission, 'values' | 'lists' | 'files'> {
  const values: Record<string, string | null> = {};
  const lists: Record<string, string[]> = {};
  const files: Record<string, SlackFile[]> = {};
  for (const [blockId, inputs] of Object.entries(state)) {
    const [input] = Object.values(inputs);
    if (input?.type === 'file_input') {
      files[blockId] = readFiles(input.files ?? []);
      continue;
    }
    const picked =
      input?.selected_users ??
      input?.selected_conversations ??
      input?.selected_options?.map(({ value }) => value ?? '');
    if (picked !== undefined) {
      lists[blockId] = picked;
      continue;
    }
    const value =
      input?.value ??
      input?.selected_option?.value ??
      input?.selected_user ??
      input?.selected_conversation ??
      input?.selected_date ??
      null;
    values[blockId] = value === null ? null : withoutControls(value);
  }
  return { values, lists, files };
}

/** Postgres refuses NUL and nobody means the rest; line breaks and tabs are what people type. */
function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, ' ');
}
