import type { ModalView } from '@slack/types';
import { actions, button, type Content, context, section } from '../../platform/slack/elements.ts';
import { menuField, textField } from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import { escaped, inline } from '../../platform/slack/mrkdwn.ts';
import { everyWords } from './core/schedule.ts';
import type { Every, Kind, Place } from './core/source.ts';

export const title = 'Number from elsewhere';
export const kindModalId = 'numbers:kind';
export const placeModalId = 'numbers:place';
export const secretModalId = 'numbers:secret';
export const testAction = 'numbers:test';

export const limits = { query: 3000, url: 2000, pointer: 500 };

const kindNames: Record<Kind | 'none', string> = {
  none: 'People say it in the check-in, and nobody else',
  webhook: 'A program of yours posts it (webhook)',
  json: 'I read it at an https address (JSON)',
  sql: 'I ask a database (SQL)',
};

/** What the form is about. */
export type Shown = { key: string; title: string; line: string | null };

/** First: from where? SQL is offered only where the operator has named a connection. */
export function kindModal(shown: Shown, current: Kind | null, hasConnections: boolean): ModalView {
  const kinds: (Kind | 'none')[] = ['none', 'webhook', 'json', 'sql'];
  const choices = kinds
    .filter((kind) => kind !== 'sql' || hasConnections || current === 'sql')
    .map((id) => ({ id, name: kindNames[id] }));
  return {
    ...frame(kindModalId, JSON.stringify({ key: shown.key }), 'Next'),
    blocks: [
      section([`*${inline(shown.title)}*`, ...(shown.line === null ? [] : [escaped(shown.line)])].join('\n')),
      menuField({
        blockId: 'kind',
        label: 'Where does its number come from?',
        choices,
        initial: current ?? 'none',
      }),
      context('Whatever comes is a suggestion in the next check-in: what a person says there counts.'),
    ],
  };
}

/** What is typed in the second form, or stands in it when it opens. */
export type Typed = { place: Partial<Place> & Pick<Place, 'kind'>; every: Every };

/** Then: where exactly, and how often? `problem`: why it was not saved a moment ago, in plain words. */
export function placeModal(
  shown: Pick<Shown, 'key' | 'title'>,
  { place, every }: Typed,
  connections: readonly string[],
  problem: string | null = null,
): ModalView {
  const fields =
    place.kind === 'sql'
      ? [
          menuField({
            blockId: 'connection',
            label: 'Connection',
            hint: 'Whoever runs Cairn names them.',
            choices: namesWith(connections, place.connection).map((name) => ({ id: name, name })),
            initial: place.connection,
          }),
          textField({
            blockId: 'query',
            label: 'Query',
            hint: 'One statement that gives one row with one number. It may only read, for at most 5 seconds.',
            initial: place.query,
            limit: limits.query,
            isLong: true,
          }),
        ]
      : [
          textField({
            blockId: 'url',
            label: 'Address',
            hint: 'It begins with https:// and is not in a private network.',
            initial: place.url,
            limit: limits.url,
          }),
          textField({
            blockId: 'pointer',
            label: 'Where in the answer',
            hint: 'A JSON pointer, such as /data/rate. Left empty, the whole answer is the number.',
            initial: place.pointer,
            limit: limits.pointer,
            isOptional: true,
          }),
        ];
  return {
    ...frame(placeModalId, JSON.stringify({ key: shown.key, kind: place.kind }), 'Save'),
    blocks: [
      section(`*${inline(shown.title)}*${problem === null ? '' : `\nNot saved: ${escaped(problem)}`}`),
      ...fields,
      menuField({
        blockId: 'every',
        label: 'How often',
        choices: Object.entries(everyWords).map(([id, name]) => ({ id, name })),
        initial: every,
      }),
      actions(button('Test it', testAction, place.kind)),
    ],
  };
}

/** What can be picked, with what is picked, even where the operator names it no more: a menu without entries is none. */
function namesWith(connections: readonly string[], picked: string | undefined): readonly string[] {
  return picked === undefined || connections.includes(picked) ? connections : [picked, ...connections];
}

/** Of a webhook that there is: its address, and another secret for whoever needs one. */
export function secretModal({ key, title: name, line }: Shown, token: string): ModalView {
  return {
    ...frame(secretModalId, JSON.stringify({ key }), 'New secret'),
    blocks: [
      section([`*${inline(name)}*`, ...(line === null ? [] : [escaped(line)])].join('\n')),
      section(`It posts to \`${pathOf(token)}\`. Its secret was shown once and is not shown again.`),
      section('With a new secret, what is signed with the old one is refused from that moment on.'),
    ],
  };
}

/** A webhook's address and secret, this once, and how to use them. */
export function keysContent({ token, secret }: { token: string; secret: string }): Content {
  const text = 'This secret is shown this once. Keep it where your program finds it.';
  const example = [
    `secret=${secret}`,
    `body='{"value": 12.5}'`,
    'time=$(date +%s)',
    `signature=$(printf 'v0:%s:%s' "$time" "$body" | openssl dgst -sha256 -hmac "$secret" | sed 's/.* //')`,
    `curl https://CAIRN${pathOf(token)} -d "$body" \\`,
    '  -H "X-Cairn-Request-Timestamp: $time" -H "X-Cairn-Signature: v0=$signature"',
  ];
  return {
    text,
    blocks: [
      section(text),
      section(`\`\`\`${escaped(example.join('\n'))}\`\`\``),
      context(
        'CAIRN is where Cairn can be reached, such as cairn.example.com: whoever runs it knows. Each request is signed with the time of now, is good for five minutes, and is taken once.',
      ),
    ],
  };
}

/** While somebody else's database or address is asked. */
export function tryingModal(): ModalView {
  return notice(title, { text: 'Trying it', blocks: [section('I am trying it …')] });
}

function pathOf(token: string): string {
  return `/api/v1/metrics/${token}`;
}

function frame(callback_id: string, private_metadata: string, submit: string): Omit<ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id,
    private_metadata,
    title: { type: 'plain_text', text: title, emoji: false },
    submit: { type: 'plain_text', text: submit, emoji: false },
    close: { type: 'plain_text', text: 'Cancel', emoji: false },
  };
}
