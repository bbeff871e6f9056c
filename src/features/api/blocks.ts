import type { Button, KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { ago } from '../../platform/core/time-words.ts';
import { button, type Content, context, section } from '../../platform/slack/elements.ts';
import { textField } from '../../platform/slack/fields.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { apiPath } from './core/endpoints.ts';
import { longestName, mostTokens, type Token } from './core/token.ts';

export const tokensAction = 'api-tokens:open';
export const revokeAction = 'api-token:revoke';
export const tokensModalId = 'api-tokens:make';
export const title = 'API tokens';

/** As many revoked ones as are shown, the latest; the rest is counted. */
const mostRevoked = 20;

export type TokensView = { tokens: readonly Token[]; now: Temporal.Instant; zone: string };

/** All tokens, each in use with `Revoke`, and the name of a new one. */
export function tokensModal({ tokens, now, zone }: TokensView): ModalView {
  const inUse = tokens.filter(({ revoked }) => revoked === null);
  const revoked = tokens.filter((token) => token.revoked !== null);
  const when = (at: Temporal.Instant) => ago(at, now, zone);
  const hasRoom = inUse.length < mostTokens;
  const blocks: KnownBlock[] = [
    section(
      'With a token another tool may ask what everybody in this workspace may see: rocks and their owners, OKRs, the roadmap and decisions. It changes nothing.',
    ),
    ...(inUse.length === 0
      ? [section('No token is in use.')]
      : inUse.map((token) => tokenSection(token, when))),
    ...(hasRoom
      ? [nameField()]
      : [section(`${mostTokens} tokens are as many as there may be. Revoke one first.`)]),
    ...revokedLines(revoked, when),
  ];
  return {
    type: 'modal',
    callback_id: tokensModalId,
    title: words(title),
    close: words('Close'),
    ...(hasRoom ? { submit: words('Make a token') } : {}),
    blocks,
  };
}

/** A token, this once, and how it is used. */
export function secretContent({ name, secret }: { name: string; secret: string }): Content {
  const about = `The token *${inline(name)}* is made. It is shown this once: keep it where your tool finds it.`;
  const use = `curl -H "Authorization: Bearer ${secret}" "https://CAIRN${apiPath}owner?q=payments"`;
  const how = `CAIRN stands for the address at which your tool reaches me. https://CAIRN${apiPath}openapi.json describes what can be asked.`;
  return {
    text: [about.replaceAll('*', ''), secret, use, how].join('\n'),
    blocks: [
      section(about),
      section(`\`\`\`${secret}\`\`\``),
      section(`For example:\n\`\`\`${use}\`\`\``),
      context(how),
    ],
  };
}

function tokenSection(token: Token, when: (at: Temporal.Instant) => string): SectionBlock {
  const used = token.lastUsedAt === null ? 'never used' : `last used ${when(token.lastUsedAt)}`;
  const made = `made by ${personMention(token.madeBy)} ${when(token.madeAt)}`;
  return section(`*${inline(token.name)}* ends in \`${token.hint}\`\n${made}, ${used}`, revokeButton(token));
}

function revokeButton({ id, name }: Token): Button {
  return {
    ...button('Revoke', `${revokeAction}/${id}`, String(id), 'danger'),
    confirm: {
      title: words('Revoke this token?'),
      text: words(`Whatever asks with ${name} is refused from now on. That cannot be undone.`),
      confirm: words('Revoke it'),
      deny: words('Keep it'),
      style: 'danger',
    },
  };
}

function nameField() {
  return textField({
    blockId: 'name',
    label: 'Name of a new token',
    hint: 'Which tool is it for?',
    limit: longestName,
  });
}

function revokedLines(revoked: readonly Token[], when: (at: Temporal.Instant) => string): KnownBlock[] {
  const lines = revoked.slice(0, mostRevoked).flatMap(({ name, hint, revoked: end }) => {
    if (end === null) return [];
    return [`${inline(name)} (\`${hint}\`) was revoked by ${personMention(end.by)} ${when(end.at)}.`];
  });
  const more = revoked.length - lines.length;
  const rest = more > 0 ? [`${more} more were revoked before.`] : [];
  return [...lines, ...rest].map((line) => context(line));
}

function words(text: string) {
  return { type: 'plain_text' as const, text, emoji: false };
}
