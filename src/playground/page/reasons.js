// @ts-check
/** What Slack means by its words, for those that Cairn or a tester meets. */
const meanings = {
  missing_scope: 'manifest.yml does not ask for the scope that this needs, or it was taken away',
  not_in_channel: 'the bot is not in that channel',
  channel_not_found: 'there is no such channel, or it is private and the bot is not in it',
  is_archived: 'the channel is archived',
  user_not_found: 'there is no such person',
  user_disabled: 'that person is deactivated',
  user_not_in_channel: 'that person is not in the channel',
  message_not_found: 'there is no such message',
  cant_update_message: 'somebody else wrote that message',
  thread_not_found: 'there is no such message to reply to',
  no_text: 'a message needs text or blocks',
  msg_too_long: 'the text is too long',
  msg_blocks_too_long: 'the blocks have too much text in all',
  invalid_blocks: 'Slack would not take these blocks',
  invalid_arguments: 'Slack would not take these arguments',
  unknown_method: 'Slack, or this fake of it, has no such method',
  expired_trigger_id: 'the three seconds in which a modal can be opened were over',
  exchanged_trigger_id: 'a modal was opened with this trigger already',
  invalid_trigger_id: 'there was no such trigger',
  push_limit_reached: 'three modals are the most that can be open',
  hash_conflict: 'the view had changed meanwhile',
  view_too_large: 'the view is larger than 250 kB',
  duplicate_external_id: 'another view has that external_id',
  not_found: 'that view is closed',
  not_enabled: 'manifest.yml has no Home tab',
  messages_tab_disabled: 'manifest.yml has no Messages tab',
  ratelimited: 'too many calls: Slack wants a pause',
  expired_url: 'the thirty minutes of this response_url were over',
  used_url: 'this response_url was used five times already',
  invalid_url: 'there was no such response_url',
  invalid_response: 'Slack would not take this answer',
  invalid_payload: 'Slack would not take this payload',
  timeout: 'Cairn did not answer in time',
  unreachable: 'Cairn could not be reached',
};

/**
 * Why an exchange came to nothing, in words; null where it went well.
 * @param {{ status: number | string, answer: any }} crossing @returns {string | null}
 */
export function reasonOf({ status, answer }) {
  const error = errorIn(status, answer);
  if (error === null) return null;
  const details = answer?.response_metadata?.messages ?? answer?.errors ?? [];
  const needed = answer?.needed ? `: ${answer.needed}` : '';
  const meaning = meanings[error];
  return [
    `${error}${needed}${meaning ? `, ${meaning}` : ''}`,
    ...(Array.isArray(details) ? details : []),
  ].join('\n');
}

function errorIn(status, answer) {
  if (typeof status === 'string') return status;
  if (answer?.ok === false) return String(answer.error ?? 'refused');
  if (status < 300) return null;
  return typeof answer === 'string' && answer !== '' && answer.length < 80
    ? wordIn(answer)
    : `HTTP ${status}`;
}

function wordIn(text) {
  return /"error":"(\w+)"/.exec(text)?.[1] ?? text;
}
