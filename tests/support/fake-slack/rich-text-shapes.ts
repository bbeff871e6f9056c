import fc from 'fast-check';
import {
  formed,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  url,
  whole,
  word,
  yesOrNo,
} from './shapes.ts';

const anyWord = fc.string({ minLength: 1, maxLength: 9 });
const styled = {
  style: optional(
    object(
      Object.fromEntries(
        ['bold', 'italic', 'strike', 'code', 'underline'].map((it) => [it, optional(yesOrNo)]),
      ),
    ),
  ),
};
const someText = formed(anyWord, '', 7);
const someId = formed(anyWord, 7);
const richText = object({ ...styled, text: someText }, 'text');
const richLink = object({ ...styled, url: url(3_000), text: optional(someId) }, 'link');
const inline = oneOf(
  richText,
  richLink,
  object({ ...styled, range: word('here', 'channel', 'everyone') }, 'broadcast'),
  object({ ...styled, value: someId }, 'color'),
  object({ ...styled, channel_id: someId }, 'channel'),
  object({ ...styled, team_id: someId }, 'team'),
  object({ ...styled, user_id: someId }, 'user'),
  object({ ...styled, usergroup_id: someId }, 'usergroup'),
  object({ ...styled, name: someId, unicode: optional(someId) }, 'emoji'),
  object(
    {
      ...styled,
      timestamp: formed(fc.nat(), 0.5, 'now'),
      format: someId,
      url: optional(url(3_000)),
      fallback: optional(someId),
    },
    'date',
  ),
);
const border = optional(formed(fc.constantFrom(0, 1), 2, true));
const anyNumberOf = (shape: Shape) => list(shape, undefined, 0);
const richSection = object({ elements: anyNumberOf(inline) }, 'rich_text_section');

export const rich = object(
  {
    block_id: optional(text(255)),
    elements: anyNumberOf(
      oneOf(
        richSection,
        object(
          {
            style: word('bullet', 'ordered'),
            elements: anyNumberOf(richSection),
            indent: optional(whole(0, 8)),
            offset: optional(formed(fc.nat(), -1)),
            border,
          },
          'rich_text_list',
        ),
        object({ elements: anyNumberOf(inline), border }, 'rich_text_quote'),
        object({ elements: anyNumberOf(oneOf(richText, richLink)), border }, 'rich_text_preformatted'),
      ),
    ),
  },
  'rich_text',
);
