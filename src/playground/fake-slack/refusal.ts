import { inSlacksWords, type Problem } from './blocks/problem.ts';

/** What Slack would answer with `ok: false`: its error, and what it adds to it. */
export class Refusal extends Error {
  readonly error: string;
  readonly messages: string[];
  readonly extra: Record<string, unknown>;

  constructor(
    error: string,
    options: { problems?: Problem[]; messages?: string[]; extra?: Record<string, unknown> } = {},
  ) {
    const messages = options.messages ?? options.problems?.map(inSlacksWords) ?? [];
    super([error, ...messages].join(' '));
    this.error = error;
    this.messages = messages;
    this.extra = options.extra ?? {};
  }
}

/** Something that a person cannot do in the fake, as in Slack's client: said in words to whoever asked. */
export class CannotDo extends Error {}
