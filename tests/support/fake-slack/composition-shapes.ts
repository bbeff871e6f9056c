import fc from 'fast-check';
import {
  alsoWrong,
  given,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  url,
  word,
  wrong,
  yesOrNo,
} from './shapes.ts';

// Slack's figures are written out here a second time, on purpose: it is the fake's own table that is tested.

export const plain = (max: number): Shape =>
  alsoWrong(
    object({ text: text(max), emoji: optional(yesOrNo) }, 'plain_text'),
    wrong({ type: 'mrkdwn', text: 'x' }, '/type'),
  );
export const textObject = (max: number): Shape =>
  oneOf(
    object({ text: text(max), emoji: optional(yesOrNo) }, 'plain_text'),
    object({ text: text(max), verbatim: optional(yesOrNo) }, 'mrkdwn'),
  );

export const style = word('primary', 'danger');
export const confirm = optional(
  object({
    title: plain(100),
    text: textObject(300),
    confirm: plain(30),
    deny: plain(30),
    style: optional(style),
  }),
);
const described = { value: text(75), description: optional(plain(75)) };
export const option = object({ ...described, text: plain(75) });
export const choice = object({
  value: text(75),
  text: textObject(75),
  description: optional(textObject(75)),
});
export const group = object({ label: plain(75), options: list(option, 100) });
export const stranger = { text: { type: 'plain_text', text: 'offered nowhere' }, value: 'offered-nowhere' };

const slackFile: Shape = {
  valid: fc.oneof(
    fc.stringMatching(/^F[A-Z0-9]{8,11}$/).map((id) => ({ id })),
    url(3_000).valid.map((address) => ({ url: address })),
  ),
  broken: [
    wrong({}),
    wrong({ id: 'F00000001', url: 'https://files.slack.com/x' }),
    wrong({ id: 'f00000001' }, '/id'),
    wrong({ id: 'F0000000' }, '/id'),
    ...url(3_000).broken.map((site) => site.map(({ value }) => ({ value: { url: value }, at: '/url' }))),
  ],
};
/** A picture, from the web or uploaded, with these fields beside it. */
export function pictures(fields: Parameters<typeof object>[0]): Shape {
  const common = { ...fields, alt_text: text(2_000) };
  return alsoWrong(
    oneOf(
      object({ ...common, image_url: given(url(3_000)) }, 'image'),
      object({ ...common, slack_file: given(slackFile) }, 'image'),
    ),
    wrong({ type: 'image', alt_text: 'x' }),
    wrong({
      type: 'image',
      alt_text: 'x',
      image_url: 'https://x.example/a',
      slack_file: { id: 'F00000001' },
    }),
  );
}

export const picture = pictures({});

export const overflowOption = object({
  text: plain(75),
  value: optional(text(75)),
  description: optional(plain(75)),
  url: optional(url(3_000)),
});
