import { inSlacksWords, type Problem } from './blocks/problem.ts';
import type { FaultKind } from './state/faults.ts';

export type RefusalOptions = {
  problems?: Problem[];
  messages?: string[];
  extra?: Record<string, unknown>;
  /** the fault whose doing it is: then the caller did nothing wrong */
  fault?: FaultKind;
  /** whole seconds to wait: Slack answers 429 */
  retryAfter?: number;
};

/** What Slack would answer with `ok: false`: its error, and what it adds to it. */
export class Refusal extends Error {
  readonly error: string;
  readonly messages: string[];
  readonly extra: Record<string, unknown>;
  readonly fault: FaultKind | null;
  readonly retryAfter: number | null;

  constructor(error: string, options: RefusalOptions = {}) {
    const messages = options.messages ?? options.problems?.map(inSlacksWords) ?? [];
    super([error, ...messages].join(' '));
    this.error = error;
    this.messages = messages;
    this.extra = options.extra ?? {};
    this.fault = options.fault ?? null;
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** Something that a person cannot do in the fake, as in Slack's client: said in words to whoever asked. */
export class CannotDo extends Error {}
